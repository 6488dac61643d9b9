"""The crawl of a night: shards are taken from the ledger, one Prefect task an attempt, each crawled by a process of its own.

The same in the night's own process and in a worker on another machine: whoever works a shard off also stores its boards, each as
soon as it is read, so that a killed worker loses only the boards that it had not finished.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.utilities.annotations import quote

from flows.bench import Bench
from flows.boards import keep_board
from flows.plan import is_loopback
from flows.shards import log_lines, run_shard
from flows.summary import source_name
from pipeline.crawling import BoardResult, ShardOrder, SourceOrder, result_from_json, result_to_json
from pipeline.retries import retries
from pipeline.shard_work import ShardWork, source_id_of, work_from_json
from pipeline.vocabulary import BoardStatus, FailureKind
from storage import host_notes, ledger
from storage.clock import database_now
from storage.keeper import kept
from storage.ledger import Claim, LeaseLost, Standing
from storage.queries.board_results import stored_boards
from storage.store import BoardChange

SHARDS_AT_ONCE = 2
_LOOK_SECONDS = 1.0
"""How often a worker without work looks for shards that have become free."""


def work_off(bench: Bench) -> None:
    """Take shards and crawl them side by side until the run has none left, here or elsewhere, or a stop.

    To be called inside a flow whose task runner takes ``SHARDS_AT_ONCE`` tasks at a time.
    """
    ended: SimpleQueue[PrefectFuture[None]] = SimpleQueue()
    running = 0
    while True:
        while running < SHARDS_AT_ONCE and not bench.stop.is_set() and (claim := _claim(bench)):
            future = crawl_shard.submit(claim.shard_id, claim.attempt, quote(bench), quote(claim), return_state=False)
            future.add_done_callback(ended.put)
            running += 1
        if not running and (bench.stop.is_set() or _standing(bench).is_over):
            return
        with suppress(Empty):
            ended.get(timeout=_LOOK_SECONDS).result()
            running -= 1


@task(
    name="crawl shard", task_run_name="{shard_id}, attempt {attempt}", tags=["rolecall", "shard"],
    cache_policy=NO_CACHE, persist_result=False,
)  # fmt: skip
def crawl_shard(shard_id: str, attempt: int, bench: Bench, claim: Claim) -> None:
    """Crawl, label and store the boards of one shard; a board's failure is put on record and never raises."""
    log = get_run_logger()
    if claim.took_over_from:
        log.warning("taken over from %s, which has been silent for too long", claim.took_over_from)
    try:
        _crawl(bench, claim, log)
    except LeaseLost as lost:
        log.warning("%s; what it had stored is kept", lost)


def _crawl(bench: Bench, claim: Claim, log: Any) -> None:
    work = work_from_json(claim.work)
    lost = threading.Event()
    seconds = bench.worker.lease_seconds

    def renew(connection: Any, now: datetime) -> bool:
        return ledger.renew(connection, claim, now, seconds)

    unstored = dict(claim.unstored)
    with kept(bench.store.engine, renew, seconds, lost.set):
        todo = _todo(bench, claim, work)
        order = _order(bench, claim, work, todo)
        if bench.is_shared:
            host_notes.fetch(bench.store, bench.hosts_dir)

        def on_board(read: BoardResult) -> None:
            if lost.is_set():
                raise LeaseLost(f"shard {claim.shard_id} went to another worker")
            result, change = keep_board(bench, claim, work, read)
            name = source_name(result)
            if result.failure is not FailureKind.INTERRUPTED:  # not reached, which says nothing of it to whoever takes over
                unstored.pop(name, None)
                if change is None:
                    unstored[name] = result_to_json(result) | {"validators": {}}
            log.info("%s", _line(name, result, change))
            bench.tell(result)

        with bench.timed("crawl"):
            run_shard(order, lambda: bench.stop.is_set() or lost.is_set(), on_board)
        for line in log_lines(order):
            log.info("%s", line)
        if bench.is_shared:
            host_notes.share(bench.store, bench.hosts_dir)
    _give_back(bench, claim, todo, unstored)


def _todo(bench: Bench, claim: Claim, work: ShardWork) -> list[SourceOrder]:
    """The boards that no attempt has stored, and that have not failed for good."""
    stored = stored_boards(bench.store, bench.run_id)
    open_ = [source for source in work.sources if (source.platform, source.board) not in stored]
    return [source for source in open_ if not _is_settled(source, claim)]


def _is_settled(source: SourceOrder, claim: Claim) -> bool:
    before = claim.unstored.get(source_id_of(source))
    return before is not None and _wait_seconds(source, result_from_json(before), claim.attempt - 1) is None


def _wait_seconds(source: SourceOrder, result: BoardResult, attempt: int) -> float | None:
    return retries().wait_seconds(result, attempt, is_loopback(source.base_url))


def _order(bench: Bench, claim: Claim, work: ShardWork, todo: list[SourceOrder]) -> ShardOrder:
    sources = tuple(bench.store.with_validators(source) for source in todo)
    shard_id = f"{claim.shard_id}.{claim.attempt}"
    return ShardOrder(shard_id, work.host, bench.now, work.contact, str(bench.boards_dir), sources, str(bench.hosts_dir))


def _give_back(bench: Bench, claim: Claim, todo: list[SourceOrder], unstored: dict[str, Any]) -> None:
    """Done, or planned again for the boards whose failure may pass."""
    waits = []
    for source in todo:
        outcome = unstored.get(source_id_of(source))
        wait = outcome and _wait_seconds(source, result_from_json(outcome), claim.attempt)
        if wait:
            waits.append(wait)
    with bench.storing, bench.store.engine.begin() as connection:
        now = database_now(connection)
        if bench.stop.is_set():
            ledger.put_back(connection, claim, unstored, now)
        elif waits:
            ledger.put_back(connection, claim, unstored, now + timedelta(seconds=max(waits)))
        else:
            ledger.end(connection, claim, unstored, now)


def _line(name: str, result: BoardResult, change: BoardChange | None) -> str:
    """What Prefect's log says of a board."""
    if change is None:
        return f"{name} {result.status}: {result.reason or 'no reason given'}"
    read = "not modified" if result.not_modified else f"{result.postings} postings"
    suspect = f"; {change.suspect}" if change.suspect else ""
    moved = f"{change.new} new, {change.changed} changed, {change.closed} closed"
    partly = f" ({result.reason})" if result.status is BoardStatus.PARTIAL else ""
    return f"{name} {result.status}{partly}: {read}, {moved}, {result.seconds:.1f} s{suspect}"


def _claim(bench: Bench) -> Claim | None:
    with bench.storing, bench.store.engine.begin() as connection:
        return ledger.claim(connection, bench.run_id, bench.worker, database_now(connection))


def _standing(bench: Bench) -> Standing:
    with bench.store.engine.connect() as connection:
        return ledger.standing(connection, bench.run_id, database_now(connection))
