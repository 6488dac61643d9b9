"""Hacker News, "Who is hiring?" (hn.algolia.com/api; github.com/HackerNews/API)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.vocabulary import FailureKind
from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.base import BoardSpider
from spiders.board import Ask
from spiders.failures import BoardFailure

_API = "https://hn.algolia.com/api/v1/search_by_date"
_THREAD = re.compile(r"\bwho is hiring\b", re.IGNORECASE)
"""The same account also posts "Freelancer? Seeking freelancer?" and "Who wants to be hired?"."""


class HnSpider(BoardSpider):
    """The newest thread, found by a search for the account's stories, then its comments page by page.

    A comment that answers the story is a posting, one that answers a comment is not. Deleted comments come without a text.
    """

    name = "hn"
    holds_postings = "comments"

    def addresses(self, board: str) -> Iterable[Ask]:
        return (Ask(f"{_API}?tags=story,author_whoishiring&hitsPerPage=10", "stories"),)

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(
            item.get("objectID"), item.get("comment_text"), f"https://news.ycombinator.com/item?id={item.get('objectID')}"
        )

    def items(self, answer: Answer) -> Iterable[object]:
        return answer.listing(answer.mapping().get("hits"), "hits")

    def split(self, answer: Answer) -> Iterator[Part]:
        if answer.ask.purpose == "stories":
            yield Ask(_comments(self._newest_thread(answer), 0), "comments")
            return
        value = answer.mapping()
        for hit in answer.listing(value.get("hits"), "hits"):
            yield self.part(hit, answer)
        page, pages = value.get("page"), value.get("nbPages")
        story = re.search(r"story_(\w+)", answer.address)
        if story and isinstance(page, int) and isinstance(pages, int) and page + 1 < pages:
            yield Ask(_comments(story[1], page + 1), "comments", is_next=True)

    def _newest_thread(self, answer: Answer) -> str:
        hits = [hit for hit in self.items(answer) if isinstance(hit, dict)]
        threads = [
            hit for hit in hits if isinstance(hit.get("title"), str) and _THREAD.search(hit["title"]) and hit.get("objectID")
        ]
        if not threads:
            raise BoardFailure(
                FailureKind.NO_POSTING, what=answer.address, detail=f'none of {len(hits)} stories is called "Who is hiring?"'
            )
        return str(max(threads, key=lambda hit: hit["created_at_i"] if isinstance(hit.get("created_at_i"), int) else 0)["objectID"])

    def part(self, item: object, answer: Answer) -> Part:
        if isinstance(item, dict) and item.get("parent_id") is None:
            return LeftOut("item that is no comment left out")
        if isinstance(item, dict) and item.get("parent_id") != item.get("story_id"):
            return LeftOut("reply to a comment left out", is_expected=True)
        text = item.get("comment_text") if isinstance(item, dict) else "?"
        if not isinstance(text, str) or not text.strip():
            return LeftOut("deleted or empty comment left out", is_expected=True)
        return super().part(item, answer)


def _comments(story: str, page: int) -> str:
    return f"{_API}?tags=comment,story_{story}&hitsPerPage=1000&page={page}"
