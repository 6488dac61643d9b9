"""Conditional requests: what the server gave last time is sent back, so that an unchanged board costs no body."""

from __future__ import annotations

from scrapy import Request

from spiders.board import Ask, Board


class ConditionalMiddleware:
    """Sends ``If-None-Match`` and ``If-Modified-Since`` while a board is compared with last time's."""

    def process_request(self, request: Request) -> None:
        board, ask = request.meta.get("board"), request.meta.get("ask")
        if not isinstance(board, Board) or not isinstance(ask, Ask) or not board.is_comparing:
            return
        known = board.order.validators.get(ask.address)
        if known is None:
            return
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified
