"""USAJOBS (developer.usajobs.gov/api-reference/get-api-search, developer.usajobs.gov/guides/authentication)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pipeline.terms import platform
from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.board import Ask
from spiders.keyed import KeyedSpider, Signature
from spiders.paging import number_in

PAGES = 20
"""Of the greatest size: the search shows ten thousand postings at most."""
_CODES = re.compile(r"\d{4}(?:;\d{4})*$")
_FLYER = re.compile(r"\bpublic notice flyer\b", re.IGNORECASE)


class UsajobsSpider(KeyedSpider):
    """The board is a search: codes of occupational series (``2210`` or ``1550;2210``), or key words.

    A "public notice flyer" announces vacancies that may come; it is none.
    """

    name = "usajobs"

    def sign(self, keys: Mapping[str, str]) -> Signature:
        headers = {"Authorization-Key": keys["ROLECALL_USAJOBS_KEY"]}
        return Signature(headers=headers, agent=keys["ROLECALL_USAJOBS_EMAIL"] or None)

    def addresses(self, board: str) -> Iterable[str]:
        return (_page(board, 1),)

    def items(self, answer: Answer) -> Iterable[object]:
        result = answer.mapping().get("SearchResult")
        if not isinstance(result, dict):
            answer.refuse("SearchResult should be an object")
        for item in answer.listing(result.get("SearchResultItems"), "SearchResultItems"):
            described = item.get("MatchedObjectDescriptor") if isinstance(item, dict) else None
            yield {"MatchedObjectId": item.get("MatchedObjectId"), **described} if isinstance(described, dict) else item

    def identify(self, item: Any, board: str) -> Identity:
        url = item.get("PositionURI")
        public = url.replace(".gov:443/", ".gov/") if isinstance(url, str) else None
        return Identity(item.get("MatchedObjectId"), item.get("PositionTitle"), public)

    def split(self, answer: Answer) -> Iterator[Part]:
        items = list(self.items(answer))
        for item in items:
            is_flyer = isinstance(item, dict) and _FLYER.search(str(item.get("UserArea")))
            yield LeftOut("public notice flyer left out", is_expected=True) if is_flyer else self.part(item, answer)
        page = number_in(answer.address, "Page", 1)
        if len(items) >= _size() and page < PAGES:
            yield Ask(_page(answer.board, page + 1), is_next=True)


def _page(board: str, number: int) -> str:
    key = "JobCategoryCode" if _CODES.match(board) else "Keyword"
    return f"https://data.usajobs.gov/api/search?{key}={quote(board, safe=';')}&Fields=Full&ResultsPerPage={_size()}&Page={number}"


def _size() -> int:
    return platform("usajobs").page_size or 1
