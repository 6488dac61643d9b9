"""Arbeitnow (www.arbeitnow.com/blog/job-board-api)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spiders.answer import Answer, Identity, Part
from spiders.base import BoardSpider
from spiders.board import Ask
from spiders.paging import number_in

PAGES = 50
"""Of a hundred postings each, newest first."""


class ArbeitnowSpider(BoardSpider):
    """The newest pages of the feed; ``links.next`` says whether there is one more."""

    name = "arbeitnow"

    def addresses(self, board: str) -> Iterable[str]:
        return (_page(1),)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("data"), "data")

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(
            item.get("slug"), item.get("title"), item.get("url") or f"https://www.arbeitnow.com/view/{item.get('slug')}"
        )

    def split(self, answer: Answer) -> Iterator[Part]:
        for item in self.items(answer):
            yield self.part(item, answer)
        links, page = answer.mapping().get("links"), number_in(answer.address, "page", 1)
        # only whether there is a next page is believed, not where it is said to be
        if isinstance(links, dict) and links.get("next") and page < PAGES:
            yield Ask(_page(page + 1), is_next=True)


def _page(number: int) -> str:
    return f"https://www.arbeitnow.com/api/job-board-api?page={number}"
