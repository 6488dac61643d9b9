"""Nights of one board through the store: what opens, changes, closes, comes back, and what is said aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline.crawling import BoardResult, Validators
from pipeline.filters import Filters
from pipeline.records import CompanyFacts, Posting
from pipeline.vocabulary import BoardStatus, FailureKind
from storage import schema
from storage.queries.counts import open_counts
from storage.queries.jobs import find, rows
from storage.store import BoardChange, Store
from tests.storage.factory import NIGHT, NOW, labelled, posting, raw


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_url, tmp_path, create=True) as opened:
        yield opened


def night(store: Store, number: int, held: Sequence[Posting], **result: object) -> BoardChange:
    """Commit one board's answer on a night counted from 1, labelling what is new or changed as the flow does."""
    day = timedelta(days=number - 1)
    run_id = store.begin_run(NIGHT + day, NOW + day)
    platform, board = (held[0].platform, held[0].board) if held else ("greenhouse", "acme")
    known = store.known_hashes(platform, board)
    moved = [item for item in held if known.get(item.posting_id) != item.content_hash]
    answer = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(held))
    change = store.commit_board(
        run_id,
        replace(answer, **result),  # type: ignore[arg-type]
        {item.posting_id: item.content_hash for item in held},
        [labelled(item) for item in moved],
        [raw(item) for item in moved],
        CompanyFacts(name="Acme"),
    )
    store.finish_run(run_id, {})
    return change


def states(store: Store) -> dict[str, tuple[str, str | None]]:
    table = schema.postings.c
    with store.engine.connect() as connection:
        found = connection.execute(select(table.external_id, table.state, table.state_reason))
        return {row.external_id: (row.state, row.state_reason) for row in found}


BOARD = [posting(str(number)) for number in range(12)]


def test_the_same_answer_again_moves_nothing(store: Store) -> None:
    assert night(store, 1, BOARD) == BoardChange(new=12)
    assert night(store, 1, BOARD) == BoardChange()
    assert open_counts(store).postings == 12
    with store.engine.connect() as connection:
        assert connection.execute(select(schema.runs.c.run_id)).scalars().all() == ["2026-01-05", "2026-01-05-2"]


def test_the_same_commit_twice_is_one(store: Store) -> None:
    run_id = store.begin_run(NIGHT, NOW)
    result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=12)
    seen = {item.posting_id: item.content_hash for item in BOARD}
    everything = [labelled(item) for item in BOARD], [raw(item) for item in BOARD]
    assert store.commit_board(run_id, result, seen, *everything, CompanyFacts()).new == 12
    assert store.commit_board(run_id, result, seen, *everything, CompanyFacts()) == BoardChange()


def test_a_change_names_the_fields_with_old_and_new(store: Store) -> None:
    night(store, 1, BOARD)
    moved = posting("0", title="Head of Data")
    assert night(store, 2, [moved, *BOARD[1:]]) == BoardChange(changed=1)
    job = find(store, moved.posting_id)
    assert [event["kind"] for event in job["events"]] == ["opened", "changed"]
    assert job["events"][1]["fields"] == {"title": ["Data Engineer 0", "Head of Data"]}
    assert job["title"] == "Head of Data"


def test_a_posting_closes_after_two_different_nights_and_comes_back(store: Store) -> None:
    night(store, 1, BOARD)
    assert night(store, 2, BOARD[1:]).closed == 0
    assert night(store, 2, BOARD[1:]).closed == 0, "the same night again is not a second night"
    assert night(store, 3, BOARD[1:]).closed == 1
    assert states(store)["0"] == ("closed", "absent")
    assert night(store, 4, BOARD) == BoardChange(reopened=1)
    assert states(store)["0"] == ("open", None)
    assert [event["kind"] for event in find(store, BOARD[0].posting_id)["events"]] == ["opened", "closed", "reopened"]


def test_one_missed_night_is_forgotten_when_it_comes_back(store: Store) -> None:
    night(store, 1, BOARD)
    night(store, 2, BOARD[1:])
    night(store, 3, BOARD)
    assert night(store, 4, BOARD[1:]).closed == 0


@pytest.mark.parametrize(
    ("held", "result", "reason"),
    [
        ([], {}, "board_emptied"),
        (BOARD[:4], {}, "board_shrank"),
        ([], {"status": BoardStatus.FAILED, "failure": FailureKind.NOT_FOUND}, "board_gone"),
    ],
)
def test_a_suspect_answer_is_believed_on_the_third_night(
    store: Store, held: list[Posting], result: dict[str, object], reason: str
) -> None:
    night(store, 1, BOARD)
    for number in (2, 2, 3):
        change = night(store, number, held, **result)
        assert change.closed == 0
        assert change.suspect is not None
        assert "nothing is closed" in change.suspect
    believed = night(store, 4, held, **result)
    assert believed.closed == 12 - len(held)
    assert "believed" in (believed.suspect or "")
    assert states(store)["11"] == ("closed", reason)
    night(store, 5, held, **result)
    assert find(store, BOARD[11].posting_id)["last_seen_on"] == NIGHT, (
        "the night that last held it, whatever the board answers since"
    )


def test_a_calm_night_ends_the_suspicion(store: Store) -> None:
    night(store, 1, BOARD)
    night(store, 2, [])
    night(store, 3, [])
    assert night(store, 4, BOARD) == BoardChange()
    assert night(store, 5, []).closed == 0


def test_failures_make_postings_unknown_after_fourteen_nights(store: Store) -> None:
    night(store, 1, BOARD)
    failed = {"status": BoardStatus.FAILED, "failure": FailureKind.TIMEOUT}
    for number in range(2, 15):
        assert night(store, number, [], **failed).suspect is None
    assert states(store)["0"] == ("open", None)
    assert "unknown now" in (night(store, 15, [], **failed).suspect or "")
    assert states(store)["0"] == ("unknown", "stale")
    night(store, 16, [], not_modified=True)
    assert states(store)["0"] == ("open", None), "an answer that is the last one over again is an answer"


def test_a_partial_answer_closes_nothing_and_adds_what_it_holds(store: Store) -> None:
    night(store, 1, BOARD)
    extra = posting("new")
    for number in (2, 3, 4):
        assert night(store, number, [extra], status=BoardStatus.PARTIAL).closed == 0
    assert states(store)["new"] == ("open", None)


def test_not_modified_keeps_what_is_there_and_closes_what_was_missing(store: Store) -> None:
    night(store, 1, BOARD, validators={"https://x.example": Validators(etag="a")})
    assert store.validators("greenhouse", "acme")["https://x.example"].etag == "a"
    assert night(store, 2, [], not_modified=True) == BoardChange()
    night(store, 3, BOARD[1:])
    assert night(store, 4, [], not_modified=True).closed == 1
    assert next(rows(store, Filters()))["last_seen_on"] == NIGHT + timedelta(days=3)


def test_a_suspect_answer_is_asked_for_in_full_again(store: Store) -> None:
    night(store, 1, BOARD, validators={"https://x.example": Validators(etag="a")})
    night(store, 2, [], validators={"https://x.example": Validators(etag="b")})
    assert store.validators("greenhouse", "acme") == {}


def test_in_a_window_absence_says_nothing_until_it_ages_or_expires(store: Store) -> None:
    feed = [posting(name, platform="remoteok", board="remoteok") for name in ("a", "b")]
    expiring = posting("c", platform="remoteok", board="remoteok", expires_on=NIGHT + timedelta(days=5))
    night(store, 1, [*feed, expiring])
    for number in (2, 4, 6):
        assert night(store, number, feed[:1]).closed == 0
    assert night(store, 7, feed[:1]).closed == 1
    assert states(store)["c"] == ("closed", "expired")
    assert night(store, 30, feed[:1]).closed == 0
    assert night(store, 31, feed[:1]).closed == 1
    assert states(store)["b"] == ("closed", "aged_out")


def test_an_expiry_date_closes_nothing_that_stands_there(store: Store) -> None:
    old = posting("old", expires_on=NIGHT - timedelta(days=100))
    for number in (1, 2, 3):
        assert night(store, number, [old]).closed == 0


def test_what_cannot_be_read_is_not_taken_for_gone(store: Store) -> None:
    night(store, 1, BOARD[:2])
    for number in (2, 3, 4):
        day = timedelta(days=number - 1)
        run_id = store.begin_run(NIGHT + day, NOW + day)
        seen = {BOARD[0].posting_id: BOARD[0].content_hash}
        result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=2)
        assert store.commit_board(run_id, result, seen, (), [raw(BOARD[1])], CompanyFacts()).closed == 0
        store.finish_run(run_id, {})


def test_a_copy_on_a_feed_is_the_same_job_and_two_openings_are_two(store: Store) -> None:
    first, second = posting("1", title="Analyst"), posting("2", title="Analyst", description_text="Another team altogether.")
    night(store, 1, [first, second])
    assert open_counts(store).jobs == 2
    copy = posting("9", platform="remoteok", board="remoteok", title="Analyst (m/f/d)")
    night(store, 1, [copy])
    assert (open_counts(store).jobs, open_counts(store).postings) == (2, 3)
    job = find(store, copy.posting_id)
    assert {row["platform"] for row in job["seen_on"]} == {"greenhouse", "remoteok"}
    shown = {row["posting_id"] for row in rows(store, Filters())}
    assert copy.posting_id not in shown, "the employer's own posting stands for the job"


def test_a_repost_is_the_same_job(store: Store) -> None:
    night(store, 1, [posting("1", title="Analyst")])
    night(store, 2, [posting("2", title="Analyst")])
    assert open_counts(store).jobs == 1


def test_last_seen_is_the_boards_last_complete_night(store: Store) -> None:
    night(store, 1, BOARD)
    night(store, 2, BOARD[1:])
    seen = {row["external_id"]: row["last_seen_on"] for row in rows(store, Filters())}
    assert (seen["0"], seen["1"]) == (NIGHT, NIGHT + timedelta(days=1))
