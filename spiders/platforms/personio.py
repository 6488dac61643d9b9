"""Personio (developer.personio.de/docs/retrieving-open-job-positions; languages, empty feeds and rows that come twice as recorded
answers and other crawlers show them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from pipeline.payloads.personio import description
from spiders.answer import Answer, Identity, Part
from spiders.base import BoardSpider
from spiders.board import Ask
from spiders.employers import employer_host
from spiders.feeds import MOST_ITEMS, read_items, require_whole

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
ALWAYS_ASKED = 2
"""Of the languages: a position may stand in one feed only. The others are asked while a position has no text."""


class PersonioSpider(BoardSpider):
    """A feed for each language, all with the same ids: a position is given once, in the first language that has its text.

    One file may hold a position twice, and a position that nobody has written in a language comes without a text. A board
    without positions is a feed without elements.
    """

    name = "personio"
    accept = "text/xml,application/xml;q=0.9,*/*;q=0.5"

    def addresses(self, board: str) -> Iterable[str]:
        return (_feed(board, LANGUAGES[0]),)

    def items(self, answer: Answer) -> Iterable[Mapping[str, Any]]:
        feed = read_items(answer.body, answer.address, roots=("workzag-jobs",), names=("position",), due="<workzag-jobs>")
        require_whole(answer.body, answer.address, "workzag-jobs")
        if feed.is_cut:
            answer.refuse(f"more than {MOST_ITEMS:,} positions")
        positions: dict[object, Mapping[str, Any]] = {}
        for number, item in enumerate(feed.items):
            key = item["id"] if isinstance(item.get("id"), str) else number
            if key not in positions or description(positions[key]) is None:
                positions[key] = item
        return positions.values()

    def identify(self, item: Any, board: str) -> Identity:
        id_ = item.get("id")
        url = f"https://{employer_host(board, 'jobs.personio.de')}/job/{quote(id_ if isinstance(id_, str) else '', safe='')}"
        return Identity(id_, item.get("name"), url)

    def split(self, answer: Answer) -> Iterator[Part]:
        before = answer.ask.item or {}
        given, without_text = set(before.get("given", ())), dict(before.get("without_text", {}))
        following = before.get("following", LANGUAGES[1:])
        for item in self.items(answer):
            id_ = item.get("id")
            if not isinstance(id_, str):
                yield self.part(item, answer)
            elif id_ not in given and description(item) is None:
                without_text.setdefault(id_, item)
            elif id_ not in given:
                given.add(id_)
                without_text.pop(id_, None)
                yield self.part(item, answer)
        if following and (without_text or len(following) > len(LANGUAGES) - ALWAYS_ASKED):
            item = {"given": given, "without_text": without_text, "following": following[1:]}
            yield Ask(_feed(answer.board, following[0]), item=item)
        else:
            yield from (self.part(item, answer) for item in without_text.values())


def _feed(board: str, language: str) -> str:
    return f"https://{employer_host(board, 'jobs.personio.de')}/xml?language={language}"
