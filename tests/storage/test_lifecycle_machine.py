"""Random nights of several boards through a real store, against the model of DESIGN.md 2.

``open_store`` alone says which database it is: the same machine on another one is a subclass with another ``open_store``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import select

from pipeline.crawling import BoardResult, Validators
from pipeline.filters import Filters
from pipeline.identity import posting_id
from pipeline.records import CompanyFacts, Posting
from pipeline.terms import platform as platform_terms
from pipeline.vocabulary import BoardStatus, FailureKind, ListingKind
from storage import schema
from storage.queries.jobs import rows
from storage.store import BoardChange, Store
from tests.postgres import Postgres, opened_there
from tests.storage.factory import labelled, posting, raw
from tests.storage.model import Answer, Content
from tests.storage.nights import IDS, Event, Nights, Shown

VALIDATORS = {"https://boards.example/list": Validators(etag="a")}
RESULTS: dict[str, dict[str, Any]] = {
    "complete": {"status": BoardStatus.COMPLETE, "validators": VALIDATORS},
    "not modified": {"status": BoardStatus.COMPLETE, "validators": VALIDATORS, "not_modified": True},
    "partial": {"status": BoardStatus.PARTIAL, "failure": FailureKind.TIMEOUT},
    "failed": {"status": BoardStatus.FAILED, "failure": FailureKind.TIMEOUT},
    "404": {"status": BoardStatus.FAILED, "failure": FailureKind.NOT_FOUND},
    "skipped": {"status": BoardStatus.SKIPPED, "failure": FailureKind.LEAST_INTERVAL},
    "interrupted": {"status": BoardStatus.FAILED, "failure": FailureKind.INTERRUPTED},
}


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """A new and empty store whose files stand in a folder."""
    with Store.open(f"sqlite:///{folder / 'r.db'}", folder, create=True) as store:
        yield store


def _rules(name: str) -> tuple[bool, int | None]:
    terms = platform_terms(name.partition(":")[0])
    return terms.listing is ListingKind.WINDOW, terms.closes_after_days


class StoredNights(Nights):
    """A store that is driven as ``flows.nightly`` drives it."""

    BOARDS: ClassVar[Mapping[str, tuple[bool, int | None]]] = {
        name: _rules(name) for name in ("greenhouse:acme", "remoteok:remoteok", "lever:acme")
    }
    open_store = staticmethod(open_store)

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="rolecall-nights-"))
        self.stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.store = self.stack.enter_context(self.open_store(self.folder))
        self.names = {posting_id(*name.split(":"), id_): (name, id_) for name in self.BOARDS for id_ in IDS}

    def teardown(self) -> None:
        self.stack.close()

    def run_night(self, answers: Mapping[str, Answer]) -> dict[str, BoardChange]:
        run_id = self.store.begin_run(self.night, datetime.combine(self.night, time(2), tzinfo=UTC))
        changes = {name: self._commit(run_id, name, answer) for name, answer in answers.items()}
        if len(answers) > 1 or self.night.day % 3:  # now and then a run is killed before its end; the next one carries it over
            self.store.finish_run(run_id, {})
        return changes

    def _commit(self, run_id: str, name: str, answer: Answer) -> BoardChange:
        platform, board = name.split(":")
        known = self.store.known_hashes(platform, board)
        seen: dict[str, str] = {}
        moved: list[Posting] = []
        unreadable: list[Posting] = []
        for id_, content in answer["listed"].items():
            item = _posting(platform, board, id_, content or (0, None))
            if content is None:
                unreadable.append(item)
                seen |= {item.posting_id: known[item.posting_id]} if item.posting_id in known else {}
                continue
            seen[item.posting_id] = item.content_hash
            if known.get(item.posting_id) != item.content_hash:
                moved.append(item)
        result = BoardResult(platform, board, postings=len(answer["listed"]), **RESULTS[answer["kind"]])
        raws = [raw(item) for item in (*moved, *unreadable)]
        return self.store.commit_board(run_id, result, seen, [labelled(item) for item in moved], raws, CompanyFacts(name="Acme"))

    def shown(self) -> Mapping[str, Mapping[str, Shown]]:
        boards: dict[str, dict[str, Shown]] = defaultdict(dict)
        for row in rows(self.store, Filters(state="all"), each_posting=True):
            boards[f"{row['platform']}:{row['board']}"][row["external_id"]] = (
                row["state"],
                row["state_reason"],
                row["last_seen_on"],
                row["opened_at"].date(),
                row["closed_at"] and row["closed_at"].date(),
            )
        return boards

    def events(self) -> Mapping[str, Sequence[Event]]:
        table = schema.events.c
        query = select(table.night, table.posting_id, table.kind, table.fields).order_by(table.event_id)
        boards: dict[str, list[Event]] = defaultdict(list)
        with self.store.engine.connect() as connection:
            for night, id_, kind, fields in connection.execute(query):
                board, external_id = self.names[id_]
                boards[board].append((night, external_id, kind, _detail(kind, fields)))
        return boards


def _posting(platform: str, board: str, id_: str, content: Content) -> Posting:
    version, expires_on = content
    return posting(id_, platform=platform, board=board, title=f"Engineer {id_}, version {version}", expires_on=expires_on)


def _detail(kind: str, fields: Mapping[str, Any] | None) -> Any:
    """What the model tells of an event: the reason of a closing, the move of a state, nothing of a change of content."""
    if kind == "closed":
        assert fields is not None
        return fields["reason"][1]
    if kind == "changed":
        assert fields, "a change names its fields"
        return tuple(fields["state"]) if "state" in fields else None
    assert fields is None
    return None


SETTINGS = settings(max_examples=8, stateful_step_count=10, deadline=None, derandomize=True, database=None)

TestStoredNights = StoredNights.TestCase
TestStoredNights.settings = SETTINGS


def test_the_same_nights_on_postgresql(postgres: Postgres) -> None:
    class OnPostgres(StoredNights):
        open_store = staticmethod(partial(opened_there, postgres))

    run_state_machine_as_test(OnPostgres, settings=settings(SETTINGS, max_examples=4))


FULL = dict.fromkeys(IDS[:3], (0, None))


@pytest.fixture
def nights() -> Iterator[StoredNights]:
    machine = StoredNights()
    yield machine
    machine.teardown()


def _pass(nights: StoredNights, *answers: tuple[str, Mapping[str, Content]]) -> None:
    """Some nights of one full listing, each compared with the model."""
    for kind, listed in answers:
        nights.pass_night(1, {"greenhouse:acme": {"kind": kind, "listed": dict(listed)}})


@pytest.mark.parametrize("kind", ["partial", "complete"])
def test_a_posting_that_half_an_answer_or_a_suspect_one_brings_was_seen_that_night(nights: StoredNights, kind: str) -> None:
    twelve = dict.fromkeys(IDS[:11], (0, None))
    _pass(nights, ("complete", twelve), (kind, {"p00": (0, None), "p11": (0, None)}))
    assert nights.shown()["greenhouse:acme"]["p11"][2] == nights.night


def test_after_half_an_answer_nothing_is_compared_with_the_one_before(nights: StoredNights) -> None:
    """A 304 would stand for the answer of the first night, and what the second one brought would never be missed."""
    _pass(nights, ("complete", FULL))
    assert nights.store.validators("greenhouse", "acme") == VALIDATORS
    _pass(nights, ("partial", FULL))
    assert nights.store.validators("greenhouse", "acme") == {}


def test_a_board_that_was_gone_is_read_in_full_when_it_is_back(nights: StoredNights) -> None:
    """A 304 would stand for the answer before it went, and everything that was closed would stay closed."""
    _pass(nights, ("complete", FULL), ("404", {}), ("404", {}), ("404", {}))
    assert nights.shown()["greenhouse:acme"]["p00"][:2] == ("closed", "board_gone")
    assert nights.store.validators("greenhouse", "acme") == {}
