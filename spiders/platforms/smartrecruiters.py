"""SmartRecruiters (developers.smartrecruiters.com, Posting API)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pipeline.terms import platform
from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.board import Ask
from spiders.detailed import DETAIL, DetailedSpider
from spiders.paging import number_in

_API = "https://api.smartrecruiters.com/v1/companies"


class SmartrecruitersSpider(DetailedSpider):
    """Pages of a hundred with ``totalFound``; text and pay stand in each posting's own answer.

    An unknown company answers like one without postings, which the board's notes say.
    """

    name = "smartrecruiters"

    def addresses(self, board: str) -> Iterable[str]:
        return (_page(board, 0),)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("content"), "content")

    def identify(self, item: Any, board: str) -> Identity:
        public = f"https://jobs.smartrecruiters.com/{quote(board, safe='')}/{item.get('id')}"
        return Identity(item.get("id"), item.get("name"), item.get("postingUrl") or public)

    def detail_address(self, entry: Mapping[str, Any], board: str) -> str:
        return f"{_API}/{quote(board, safe='')}/postings/{quote(str(entry.get('id')), safe='')}"

    def part(self, item: object, answer: Answer) -> Part:
        if isinstance(item, dict) and item.get("active") is False:
            return LeftOut("posting that is no longer active left out", is_expected=True)
        return super().part(item, answer)

    def split(self, answer: Answer) -> Iterator[Part]:
        yield from super().split(answer)
        if answer.ask.purpose == DETAIL:
            return
        total, skipped = self.expect(answer, answer.mapping().get("totalFound")), number_in(answer.address, "offset", 0)
        if not total:
            yield LeftOut("no posting, as SmartRecruiters also answers for a company that it does not know", is_expected=True)
        if answer.mapping()["content"] and skipped + _size() < total:
            yield Ask(_page(answer.board, skipped + _size()), is_next=True)


def _page(board: str, skip: int) -> str:
    return f"{_API}/{quote(board, safe='')}/postings?limit={_size()}&offset={skip}"


def _size() -> int:
    return platform("smartrecruiters").page_size or 1
