"""Strict decompression: a body cut short is an error even where its Content-Length is right, and a bomb stops at the limit."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure, megabytes
from spiders.retrying import try_again

if TYPE_CHECKING:
    from spiders.base import BoardSpider

ASKED_FOR = "gzip, deflate"
_GZIP, _ZLIB, _RAW = 31, 15, -15


class StrictBodyMiddleware:
    """Stands in for Scrapy's own, which takes what it can get of a truncated body for the whole."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StrictBodyMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        request.headers["Accept-Encoding"] = ASKED_FOR

    def process_response(self, request: Request, response: Response) -> Request | Response:
        encodings = response.headers.getlist("Content-Encoding")
        if not encodings or not response.body:
            return response
        what = request.meta["ask"].address if "ask" in request.meta else request.url
        try:
            body = decompress(response.body, b",".join(encodings).decode("latin-1"), self._limit, what)
        except BoardFailure as failure:
            spider: BoardSpider = self._crawler.spider  # type: ignore[assignment]
            is_worth_it = failure.kind is FailureKind.BROKEN_BODY
            again = try_again(request, spider, "sent a broken body") if is_worth_it else None
            if again is None:
                raise
            return again
        decoded = response.replace(body=body)
        del decoded.headers["Content-Encoding"]
        return decoded


def decompress(body: bytes, encodings: str, limit: int, what: str) -> bytes:
    """The body behind its content encodings.

    Args:
        body: as received.
        encodings: value of Content-Encoding; the last was applied last.
        limit: greatest size in bytes that is unpacked.
        what: how a failure names the address.

    Raises:
        BoardFailure: truncated or broken, of an encoding that was not asked for, or over the limit.
    """
    for encoding in reversed([name.strip().lower() for name in encodings.split(",")]):
        if encoding in ("gzip", "x-gzip"):
            body = _inflated(body, _GZIP, limit, what)
        elif encoding == "deflate":
            # some servers leave the zlib header out, whose first byte has 8 in its low half
            body = _inflated(body, _ZLIB if body[:1] and body[0] & 0x0F == 8 else _RAW, limit, what)
        elif encoding not in ("identity", ""):
            raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail=f"encoded as {encoding[:20]}, which was not asked for")
    return body


def _inflated(body: bytes, window: int, limit: int, what: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    while body:
        inflater = zlib.decompressobj(window)
        try:
            part = inflater.decompress(body, limit - size + 1)
        except zlib.error as error:
            raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail=str(error)) from None
        size += len(part)
        if size > limit:
            packed = f"more than {megabytes(limit)} packed into {megabytes(len(body))}"
            raise BoardFailure(FailureKind.TOO_LARGE, what=what, size=packed, limit=megabytes(limit))
        if not inflater.eof:
            raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail="its compressed stream is cut short")
        parts.append(part)
        # a gzip body may hold several members; whatever else follows the end is padding
        body = inflater.unused_data if window == _GZIP and inflater.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(parts)
