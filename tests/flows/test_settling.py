"""The end of a crawl: which failures are held against their boards, and one line for every source."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from flows.settling import settle
from pipeline.config import SourceConfig
from pipeline.crawling import BoardResult, result_to_json
from pipeline.records import CompanyFacts
from pipeline.runs import SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind
from storage import ledger
from storage.clock import database_now
from storage.ledger import NewShard, Worker
from storage.queries.board_results import stored_boards
from storage.store import Store
from tests.storage.factory import NIGHT, NOW

SOURCES = tuple(SourceConfig("lever", name) for name in ("read", "down", "late", "resting"))
FAILED, SKIPPED = BoardStatus.FAILED, BoardStatus.SKIPPED
DOWN = BoardResult("lever", "down", FAILED, failure=FailureKind.TIMEOUT, reason="did not answer", notes=("asked again",))
RESTING = BoardResult("lever", "resting", SKIPPED, failure=FailureKind.LEAST_INTERVAL, reason="fetched lately")


def _settled(
    tmp_path: Path, read: bool, unstored: Mapping[str, BoardResult], skipped: tuple[BoardResult, ...] = ()
) -> tuple[tuple[SourceRow, ...], set[str]]:
    """The table, and the boards of which something was put on record."""
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        run_id = store.begin_run(NIGHT, NOW)
        with store.engine.begin() as connection:
            ledger.plan(connection, run_id, [NewShard("s-1", "lever", {})])
            claim = ledger.claim(connection, run_id, Worker("me"), database_now(connection))
            assert claim is not None
            outcomes = {name: result_to_json(result) for name, result in unstored.items()}
            ledger.end(connection, claim, outcomes, database_now(connection))
        if read:
            whole = BoardResult("lever", "read", BoardStatus.COMPLETE, postings=0)
            store.commit_board(run_id, whole, {}, (), (), CompanyFacts())
        rows = settle(store, run_id, SOURCES, skipped)
        return rows, {board for _, board in stored_boards(store, run_id)}


def test_every_source_has_its_line_in_the_order_of_the_configuration(tmp_path: Path) -> None:
    rows, on_record = _settled(tmp_path, True, {"lever:down": DOWN}, (RESTING,))
    assert [(row.board, row.status.value, row.failure) for row in rows] == [
        ("read", "complete", None),
        ("down", "failed", FailureKind.TIMEOUT),
        ("late", "failed", FailureKind.INTERRUPTED),
        ("resting", "skipped", FailureKind.LEAST_INTERVAL),
    ]
    assert rows[1].note == "did not answer; asked again"
    assert on_record == {"read", "down"}, "one that was not reached has not failed"


@pytest.mark.parametrize("skipped", [(), (RESTING,)])
def test_a_night_in_which_nothing_was_read_is_not_held_against_the_boards(tmp_path: Path, skipped: tuple[BoardResult, ...]) -> None:
    rows, on_record = _settled(tmp_path, False, {"lever:down": DOWN}, skipped)
    assert rows[1].note == "did not answer; asked again"
    assert on_record == ({"down"} if skipped else set())
