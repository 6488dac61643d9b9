"""Teamtailor (the careers site's own ``/jobs.json``, a JSON Feed of jsonfeed.org, and ``/jobs.rss``; as recorded answers and other
crawlers show them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.crawling import Validators
from pipeline.terms import platform
from spiders.answer import Answer, Identity, Part
from spiders.base import BoardSpider
from spiders.board import Ask, Board
from spiders.employers import employer_host
from spiders.feeds import read_feed, require_whole
from spiders.paging import number_in

MOST_OF_JSON = 100
"""A page of the JSON feed; RSS pays no heed to ``page`` and is asked for all that a request may ask for."""
_BESIDE = "beside"


class TeamtailorSpider(BoardSpider):
    """Two feeds of one board with the same ids. Only RSS says department, remote status and the places' names, only JSON pay and
    type of employment: RSS is read first and kept with each posting as ``rss``. A board without JSON is read from RSS alone.
    """

    name = "teamtailor"
    accept = "application/feed+json,application/json,application/rss+xml;q=0.9,application/xml;q=0.8,*/*;q=0.5"

    def addresses(self, board: str) -> Iterable[Ask]:
        return (Ask(_rss(board), _BESIDE, may_be_refused=True),)

    def items(self, answer: Answer) -> Iterable[object]:
        if answer.body.lstrip()[:1] == b"<":
            for entry in _entries(answer):
                yield {"id": entry.get("guid"), "title": entry.get("title"), "url": entry.get("link"), "rss": entry}
            return
        beside = answer.ask.item or {}
        for item in answer.listing(answer.mapping().get("items"), "items"):
            twin = beside.get(str(item.get("id"))) if isinstance(item, dict) else None
            yield {**item, "rss": twin} if twin else item

    def identify(self, item: Any, board: str) -> Identity:
        return Identity(item.get("id"), item.get("title"), item.get("url"))

    def split(self, answer: Answer) -> Iterator[Part]:
        if answer.ask.purpose == _BESIDE:
            beside = {str(entry.get("guid")): {k: entry[k] for k in entry if k != "description"} for entry in _entries(answer)}
            yield Ask(_page(answer.board, 1), may_be_refused=True, item=beside)
            return
        yield from super().split(answer)
        # only whether there is a next page is believed, not where it is said to be: the feed may stand on the employer's own host
        if answer.body.lstrip()[:1] != b"<" and answer.mapping().get("next_url"):
            yield Ask(_page(answer.board, number_in(answer.address, "page", 1) + 1), is_next=True, item=answer.ask.item)

    def nothing_left(self, board: Board) -> Iterable[Ask]:
        """JSON where RSS is missing, and RSS alone where JSON is."""
        first = _page(board.name, 1)
        if board.failures:
            return ()
        if first not in board.asked:
            return (Ask(first, may_be_refused=True),)
        return (Ask(f"{_rss(board.name)}&page=1"),) if board.validators.get(first) == Validators() else ()


def _entries(answer: Answer) -> Sequence[Mapping[str, Any]]:
    entries = read_feed(answer.body, answer.address).items
    require_whole(answer.body, answer.address, "rss")
    return entries


def _rss(board: str) -> str:
    return f"https://{employer_host(board, 'teamtailor.com')}/jobs.rss?per_page={platform('teamtailor').page_size}"


def _page(board: str, number: int) -> str:
    size = f"per_page={MOST_OF_JSON}"
    return f"https://{employer_host(board, 'teamtailor.com')}/jobs.json?" + (f"page={number}&{size}" if number > 1 else size)
