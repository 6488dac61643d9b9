"""The shard ledger on both databases: against a model under random workers that die, come back and lose, and in real threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, create_engine, select

from storage import leases, ledger, schema
from storage.clock import database_now
from storage.database import open_engine
from storage.keeper import kept
from storage.ledger import Claim, LeaseLost, NewShard, Worker

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
SECONDS = 60.0
LANES = ("a", "b", "c")
WORKERS = tuple(Worker(f"worker {number}", SECONDS, f"flow-{number}") for number in range(3))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = open_engine(database_url, create=True)
    yield made
    made.dispose()


def _plan(engine: Engine, lanes: str, run_id: str = "r") -> None:
    with engine.begin() as connection:
        ledger.plan(connection, run_id, [NewShard(f"{lane}-{place}", lane, {"n": place}) for place, lane in enumerate(lanes)])


def _claim(engine: Engine, worker: Worker, now: datetime, run_id: str = "r") -> Claim | None:
    with engine.begin() as connection:
        return ledger.claim(connection, run_id, worker, now)


def _states(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.shard_id: row.state for row in connection.execute(select(schema.shards.c.shard_id, schema.shards.c.state))}


def test_the_lane_with_the_most_left_comes_first_and_is_asked_by_one_worker_at_a_time(engine: Engine) -> None:
    _plan(engine, "abbb")
    first = _claim(engine, WORKERS[0], NOW)
    assert first is not None
    assert (first.shard_id, first.lane, first.attempt, first.work, first.took_over_from) == ("b-1", "b", 1, {"n": 1}, None)
    second = _claim(engine, WORKERS[1], NOW)
    assert second is not None
    assert second.lane == "a"
    assert _claim(engine, WORKERS[2], NOW) is None, "both hosts are taken"
    with engine.begin() as connection:
        ledger.end(connection, first, {"x": 1}, NOW)
    third = _claim(engine, WORKERS[2], NOW)
    assert third is not None
    assert third.shard_id == "b-2"
    with engine.connect() as connection:
        assert ledger.unstored(connection, "r") == {"x": 1}


def test_a_silent_worker_loses_its_shard_and_what_it_brings_later(engine: Engine) -> None:
    _plan(engine, "a")
    dead = _claim(engine, WORKERS[0], NOW)
    assert dead is not None
    late = NOW + timedelta(seconds=SECONDS)
    assert _claim(engine, WORKERS[1], late - timedelta(seconds=1)) is None
    heir = _claim(engine, WORKERS[1], late)
    assert heir is not None
    assert (heir.attempt, heir.took_over_from) == (2, "worker 0")
    with engine.begin() as connection:
        assert not ledger.renew(connection, dead, late, SECONDS)
        ledger.require(connection, heir)
        with pytest.raises(LeaseLost, match="shard a-0 went to another worker"):
            ledger.require(connection, dead)
        ledger.end(connection, dead, {}, late)
    assert _states(engine) == {"a-0": "leased"}, "the dead one's word counts no more"


def test_boards_that_may_answer_later_wait_for_their_time(engine: Engine) -> None:
    _plan(engine, "a")
    held = _claim(engine, WORKERS[0], NOW)
    assert held is not None
    with engine.begin() as connection:
        ledger.put_back(connection, held, {"x": {"failure": "timeout"}}, NOW + timedelta(seconds=60))
    assert _claim(engine, WORKERS[0], NOW + timedelta(seconds=59)) is None
    again = _claim(engine, WORKERS[1], NOW + timedelta(seconds=60))
    assert again is not None
    assert (again.attempt, again.unstored, again.took_over_from) == (2, {"x": {"failure": "timeout"}}, None)


def test_a_stopped_run_and_a_new_one_end_what_is_held(engine: Engine) -> None:
    _plan(engine, "ab")
    held = _claim(engine, WORKERS[0], NOW)
    assert held is not None
    with engine.begin() as connection:
        ledger.stop(connection, "r")
        assert not ledger.renew(connection, held, NOW, SECONDS)
        assert ledger.standing(connection, "r", NOW).is_over
    assert _claim(engine, WORKERS[1], NOW + timedelta(days=1)) is None
    _plan(engine, "a", "next")
    with engine.begin() as connection, pytest.raises(LeaseLost):
        ledger.require(connection, held)
    assert _claim(engine, WORKERS[1], NOW, "next") is None, "the host is still taken"
    assert _claim(engine, WORKERS[1], NOW + timedelta(seconds=SECONDS), "next") is not None


def test_what_a_former_process_of_the_same_place_held_is_free_at_once(engine: Engine) -> None:
    _plan(engine, "a")
    here = Worker("process 1", SECONDS, place="machine:/data")
    assert _claim(engine, here, NOW) is not None
    _plan(engine, "a", "next")
    assert _claim(engine, Worker("process 2", SECONDS, place="other:/data"), NOW, "next") is None
    assert _claim(engine, Worker("process 3", SECONDS, place="machine:/data"), NOW, "next") is not None


@dataclass
class _Held:
    claim: Claim
    until: datetime


class LedgerMachine(RuleBasedStateMachine):
    """Workers that take, renew, end, put back and fall silent, against a model of who holds what."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.held: dict[str, _Held] = {}
        self.dead: list[Claim] = []
        self.waiting: dict[str, datetime] = {}
        self.done: set[str] = set()
        self.lanes: dict[str, str] = {}

    @initialize(lanes=st.text(alphabet="abc", min_size=1, max_size=6))
    def planned(self, lanes: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(schema.leases.delete())
        _plan(self.engine, lanes)
        self.lanes = {f"{lane}-{place}": lane for place, lane in enumerate(lanes)}

    @rule(worker=st.sampled_from(WORKERS))
    def take(self, worker: Worker) -> None:
        claim = _claim(self.engine, worker, self.now)
        alive = {shard: held for shard, held in self.held.items() if held.until > self.now}
        busy = {self.lanes[shard] for shard in alive}
        free = {
            shard
            for shard, lane in self.lanes.items()
            if shard not in self.done
            and shard not in alive
            and lane not in busy
            and self.waiting.get(shard, self.now) <= self.now
            and not self._lane_rests(lane)
        }
        if claim is None:
            assert free == set()
            return
        assert claim.shard_id in free
        if claim.shard_id in self.held:
            self.dead.append(self.held[claim.shard_id].claim)
        self.waiting.pop(claim.shard_id, None)
        self.held[claim.shard_id] = _Held(claim, self.now + timedelta(seconds=SECONDS))

    def _lane_rests(self, lane: str) -> bool:
        """A lane whose holder was renewed lasts as long as that."""
        return any(self.lanes[shard] == lane and held.until > self.now for shard, held in self.held.items())

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def renew(self, data: st.DataObject) -> None:
        shard = data.draw(st.sampled_from(sorted(self.held)))
        with self.engine.begin() as connection:
            kept_ = ledger.renew(connection, self.held[shard].claim, self.now, SECONDS)
        if kept_:
            self.held[shard].until = self.now + timedelta(seconds=SECONDS)
        else:
            assert self.held[shard].until <= self.now, "only one who was silent too long can have lost its hosts"

    @precondition(lambda self: self.held)
    @rule(data=st.data(), wait=st.sampled_from([None, 0, 30, 90]))
    def give_back(self, data: st.DataObject, wait: int | None) -> None:
        shard = data.draw(st.sampled_from(sorted(self.held)))
        claim = self.held.pop(shard).claim
        with self.engine.begin() as connection:
            if wait is None:
                ledger.end(connection, claim, {}, self.now)
                self.done.add(shard)
            else:
                ledger.put_back(connection, claim, {}, self.now + timedelta(seconds=wait))
                self.waiting[shard] = self.now + timedelta(seconds=wait)

    @precondition(lambda self: self.dead)
    @rule(data=st.data())
    def the_dead_speak(self, data: st.DataObject) -> None:
        claim = data.draw(st.sampled_from(self.dead))
        with self.engine.begin() as connection:
            assert not ledger.renew(connection, claim, self.now, SECONDS)
            ledger.end(connection, claim, {"lost": 1}, self.now)
            ledger.put_back(connection, claim, {"lost": 1}, self.now)
            with pytest.raises(LeaseLost):
                ledger.require(connection, claim)

    @rule(seconds=st.sampled_from([1, 29, 31, 60, 200]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def the_ledger_says_what_the_model_says(self) -> None:
        if not self.lanes:
            return
        states = _states(self.engine)
        expected = {shard: "done" if shard in self.done else "leased" if shard in self.held else "planned" for shard in self.lanes}
        assert states == expected
        with self.engine.connect() as connection:
            standing = ledger.standing(connection, "r", self.now)
            assert ledger.unstored(connection, "r") == {}
        assert standing.lost == sum(held.until <= self.now for held in self.held.values())
        assert standing.is_over == (len(self.done) == len(self.lanes))


def test_random_workers(engine: Engine) -> None:
    def machine() -> LedgerMachine:
        made = LedgerMachine()
        made.engine = engine
        return made

    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=20, deadline=None))


def test_of_many_workers_at_once_each_shard_has_one_and_no_host_two(engine: Engine, database_url: str) -> None:
    _plan(engine, "abcabcabcabc")
    asked: list[str] = []
    crossed: list[str] = []
    at_work: set[str] = set()
    guard = threading.Lock()

    def work(number: int) -> None:
        worker = Worker(f"worker {number}", SECONDS)
        for _ in range(2_000):
            with guard if engine.dialect.name == "sqlite" else threading.Lock(), engine.begin() as connection:
                claim = ledger.claim(connection, "r", worker, NOW)
                if claim is None and ledger.standing(connection, "r", NOW).is_over:
                    return
            if claim is None:
                continue
            with guard:
                crossed.extend([claim.lane] if claim.lane in at_work else [])
                at_work.add(claim.lane)
                asked.append(claim.shard_id)
            with guard:
                at_work.remove(claim.lane)
                with engine.begin() as connection:
                    ledger.end(connection, claim, {}, NOW)

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(work, number) for number in range(6)]:
            done.result(timeout=60)
    assert sorted(asked) == sorted(f"{lane}-{place}" for place, lane in enumerate("abcabcabcabc"))
    assert crossed == []


def test_the_keeper_renews_until_it_is_told_that_another_has_taken_over(engine: Engine) -> None:
    lost, renewed = threading.Event(), threading.Semaphore(0)
    lease_seconds = 2.0
    with engine.begin() as connection:
        began = database_now(connection)
        assert leases.take(connection, "run", "mine", "me", began, lease_seconds)

    def renew(connection: Any, now: datetime) -> bool:
        renewed.release()
        return leases.renew(connection, "run", "mine", now, lease_seconds)

    with kept(engine, renew, lease_seconds, lost.set):
        while renewed.acquire(timeout=10):
            with engine.begin() as connection:
                now = database_now(connection)
                if now < began + timedelta(seconds=lease_seconds):
                    continue
                assert not leases.take(connection, "run", "theirs", "they", now, 60), "it was renewed"
                assert leases.take(connection, "run", "theirs", "they", now + timedelta(seconds=9), 60)
                break
        assert lost.wait(5)
    with engine.begin() as connection:
        leases.release(connection, "run", "mine")
        found = leases.holder(connection, "run")
    assert found is not None
    assert found.owner == "they"


def test_a_keeper_without_a_database_gives_up_when_the_lease_must_have_ended(tmp_path: Path) -> None:
    lost = threading.Event()
    unreachable = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with kept(unreachable, lambda connection, now: True, 0.4, lost.set):
        assert lost.wait(10)


def test_the_database_clock_moves_on_and_is_in_utc(engine: Engine) -> None:
    with engine.begin() as connection:
        first, second = database_now(connection), database_now(connection)
    assert first.tzinfo is UTC
    assert first <= second
    assert abs(second - datetime.now(UTC)) < timedelta(minutes=1)
