"""Pace: each request waits for its turn at its host, and has it until its answer is there."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.base import BoardSpider
from spiders.board import Board
from spiders.pace import Pace, Paces

_TURN = "rolecall_turn"


class PaceMiddleware:
    """Stands near to the network, so that whatever else a request waits for is behind it."""

    def __init__(self, paces: Paces) -> None:
        self._paces = paces

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        assert isinstance(crawler.spider, BoardSpider)
        return cls(crawler.spider.paces)

    async def process_request(self, request: Request) -> None:
        pace = self._paces.of(request.url)
        board = request.meta.get("board")
        if isinstance(board, Board):
            pace.slow_to(board.order.delay_seconds)
        await pace.turn()
        request.meta[_TURN] = pace

    def process_response(self, request: Request, response: Response) -> Response:
        self._end(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._end(request)

    @staticmethod
    def _end(request: Request) -> None:
        pace: Pace | None = request.meta.pop(_TURN, None)
        if pace is not None:
            pace.done()
