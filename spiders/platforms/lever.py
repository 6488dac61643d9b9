"""Lever (github.com/lever/postings-api)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from spiders.answer import Answer, Identity, Part
from spiders.base import BoardSpider
from spiders.board import Ask

PAGE = 100


class LeverSpider(BoardSpider):
    """A bare list without a total, asked for page by page until one comes short; an unknown site is 404, an empty one ``[]``."""

    name = "lever"

    def addresses(self, board: str) -> Iterable[str]:
        return (_page(board, 0),)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.json(), "the answer")

    def identify(self, item: Any, board: str) -> Identity:
        url = item.get("hostedUrl") or f"https://jobs.lever.co/{quote(board, safe='')}/{item.get('id')}"
        return Identity(item.get("id"), item.get("text"), url)

    def split(self, answer: Answer) -> Iterator[Part]:
        items = list(self.items(answer))
        for item in items:
            yield self.part(item, answer)
        if len(items) == PAGE:
            skipped = int(parse_qs(urlsplit(answer.address).query)["skip"][0])
            yield Ask(_page(answer.board, skipped + PAGE), is_next=True)


def _page(board: str, skip: int) -> str:
    return f"https://api.lever.co/v0/postings/{quote(board, safe='')}?mode=json&skip={skip}&limit={PAGE}"
