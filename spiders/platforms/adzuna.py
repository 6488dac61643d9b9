"""Adzuna (developer.adzuna.com/docs/search, developer.adzuna.com/docs/terms_of_service)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pipeline.terms import platform
from spiders.answer import Answer, Identity, Part
from spiders.board import Ask
from spiders.keyed import KeyedSpider, Signature

PAGES = 20
"""Of 50 postings each, newest first; 250 requests a day are allowed for all boards together."""
_NUMBER = re.compile(r"/search/(\d{1,6})\?")


class AdzunaSpider(KeyedSpider):
    """The board is a country and key words: ``gb/machine learning``. Texts are cut short by Adzuna."""

    name = "adzuna"

    def sign(self, keys: Mapping[str, str]) -> Signature:
        id_, key = (quote(keys[name], safe="") for name in ("ROLECALL_ADZUNA_ID", "ROLECALL_ADZUNA_KEY"))
        return Signature(query={"app_id": id_, "app_key": key})

    def addresses(self, board: str) -> Iterable[str]:
        return (_page(board, 1),)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("results"), "results")

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(item.get("id"), item.get("title"), item.get("redirect_url"))

    def split(self, answer: Answer) -> Iterator[Part]:
        items = list(self.items(answer))
        for item in items:
            yield self.part(item, answer)
        number = _NUMBER.search(answer.address)
        page = int(number[1]) if number else 1
        if len(items) >= _size() and page < PAGES:
            yield Ask(_page(answer.board, page + 1), is_next=True)


def _page(board: str, number: int) -> str:
    country, _, words = board.partition("/")
    what = f"&what={quote(words, safe='')}" if words else ""
    search = f"https://api.adzuna.com/v1/api/jobs/{quote(country.lower(), safe='')}/search/{number}"
    return f"{search}?results_per_page={_size()}&sort_by=date{what}"


def _size() -> int:
    return platform("adzuna").page_size or 1
