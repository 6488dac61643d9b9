"""Jobicy (github.com/Jobicy/remote-jobs-api)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.terms import platform
from spiders.answer import Answer, Identity
from spiders.base import BoardSpider


class JobicySpider(BoardSpider):
    """One answer holds the newest postings, a hundred at most; there is no second page."""

    name = "jobicy"

    def addresses(self, board: str) -> Iterable[str]:
        return (f"https://jobicy.com/api/v2/remote-jobs?count={platform('jobicy').page_size}",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("jobs"), "jobs")

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(item.get("id"), item.get("jobTitle"), item.get("url"))
