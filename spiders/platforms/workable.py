"""Workable (the widget of apply.workable.com; ``details=true`` as recorded answers show it)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from spiders.answer import Answer, Identity
from spiders.base import BoardSpider


class WorkableSpider(BoardSpider):
    """One answer holds the whole board, a row for each place of a job: rows of one shortcode are one posting.

    The employer's name stands only around the list, so each posting is given it as ``company``.
    """

    name = "workable"

    def addresses(self, board: str) -> Iterable[str]:
        return (f"https://apply.workable.com/api/v1/widget/accounts/{quote(board, safe='')}?details=true",)

    def items(self, answer: Answer) -> Iterable[object]:
        account = answer.mapping()
        jobs: dict[object, dict[str, Any]] = {}
        for number, row in enumerate(answer.listing(account.get("jobs"), "jobs")):
            if not isinstance(row, dict):
                yield row
                continue
            code = row.get("shortcode")
            job = jobs.setdefault(
                code if isinstance(code, str) else number, {"company": account.get("name"), **row, "locations": []}
            )
            job["locations"] += row["locations"] if isinstance(row.get("locations"), list) else []
        yield from jobs.values()

    def identify(self, item: Any, board: str) -> Identity:
        url = item.get("url") or item.get("shortlink") or f"https://apply.workable.com/j/{item.get('shortcode')}"
        return Identity(item.get("shortcode"), item.get("title"), url)
