"""The downloads themselves: Scrapy's own, with a limit on what a server may send before its body begins."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

from spiders.failures import MOST_HEADER_BYTES


class HeadersTooLong(Exception):
    """Status line and headers, or one interim answer after another, go on and on."""


class DownloadHandler(HTTP11DownloadHandler):
    """Neither Scrapy nor Twisted ends a flood of headers: memory would grow until the time-out."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: N802 - the name that Twisted calls
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _Protocol(_LenientHTTP11ClientProtocol):
    _header_bytes = 0

    def request(self, request: Any) -> Any:
        self._header_bytes = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._header_bytes += len(data)
            if self._header_bytes > MOST_HEADER_BYTES + len(data):
                self._giveUp(Failure(HeadersTooLong(f"more than {MOST_HEADER_BYTES:,} bytes")))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]
