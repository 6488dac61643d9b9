"""One page, read to find out which boards it shows: what ``rolecall sources add`` asks where an address alone does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response

from pipeline.board_addresses import recognise, recognise_page
from pipeline.crawling import LOOK
from pipeline.records import RawPosting
from pipeline.vocabulary import FailureKind
from spiders.addresses import is_loopback_address, same_host
from spiders.answer import Answer, Part
from spiders.base import BoardSpider
from spiders.board import Ask, Batch, Board
from spiders.decoding import challenge_in
from spiders.failures import BoardFailure
from spiders.pages import is_list_page, read_page

MOST_PAGES = 3
"""The page itself, and pages of its site that look like lists of jobs."""
_FEED_BEGINNINGS = (b"<rss", b"<feed", b"<rdf:rdf")


class LookSpider(BoardSpider):
    """The board is the page's address. Each page is one posting, so to say: its payload holds what was found there.

    Where a page shows no board and no posting, the lists of jobs that it links to are looked at too.
    """

    name = LOOK
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
    holds_postings = "page"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._led_to: dict[str, str] = {}

    def addresses(self, board: str) -> Iterable[Ask]:
        return (Ask(board, "page"),)

    def parse(self, response: Response, board: Board, ask: Ask) -> Iterator[scrapy.Request | Batch]:
        if not is_loopback_address(response.url):
            self._led_to[ask.address] = response.url
        return super().parse(response, board, ask)

    def split(self, answer: Answer) -> Iterator[Part]:
        address = self._led_to.get(answer.address, answer.address)
        page = read_page(answer.body, address)
        mark = None if page.postings else challenge_in(answer.body, is_page_due=True)
        if mark:
            raise BoardFailure(FailureKind.CHALLENGE, what=answer.address, detail=mark)
        led_to = recognise(address)
        boards = [led_to] if led_to and led_to.board and address != answer.board else []
        boards += recognise_page(answer.body.decode("utf-8", "replace"), address)
        found = {
            "page": address,
            "boards": [asdict(board) for board in boards],
            "has_posting": bool(page.postings),
            "is_feed": _is_feed(answer.body),
        }
        yield RawPosting(self.name, answer.board, answer.address, address, answer.fetched_at, found)
        if not (boards or page.postings or found["is_feed"]) and answer.address == answer.board:
            yield from self._lists(page.links, address)

    def _lists(self, links: Iterable[str], address: str) -> Iterator[Ask]:
        """Lists of jobs on the same site, the shortest addresses first."""
        host = same_host(urlsplit(address).hostname)
        lists = {link for link in links if is_list_page(link) and link != address and _belongs(link, host)}
        for link in sorted(lists, key=lambda link: (len(link), link))[: MOST_PAGES - 1]:
            yield Ask(link, "page", may_be_gone=True)


def _belongs(link: str, host: str) -> bool:
    """Whether a link leads to a site or to a part of it that has a host of its own: ``careers.acme.example``."""
    other = same_host(urlsplit(link).hostname)
    return other == host or other.endswith(f".{host}")


def _is_feed(body: bytes) -> bool:
    beginning = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return beginning.startswith((b"<?xml", *_FEED_BEGINNINGS)) and any(mark in beginning for mark in _FEED_BEGINNINGS)
