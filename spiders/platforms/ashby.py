"""Ashby (developers.ashbyhq.com/docs/public-job-posting-api)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.base import BoardSpider


class AshbySpider(BoardSpider):
    """One answer holds the whole board; an unknown board is 404, an empty one ``{"jobs": []}``.

    Jobs with ``isListed`` false are reached by link only: the employer does not list them, so neither do we.
    """

    name = "ashby"

    def addresses(self, board: str) -> Iterable[str]:
        return (f"https://api.ashbyhq.com/posting-api/job-board/{quote(board, safe='')}?includeCompensation=true",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("jobs"), "jobs")

    def identify(self, item: Any, board: str) -> Identity:
        url = item.get("jobUrl") or f"https://jobs.ashbyhq.com/{quote(board, safe='')}/{item.get('id')}"
        return Identity(item.get("id"), item.get("title"), url)

    def split(self, answer: Answer) -> Iterator[Part]:
        for item in self.items(answer):
            if isinstance(item, dict) and item.get("isListed") is False:
                yield LeftOut("job that is not listed left out", is_expected=True)
            else:
                yield self.part(item, answer)
