"""Remotive (github.com/remotive-io/remote-jobs-api)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spiders.answer import Answer, Identity
from spiders.base import BoardSpider


class RemotiveSpider(BoardSpider):
    """One answer holds every posting that the feed shows, a day late; legal notices stand beside the list."""

    name = "remotive"

    def addresses(self, board: str) -> Iterable[str]:
        return ("https://remotive.com/api/remote-jobs",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("jobs"), "jobs")

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(item.get("id"), item.get("title"), item.get("url"))
