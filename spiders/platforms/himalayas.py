"""Himalayas (himalayas.app/docs/remote-jobs-api, himalayas.app/docs/data-dictionary)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.terms import platform
from spiders.answer import Answer, Identity, Part
from spiders.base import BoardSpider
from spiders.board import Ask
from spiders.paging import number_in

PAGES = 100
"""Of some 5,000, newest first: those behind the window were read on nights before."""


class HimalayasSpider(BoardSpider):
    """The newest pages of the feed; a page holds 20 whatever is asked for."""

    name = "himalayas"

    def addresses(self, board: str) -> Iterable[str]:
        return (_page(0),)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("jobs"), "jobs")

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(item.get("guid") or item.get("applicationLink"), item.get("title"), item.get("guid"))

    def split(self, answer: Answer) -> Iterator[Part]:
        items = list(self.items(answer))
        for item in items:
            yield self.part(item, answer)
        offset = number_in(answer.address, "offset", 0) + _limit()
        if len(items) >= _limit() and offset < PAGES * _limit():
            yield Ask(_page(offset), is_next=True)


def _page(offset: int) -> str:
    return f"https://himalayas.app/jobs/api?limit={_limit()}&offset={offset}"


def _limit() -> int:
    return platform("himalayas").page_size or 20
