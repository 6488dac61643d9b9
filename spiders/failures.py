"""Why a board could not be read: one exception, one sentence a kind, and the way from Scrapy's exceptions to both."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from pipeline.vocabulary import FailureKind

SENTENCES: Mapping[FailureKind, str] = {
    FailureKind.HTTP_STATUS: "{what} answered {status}; look at the address in a browser, or try again tomorrow",
    FailureKind.NOT_FOUND: "{what} answered {status}: no such board; check its name in the configuration",
    FailureKind.RATE_LIMITED: "{what} answered {status} and asks for {asked}; the board is tried again next night",
    FailureKind.ROBOTS: "robots.txt of {host} {says}; the board stays unread until that changes",
    FailureKind.UNREACHABLE: "{what} could not be reached ({detail}); check the address and the network",
    FailureKind.TIMEOUT: "{what} did not answer in time ({detail}); it is tried again next night",
    FailureKind.BROKEN_BODY: "{what} sent a body that is broken ({detail}); it is tried again next night",
    FailureKind.TOO_LARGE: "{what} sent {size}, over the limit of {limit}; what is over the limit is never read",
    FailureKind.NOT_JSON: "{what} sent {detail} where JSON was due; look at the address in a browser",
    FailureKind.CHALLENGE: "{what} answered with a bot challenge ({detail}); the board cannot be read without a browser",
    FailureKind.WRONG_SHAPE: "{what} is no {platform} answer ({detail}); the platform may have changed",
    FailureKind.NO_POSTING: "{what} holds no posting ({detail}); check that the pages carry schema.org JobPosting",
    FailureKind.ADDRESS_REFUSED: "{what} was not asked: {detail}",
    FailureKind.PAGING_LOOP: "{what} repeats pages that were read before ({detail}); what was read is kept",
    FailureKind.LEAST_INTERVAL: "{what} was fetched too recently; its terms allow it again later",
    FailureKind.INTERRUPTED: "{what} was not finished when the run was stopped; run again to go on",
    FailureKind.CRASHED: "reading {what} failed in our own code ({detail}); please report it",
}

MOST_HEADER_BYTES = 262_144
"""Read of one answer's headers; servers that mean well stay under a tenth of it."""
_SIZES = re.compile(r"(?:receive|Received) (\d+) bytes.*?max size \((\d+)\)", re.DOTALL)
_TLS = re.compile(r"certificate|SSL|TLS", re.IGNORECASE)
_REASON_LENGTH = 160


class BoardFailure(IgnoreRequest):
    """Ends a request, and with it the board unless the request was optional.

    A kind of IgnoreRequest, so that Scrapy passes it on without a traceback.
    """

    def __init__(self, kind: FailureKind, *, is_put_off: bool = False, http_status: int | None = None, **facts: object) -> None:
        self.kind = kind
        self.is_put_off = is_put_off
        """The server asked for time: no error, the board is skipped tonight."""
        self.http_status = http_status
        super().__init__(SENTENCES[kind].format_map(facts))


def failure_of(error: BaseException, what: str, limit: int) -> BoardFailure:
    """The failure that an exception of a download means.

    Args:
        error: what ended the request.
        what: how the sentence names the address.
        limit: greatest body in bytes.
    """
    detail = _detail(error)
    match error:
        case BoardFailure():
            return error
        case DownloadCancelledError():
            sizes = _SIZES.search(str(error))
            size = megabytes(int(sizes[1])) if sizes else f"more than {megabytes(limit)}"
            return BoardFailure(FailureKind.TOO_LARGE, what=what, size=size, limit=megabytes(limit))
        case DownloadTimeoutError():
            return BoardFailure(FailureKind.TIMEOUT, what=what, detail=detail)
        case ResponseDataLossError():
            return BoardFailure(FailureKind.BROKEN_BODY, what=what, detail="shorter than its Content-Length")
        case CannotResolveHostError():
            return BoardFailure(FailureKind.UNREACHABLE, what=what, detail="its name does not resolve")
        case DownloadConnectionRefusedError():
            return BoardFailure(FailureKind.UNREACHABLE, what=what, detail="connection refused")
        case UnsupportedURLSchemeError():
            return BoardFailure(FailureKind.ADDRESS_REFUSED, what=what, detail="only http and https are spoken")
        case DownloadFailedError() if is_flood(error):
            most = megabytes(MOST_HEADER_BYTES)
            return BoardFailure(FailureKind.TOO_LARGE, what=what, size=f"more than {most} of headers", limit=most)
        case DownloadFailedError() | OSError():
            return BoardFailure(FailureKind.UNREACHABLE, what=what, detail=detail)
        case _:
            return BoardFailure(FailureKind.CRASHED, what=what, detail=f"{type(error).__name__}: {detail}")


def is_tls_error(error: BaseException) -> bool:
    """Whether a connection failed over its certificate: asking again changes nothing."""
    return isinstance(error, DownloadFailedError) and bool(_TLS.search(_detail(error)))


def is_flood(error: BaseException) -> bool:
    """Whether a connection was ended over its headers: asking again brings the same."""
    return isinstance(error, DownloadFailedError) and "HeadersTooLong" in str(error)


def megabytes(size: int) -> str:
    """A size in bytes as a person reads it."""
    return f"{size / 1_048_576:.1f} MB" if size >= 104_858 else f"{size:,} bytes"


def _detail(error: BaseException) -> str:
    """The innermost words of an exception, on one line."""
    text = " ".join(str(error).split()) or type(error).__name__
    inner = re.findall(r"<class '[\w.]*?(\w+)'>: ?([^>\]]*)", text)
    if inner:
        text = f"{inner[-1][0]}: {inner[-1][1].strip()}".rstrip(": ")
    return text[:_REASON_LENGTH]
