from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure, failure_of, is_tls_error, megabytes

CRAWLER = Path(__file__).parents[2] / "docs" / "reference" / "crawler.md"
WHAT = "https://a.example/x"
TOO_BIG = "Expected to receive 41943040 bytes which is larger than download max size (33554432) in request <GET x>."
LOST = "[<twisted.python.failure.Failure twisted.internet.error.ConnectionLost: Connection lost.>]"


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (DownloadTimeoutError("Getting x took longer than 30 seconds."), FailureKind.TIMEOUT, "longer than 30"),
        (DownloadConnectionRefusedError(""), FailureKind.UNREACHABLE, "connection refused"),
        (CannotResolveHostError(""), FailureKind.UNREACHABLE, "does not resolve"),
        (ResponseDataLossError(), FailureKind.BROKEN_BODY, "shorter than"),
        (DownloadCancelledError(TOO_BIG), FailureKind.TOO_LARGE, "40.0 MB, over the limit of 32.0 MB"),
        (DownloadCancelledError(""), FailureKind.TOO_LARGE, "more than 32.0 MB"),
        (DownloadFailedError(LOST), FailureKind.UNREACHABLE, "Connection"),
        (UnsupportedURLSchemeError("ftp"), FailureKind.ADDRESS_REFUSED, "only http"),
        (KeyError("jobs"), FailureKind.CRASHED, "KeyError: 'jobs'"),
    ],
)
def test_every_way_a_download_ends_has_its_kind(error: BaseException, kind: FailureKind, words: str) -> None:
    failure = failure_of(error, WHAT, 32 * 1_048_576)
    assert failure.kind is kind
    assert words in str(failure)
    assert WHAT in str(failure)


def test_a_failure_of_ours_stays_as_it_is() -> None:
    failure = BoardFailure(FailureKind.ROBOTS, host="a.example", says="forbids /x")
    assert failure_of(failure, WHAT, 1) is failure


def test_only_certificates_are_tls_errors() -> None:
    assert is_tls_error(DownloadFailedError("[('SSL routines', '', 'certificate verify failed')]"))
    assert not is_tls_error(DownloadFailedError("Connection lost"))
    assert not is_tls_error(ValueError("certificate"))


def test_sizes_as_a_person_reads_them() -> None:
    assert megabytes(33_554_432) == "32.0 MB"
    assert megabytes(2_000) == "2,000 bytes"


def test_every_kind_is_documented() -> None:
    text = CRAWLER.read_text(encoding="utf-8")
    assert [kind for kind in FailureKind if f"| `{kind}` |" not in text] == []
