from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.crawling import SourceOrder, Validators
from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.board import Ask, Board
from spiders.failures import BoardFailure

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
ADDRESS = "https://a.example/x"


def _board(**order: Any) -> Board:
    return Board(SourceOrder("greenhouse", "acme", **order), NOW, frozenset({"a.example"}))


def _posting(id_: str) -> RawPosting:
    return RawPosting("greenhouse", "acme", id_, ADDRESS, NOW, {})


def _failure(kind: FailureKind, **more: Any) -> BoardFailure:
    facts = {
        "what": "x",
        "status": 1,
        "asked": "y",
        "host": "h",
        "says": "s",
        "detail": "d",
        "size": "1",
        "limit": "2",
        "platform": "p",
    }
    return BoardFailure(kind, **{**facts, **more})


def test_a_board_without_failures_is_complete_even_when_empty() -> None:
    assert _board().result().status is BoardStatus.COMPLETE


def test_a_failure_after_postings_makes_it_partial_and_keeps_no_validators() -> None:
    board = _board()
    board.validators[ADDRESS] = Validators("x")
    board.keep_new([_posting("1"), _posting("2"), _posting("1")])
    board.fail(_failure(FailureKind.TIMEOUT))
    result = board.result()
    assert (result.status, result.postings, result.failure) == (BoardStatus.PARTIAL, 2, FailureKind.TIMEOUT)
    assert result.validators == {}
    assert result.notes == ("posting came twice; the first was kept",)


@pytest.mark.parametrize(("is_put_off", "status"), [(True, BoardStatus.SKIPPED), (False, BoardStatus.FAILED)])
def test_a_board_that_was_put_off_is_no_error(is_put_off: bool, status: BoardStatus) -> None:
    board = _board()
    board.fail(_failure(FailureKind.RATE_LIMITED, is_put_off=is_put_off))
    assert board.result().status is status


@pytest.mark.parametrize(
    ("ask", "failure", "counts"),
    [
        (Ask(ADDRESS), _failure(FailureKind.NOT_FOUND), True),
        (Ask(ADDRESS, may_be_gone=True), _failure(FailureKind.NOT_FOUND), False),
        (Ask(ADDRESS, may_be_gone=True), _failure(FailureKind.ROBOTS), False),
        (Ask(ADDRESS, may_be_gone=True), _failure(FailureKind.HTTP_STATUS, http_status=403), True),
        (Ask(ADDRESS, may_be_refused=True), _failure(FailureKind.HTTP_STATUS, http_status=403), False),
        (Ask(ADDRESS, may_be_refused=True), _failure(FailureKind.HTTP_STATUS, http_status=500), True),
        (Ask(ADDRESS, may_be_refused=True), _failure(FailureKind.TIMEOUT), True),
    ],
)
def test_an_address_that_may_be_missing_fails_no_board(ask: Ask, failure: BoardFailure, counts: bool) -> None:
    board = _board()
    board.fail(failure, ask)
    assert bool(board.failures) is counts


def test_a_board_is_unmodified_only_where_every_answer_was_the_same() -> None:
    known = {ADDRESS: Validators("x"), ADDRESS + "2": Validators("y")}
    board = _board(validators=known)
    board.asked, board.unchanged = {ADDRESS}, 1
    assert not board.result().not_modified
    board.asked, board.unchanged = set(known), 1
    assert not board.result().not_modified
    board.unchanged = 2
    assert board.result().not_modified
    board.start_over()
    assert not board.result().not_modified


def test_only_its_own_loopback_server_is_a_boards() -> None:
    assert _board().loopback is None
    assert _board(base_url="https://a.example").loopback is None
    assert _board(base_url="http://127.0.0.1:8801/x").loopback == ("127.0.0.1", 8801)
