"""Breezy HR (the careers site's own ``/json``, its pages ``/p/{id}``; as recorded answers and other crawlers show them)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from spiders.answer import Answer, Identity
from spiders.detailed import DetailedSpider
from spiders.employers import employer_host
from spiders.markup import PAGE_ACCEPT, inner_html, job_posting, page_of


class BreezySpider(DetailedSpider):
    """One bare list holds the whole board; the text stands on each posting's page, as JSON-LD and as markup.

    Some boards send the text with the list: then no page is asked. An unknown employer leads to breezy.hr, which is a page.
    """

    name = "breezy"
    accept = f"application/json,{PAGE_ACCEPT}"

    def addresses(self, board: str) -> Iterable[str]:
        return (f"https://{employer_host(board, 'breezy.hr')}/json",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.json(), "the answer")

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(item.get("id"), item.get("name"), item.get("url") or self.detail_address(item, board))

    def wants_detail(self, entry: Mapping[str, Any]) -> bool:
        return not entry.get("description")

    def detail_address(self, entry: Mapping[str, Any], board: str) -> str:
        name = str(entry.get("friendly_id") or entry.get("id"))
        return f"https://{employer_host(board, 'breezy.hr')}/p/{quote(name, safe='')}"

    def detail(self, answer: Answer) -> Mapping[str, Any]:
        page, posting = page_of(answer), job_posting(answer)
        description = inner_html(page, "div.description")
        if posting is None and description is None:
            answer.refuse("a page with neither a JobPosting nor a description")
        return {"JobPosting": posting, "description": description}
