"""Greenhouse (developers.greenhouse.io/job-board.html)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from spiders.answer import Answer, Identity
from spiders.base import BoardSpider


class GreenhouseSpider(BoardSpider):
    """One answer holds the whole board; an unknown board is 404.

    Without ``content=true`` there is no text and no department, without ``pay_transparency=true`` (undocumented, measured) no pay.
    """

    name = "greenhouse"

    def addresses(self, board: str) -> Iterable[str]:
        return (f"https://boards-api.greenhouse.io/v1/boards/{quote(board, safe='')}/jobs?content=true&pay_transparency=true",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("jobs"), "jobs")

    def identify(self, item: Any, board: str) -> Identity:
        # an employer's own page (?gh_jid=) may stand in absolute_url; where it is missing, Greenhouse's own does
        url = item.get("absolute_url") or f"https://job-boards.greenhouse.io/{quote(board, safe='')}/jobs/{item.get('id')}"
        return Identity(item.get("id"), item.get("title"), url)
