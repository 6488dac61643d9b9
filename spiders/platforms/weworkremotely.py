"""We Work Remotely (weworkremotely.com/remote-jobs.rss)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.feed_fields import link_of
from spiders.answer import Answer, Identity
from spiders.base import BoardSpider
from spiders.feeds import read_feed


class WeworkremotelySpider(BoardSpider):
    """One feed holds the newest postings of all categories."""

    name = "weworkremotely"
    accept = "application/rss+xml,application/xml;q=0.9,text/xml;q=0.8"

    def addresses(self, board: str) -> Iterable[str]:
        return ("https://weworkremotely.com/remote-jobs.rss",)

    def items(self, answer: Answer) -> Iterable[object]:
        return read_feed(answer.body, answer.address).items

    def identify(self, item: Any, board: str) -> Identity:
        url = link_of(item)
        return Identity(item.get("guid") or url, item.get("title"), url)
