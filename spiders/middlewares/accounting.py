"""What was asked and what came: counts a shard and a board, for the stats file and the summary."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from time import monotonic

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from spiders.board import Board


@dataclass(slots=True)
class Traffic:
    """Counts of one spider; robots.txt included."""

    requests: int = 0
    bytes: int = 0
    """Bodies as they came over the wire."""
    statuses: Counter[str] = field(default_factory=Counter)


class AccountingMiddleware:
    """Sees each request last and each response first."""

    def __init__(self) -> None:
        self.traffic = Traffic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AccountingMiddleware:
        return cls()

    def process_request(self, request: Request) -> None:
        self.traffic.requests += 1
        board = request.meta.get("board")
        if isinstance(board, Board) and "ask" in request.meta:
            board.requests += 1
            board.began = board.began or monotonic()

    def process_response(self, request: Request, response: Response) -> Response:
        self.traffic.bytes += len(response.body)
        self.traffic.statuses[str(response.status)] += 1
        board = request.meta.get("board")
        if isinstance(board, Board) and "ask" in request.meta:
            board.bytes += len(response.body)
        return response
