"""Remote OK (remoteok.com/api; its terms are the first element of the answer)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.payloads.remoteok import without_readers_tag
from spiders.answer import Answer, Identity, Part
from spiders.base import BoardSpider


class RemoteokSpider(BoardSpider):
    """One answer holds the newest postings; its first element is the legal notice and no job.

    Each description ends in a sentence with a tag made of the reader's network address, which is taken out before anything is kept.
    """

    name = "remoteok"

    def addresses(self, board: str) -> Iterable[str]:
        return ("https://remoteok.com/api",)

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.json(), "the answer")

    def identify(self, item: Any, board: str) -> Identity:
        url = item.get("url") or (f"https://remoteok.com/remote-jobs/{item['slug']}" if item.get("slug") else None)
        return Identity(item.get("id"), item.get("position"), url)

    def split(self, answer: Answer) -> Iterator[Part]:
        for number, item in enumerate(self.items(answer)):
            if number == 0 and isinstance(item, dict) and "legal" in item:
                continue
            if isinstance(item, dict) and isinstance(item.get("description"), str):
                item = {**item, "description": without_readers_tag(item["description"])}
            yield self.part(item, answer)
