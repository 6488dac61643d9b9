"""Rippling (the job board's own API, not documented openly: as recorded answers and other crawlers show it)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pipeline.payloads.fields import listed, mapping
from pipeline.terms import platform
from spiders.answer import Answer, Identity, Part
from spiders.board import Ask, Board
from spiders.detailed import DETAIL, DetailedSpider
from spiders.paging import number_in

_API = "https://api.rippling.com/platform/api/ats"


class RipplingSpider(DetailedSpider):
    """The second version of the list names the workplace of each place; the first is asked where there is no second.

    Either may send a job in several places as several rows with one id: one posting. Text, pay and date stand in its own answer.
    Capital letters of a board's name count.
    """

    name = "rippling"

    def addresses(self, board: str) -> Iterable[Ask]:
        return (Ask(_page(board, 0), may_be_refused=True),)

    def items(self, answer: Answer) -> Iterable[object]:
        value = answer.json()
        rows = value.get("items") if isinstance(value, dict) else value
        jobs: dict[object, dict[str, Any]] = {}
        for number, row in enumerate(answer.listing(rows, "items")):
            if not isinstance(row, dict):
                yield row
                continue
            id_ = row.get("uuid") or row.get("id")
            job = jobs.setdefault(id_ if isinstance(id_, str) else number, {**row, "locations": [], "workLocations": []})
            job["locations"] += [place for place in listed(row.get("locations")) if place not in job["locations"]]
            label = mapping(row.get("workLocation")).get("label")
            job["workLocations"] += [label] if label and label not in job["workLocations"] else []
        yield from jobs.values()

    def identify(self, item: Any, board: str) -> Identity:
        id_ = item.get("uuid") or item.get("id")
        return Identity(id_, item.get("name"), item.get("url") or f"https://ats.rippling.com/{quote(board, safe='')}/jobs/{id_}")

    def detail_address(self, entry: Mapping[str, Any], board: str) -> str:
        return f"{_API}/v1/board/{quote(board, safe='')}/jobs/{quote(str(entry.get('uuid') or entry.get('id')), safe='')}"

    def split(self, answer: Answer) -> Iterator[Part]:
        yield from super().split(answer)
        value = None if answer.ask.purpose == DETAIL else answer.json()
        pages, page = mapping(value).get("totalPages"), number_in(answer.address, "page", 0)
        if isinstance(pages, int) and page + 1 < pages and mapping(value).get("items"):
            yield Ask(_page(answer.board, page + 1), is_next=True)

    def nothing_left(self, board: Board) -> tuple[Ask, ...]:
        first = f"{_API}/v1/board/{quote(board.name, safe='')}/jobs"
        if board.missing and not self.has_listed(board) and first not in board.asked:
            return (Ask(first),)
        return super().nothing_left(board)


def _page(board: str, number: int) -> str:
    size = platform("rippling").page_size
    return f"{_API}/v2/board/{quote(board, safe='')}/jobs?groupJobsByLocation=true&page={number}&pageSize={size}"
