"""How a run's boards ended, read back as lines of its source table."""

from __future__ import annotations

from pathlib import Path

from pipeline.crawling import BoardResult
from pipeline.records import CompanyFacts
from pipeline.runs import SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind
from storage.queries.board_results import source_rows, stored_boards
from storage.store import Reading, Store
from tests.storage.factory import NIGHT, NOW, labelled, posting


def _line(store: Store, result: BoardResult, reading: Reading, count: int = 0) -> SourceRow:
    run_id = store.begin_run(NIGHT, NOW)
    items = [labelled(posting(f"p{number}")) for number in range(count)]
    seen = {item.posting.posting_id: item.posting.content_hash for item in items}
    store.commit_board(run_id, result, seen, items, (), CompanyFacts(), reading=reading)
    assert stored_boards(store, run_id) == {("greenhouse", "acme")}
    (row,) = source_rows(store, run_id)
    return row


def test_a_board_that_was_read(database_url: str, tmp_path: Path) -> None:
    with Store.open(database_url, tmp_path, create=True) as store:
        result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=3, requests=2, seconds=1.5)
        row = _line(store, result, Reading(("answered 500; asked again",), 1, {"location": 2}), 2)
    assert row == SourceRow(
        "greenhouse:acme", "greenhouse", "acme", BoardStatus.COMPLETE, fetched=3, new=2, changed=0, closed=0, reopened=0,
        unreadable=1, not_modified=False, failure=None, note="answered 500; asked again", requests=2, seconds=1.5,
        fill={"location": 2},
    )  # fmt: skip


def test_a_suspect_answer_stands_in_a_field_of_its_own_and_in_the_note(database_url: str, tmp_path: Path) -> None:
    with Store.open(database_url, tmp_path, create=True) as store:
        _line(store, BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=12), Reading(), 12)
        row = _line(store, BoardResult("greenhouse", "acme", BoardStatus.COMPLETE), Reading(("a note",)))
    assert row.suspect
    assert row.note == f"{row.suspect}; a note"


def test_a_board_that_failed(database_url: str, tmp_path: Path) -> None:
    with Store.open(database_url, tmp_path, create=True) as store:
        failed = BoardResult(
            "greenhouse", "acme", BoardStatus.FAILED, failure=FailureKind.TIMEOUT, reason="did not answer", notes=("asked again",)
        )
        row = _line(store, failed, Reading(failed.notes))
    assert (row.status, row.failure, row.note) == (BoardStatus.FAILED, FailureKind.TIMEOUT, "did not answer; asked again")
