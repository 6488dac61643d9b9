from __future__ import annotations

import pytest

from pipeline.crawling import BoardResult
from pipeline.retries import retries
from pipeline.vocabulary import BoardStatus, FailureKind

FAILED = BoardStatus.FAILED


def _result(kind: FailureKind, http_status: int | None = None, status: BoardStatus = FAILED) -> BoardResult:
    return BoardResult("lever", "acme", status, failure=kind, http_status=http_status)


@pytest.mark.parametrize(
    ("kind", "http_status", "is_asked_again"),
    [
        (FailureKind.TIMEOUT, None, True),
        (FailureKind.UNREACHABLE, None, True),
        (FailureKind.CRASHED, None, True),
        (FailureKind.HTTP_STATUS, 503, True),
        (FailureKind.HTTP_STATUS, 403, False),
        (FailureKind.HTTP_STATUS, None, False),
        (FailureKind.CHALLENGE, 503, False),
        (FailureKind.NOT_FOUND, 404, False),
        (FailureKind.ROBOTS, None, False),
        (FailureKind.RATE_LIMITED, None, False),
        (FailureKind.INTERRUPTED, None, False),
    ],
)
def test_what_may_pass_is_asked_again(kind: FailureKind, http_status: int | None, is_asked_again: bool) -> None:
    wait = retries().wait_seconds(_result(kind, http_status), 1, is_loopback=False)
    assert (wait is not None) is is_asked_again


def test_each_attempt_waits_longer_and_the_last_one_is_the_last() -> None:
    waits = [retries().wait_seconds(_result(FailureKind.TIMEOUT), attempt, is_loopback=False) for attempt in (1, 2, 3)]
    assert waits == [60, 300, None]
    near = [retries().wait_seconds(_result(FailureKind.TIMEOUT), attempt, is_loopback=True) for attempt in (1, 2)]
    assert near == [0.2, None]


def test_half_an_answer_is_kept_and_not_asked_again() -> None:
    assert retries().wait_seconds(_result(FailureKind.TIMEOUT, status=BoardStatus.PARTIAL), 1, is_loopback=False) is None
