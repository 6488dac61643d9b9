"""Recruitee (api.recruitee.com/docs/index.html, the careers site's own ``/api/offers``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.base import BoardSpider
from spiders.employers import employer_host


class RecruiteeSpider(BoardSpider):
    """One answer holds the whole board. The board is the employer's name at Recruitee, or the host of its own careers site."""

    name = "recruitee"

    def addresses(self, board: str) -> Iterable[str]:
        return (f"https://{employer_host(board, 'recruitee.com')}/api/offers",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("offers"), "offers")

    def identify(self, item: Any, board: str) -> Identity:
        slug = item.get("slug") or item.get("id")
        url = item.get("careers_url") or f"https://{employer_host(board, 'recruitee.com')}/o/{slug}"
        return Identity(item.get("id"), item.get("title"), url)

    def split(self, answer: Answer) -> Iterator[Part]:
        for item in self.items(answer):
            if isinstance(item, dict) and item.get("status") not in (None, "published"):
                yield LeftOut("offer that is not published left out", is_expected=True)
            else:
                yield self.part(item, answer)
