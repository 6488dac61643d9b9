"""Pace: each request waits for its turn at its host."""

from __future__ import annotations

from collections.abc import Awaitable

from scrapy import Request
from scrapy.crawler import Crawler

from spiders.base import BoardSpider
from spiders.board import Board
from spiders.pace import Paces


class PaceMiddleware:
    """Stands nearest to the network, so that whatever else a request waits for is behind it."""

    def __init__(self, paces: Paces) -> None:
        self._paces = paces

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        assert isinstance(crawler.spider, BoardSpider)
        return cls(crawler.spider.paces)

    def process_request(self, request: Request) -> Awaitable[None] | None:
        pace = self._paces.of(request.url)
        board = request.meta.get("board")
        if isinstance(board, Board):
            pace.slow_to(board.order.delay_seconds)
        return None if pace.is_free else pace.turn()
