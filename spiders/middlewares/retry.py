"""Polite retries: ``Retry-After`` is honoured to the second, up to a cap; what is worth it is tried again after a short wait."""

from __future__ import annotations

import time
from datetime import UTC
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost

from pipeline.vocabulary import FailureKind
from spiders.addresses import is_loopback_address
from spiders.base import BoardSpider
from spiders.failures import BoardFailure, is_flood, is_tls_error
from spiders.retrying import LONGEST_WAIT_SECONDS, try_again

_ASKS_FOR_TIME = (429, 503)
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530))
_UNSAID_WAIT_SECONDS = 10.0
"""Waited after a 429 that names no time."""
_WORTH_ANOTHER_TRY: dict[type[BaseException], str] = {
    DownloadTimeoutError: "did not answer in time",
    DownloadConnectionRefusedError: "refused the connection",
    ResponseDataLossError: "cut its answer short",
    CannotResolveHostError: "did not resolve",
    DownloadFailedError: "broke the connection",
    ConnectionDone: "broke the connection",
    ConnectionLost: "broke the connection",
    ConnectError: "could not be connected to",
}


class RetryMiddleware:
    """Stands in for Scrapy's own, which ignores ``Retry-After`` and asks again at once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in _PASSING:
            return response
        wait = self._wait_asked_for(response)
        if wait is not None and wait > LONGEST_WAIT_SECONDS:
            what = request.meta["ask"].address if "ask" in request.meta else request.url
            self._spider.rests.put_off(request, response.status, wait)
            raise BoardFailure(
                FailureKind.RATE_LIMITED, is_put_off=True, what=what, status=response.status, asked=f"{wait:.0f} seconds of rest"
            )
        why = f"answered {response.status}"
        if wait is not None:
            why += f" with Retry-After: {wait:.0f}, which was waited for"
        elif response.status == 429 and not is_loopback_address(request.url):
            wait = _UNSAID_WAIT_SECONDS
        return try_again(request, self._spider, why, wait) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if is_tls_error(exception) or is_flood(exception):
            return None
        why = next((words for kind, words in _WORTH_ANOTHER_TRY.items() if isinstance(exception, kind)), None)
        return try_again(request, self._spider, why) if why else None

    @property
    def _spider(self) -> BoardSpider:
        assert isinstance(self._crawler.spider, BoardSpider)
        return self._crawler.spider

    @staticmethod
    def _wait_asked_for(response: Response) -> float | None:
        value = response.headers.get("Retry-After")
        if response.status not in _ASKS_FOR_TIME or value is None:
            return None
        date = response.headers.get("Date")
        return retry_after_seconds(value.decode("latin-1"), date.decode("latin-1") if date else None)


def retry_after_seconds(value: str, date: str | None) -> float | None:
    """Seconds that a ``Retry-After`` asks for; None where it cannot be read.

    Args:
        value: a number of seconds, or an HTTP date.
        date: the answer's own ``Date``, so that a wrong clock on either side does no harm; ours where there is none.
    """
    value = value.strip()
    if value.isdigit():
        return float(value[:9])
    until = _epoch(value)
    if until is None:
        return None
    now = _epoch(date) if date else None
    return max(0.0, until - (time.time() if now is None else now))


def _epoch(value: str) -> float | None:
    try:
        instant = parsedate_to_datetime(value)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
