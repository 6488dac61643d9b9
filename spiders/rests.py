"""Hosts that are left alone: after three refusals in a row, or for as long as they ask for."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

from scrapy import Request

from pipeline.crawling import HostRest
from pipeline.vocabulary import FailureKind
from spiders.addresses import is_loopback_address
from spiders.failures import BoardFailure
from spiders.memory import HostMemory

REFUSALS = (403, 429)
MOST_REFUSALS = 3
REST_AFTER_REFUSALS = timedelta(hours=12)
"""To the end of the night, and not so long that the next one finds it shut."""


class Rests:
    """The rests of all hosts that a shard asks."""

    def __init__(self, memory: HostMemory) -> None:
        self._memory = memory
        self._refusals: Counter[str] = Counter()
        self._rests: dict[str, HostRest | None] = {}

    def of(self, request: Request) -> BoardFailure | None:
        """Why a request's host is not asked now; None where it may be."""
        host = host_of(request)
        if host not in self._rests:
            self._rests[host] = self._memory.rest(host)
        rest = self._rests[host]
        if rest is None:
            return None
        until = f"{rest.asked}, and is left alone until {rest.until:%Y-%m-%d %H:%M} UTC"
        return BoardFailure(FailureKind.RATE_LIMITED, is_put_off=rest.is_put_off, what=_told(host), status=rest.status, asked=until)

    def count(self, request: Request, status: int) -> None:
        """Take note of an answer; the third refusal in a row ends the asking."""
        host = host_of(request)
        self._refusals[host] = self._refusals[host] + 1 if status in REFUSALS else 0
        if self._refusals[host] >= MOST_REFUSALS:
            said = f"{status} after {MOST_REFUSALS} refusals in a row"
            self._begin(HostRest(host, self._memory.now + REST_AFTER_REFUSALS, said, "no more requests", is_put_off=False))

    def put_off(self, request: Request, status: int, seconds: float) -> None:
        """Leave a host alone for as long as it asks for."""
        until = self._memory.now + timedelta(seconds=min(seconds, timedelta(days=30).total_seconds()))
        self._begin(HostRest(host_of(request), until, str(status), f"{seconds:.0f} seconds of rest", is_put_off=True))

    def _begin(self, rest: HostRest) -> None:
        self._rests[rest.host] = rest
        self._memory.keep_rest(rest)


def host_of(request: Request) -> str:
    """The host that a request counts for; a stand-in on loopback plays as many hosts as it stands for."""
    host = urlsplit(request.url).netloc.lower()
    if is_loopback_address(request.url) and "ask" in request.meta:
        return f"{host}/{urlsplit(request.meta['ask'].address).netloc.lower()}"
    return host


def _told(host: str) -> str:
    return host.partition("/")[2] or host
