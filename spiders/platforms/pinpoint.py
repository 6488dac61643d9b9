"""Pinpoint (the careers site's own ``/postings.json``, which Pinpoint offers for employers' websites; as recorded answers and other
crawlers show it).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from spiders.answer import Answer, Identity
from spiders.base import BoardSpider
from spiders.employers import employer_host


class PinpointSpider(BoardSpider):
    """One answer holds the whole board. A posting's address may be on the employer's own host; ``path`` is on Pinpoint's."""

    name = "pinpoint"

    def addresses(self, board: str) -> Iterable[str]:
        return (f"https://{employer_host(board, 'pinpointhq.com')}/postings.json",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("data"), "data")

    def identify(self, item: Any, board: str) -> Identity:
        path = item.get("path")
        own = urljoin(f"https://{employer_host(board, 'pinpointhq.com')}/", path if isinstance(path, str) else "")
        return Identity(item.get("id"), item.get("title"), item.get("url") or own)
