"""Working Nomads (www.workingnomads.com/api/exposed_jobs/)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from spiders.answer import Answer, Identity
from spiders.base import BoardSpider

_NUMBER = re.compile(r"/(\d+)/?$")


class WorkingnomadsSpider(BoardSpider):
    """One answer holds the newest postings; their only id is the number at the end of their address, which leads on elsewhere."""

    name = "workingnomads"

    def addresses(self, board: str) -> Iterable[str]:
        return ("https://www.workingnomads.com/api/exposed_jobs/",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.json(), "the answer")

    def identify(self, item: Any, board: str) -> Identity:
        url = item.get("url")
        number = _NUMBER.search(url) if isinstance(url, str) else None
        return Identity(number[1] if number else url, item.get("title"), url)
