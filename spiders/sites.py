"""The base of spiders that read an employer's own site: from sitemaps and list pages to postings (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

from pipeline.identity import digest
from pipeline.payloads.jsonld import identifier
from pipeline.vocabulary import FailureKind
from spiders.addresses import same_host
from spiders.answer import Answer, Identity, LeftOut, Part
from spiders.base import BoardSpider
from spiders.board import Ask, Board
from spiders.decoding import challenge_in
from spiders.failures import BoardFailure
from spiders.middlewares.robots import RobotsMiddleware
from spiders.pages import PageFinds, is_list_page, list_pages, looks_like_posting, read_page, read_sitemap

MOST_LIST_PAGES = 500
_DEEP = 2
"""List pages so many links from an entrance lead on only where they show something new."""


@dataclass(slots=True)
class Site:
    """What is known of a site while it is read."""

    pages: dict[str, None] = field(default_factory=dict)
    """Addresses that the sitemaps list, in their order."""
    has_sitemap: bool = False
    pages_read: int = 0
    has_tried_lists: bool = False
    says_empty: bool = False
    """A list page said in words that nothing is open."""
    led_to: set[str] = field(default_factory=set)
    """Pages of postings that list pages led to."""
    lists: dict[str, int] = field(default_factory=dict)
    """List pages that others led to, each with its distance from an entrance."""


class SiteSpider(BoardSpider):
    """Reads a site whose pages hold postings; a platform says what a page gives.

    Sitemaps are ``/sitemap.xml`` and those of robots.txt. Of their pages those are read whose address looks like a posting's; where
    they lead to no posting, the list pages are walked. A page that is gone or holds nothing is counted; a site where no page holds
    anything is a failure, unless its sitemap is empty or its list says that nothing is open.

    **A site that would lead for ever** ends: only its own host is asked, a list page some way in that shows no new posting leads no
    further, at most 500 list pages and 5,000 requests are made, and what is cut off by that is a failure beside the postings.

    **Override** ``postings_of(page, answer)``, and where a platform needs it ``entrances``, ``is_posting``, ``is_list``,
    ``led_to``, ``asked``, ``public``.
    """

    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    holds_postings = "page"
    sought: ClassVar[str] = "schema.org JobPosting"
    reads_every_page: ClassVar[bool] = True
    """Whether all pages of a sitemap are read where the address of none looks like a posting's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sites: dict[str, Site] = {}
        self._titles: dict[tuple[str, str], str] = {}

    # -- what a platform may say -------------------------------------------------------------------------------------------------

    def postings_of(self, page: PageFinds, answer: Answer) -> Iterator[Part]:
        """The postings of a page: its JobPosting objects."""
        for number, posting in enumerate(page.postings):
            yield answer.posting(posting, self.identity(posting, answer, number if len(page.postings) > 1 else None))

    def entrances(self, board: str) -> Iterable[str]:
        """Addresses of list pages that are tried where no sitemap helps."""
        return (f"https://{host_of(board)}{path}" for path in list_pages())

    def is_posting(self, address: str, board: str) -> bool:
        return looks_like_posting(address)

    def is_list(self, address: str, answer: Answer) -> bool:
        return is_list_page(address)

    def led_to(self, page: PageFinds, answer: Answer) -> Iterator[Ask]:
        """The pages of postings that a list page leads to."""
        for link in page.links:
            if is_on(link, answer.board) and self.is_posting(link, answer.board):
                yield Ask(link, "page", may_be_gone=True)

    def asked(self, address: str, board: str) -> str:
        """The address that is asked for one that people are sent to."""
        return address

    def public(self, address: str, board: str) -> str:
        """The address that people are sent to for one that was asked."""
        return address

    # -- the way through a site --------------------------------------------------------------------------------------------------

    def addresses(self, board: str) -> Iterable[Ask]:
        return (Ask(f"https://{host_of(board)}/sitemap.xml", "sitemap", may_be_refused=True, is_urgent=True),)

    def split(self, answer: Answer) -> Iterator[Part]:
        if answer.ask.purpose == "sitemap":
            yield from self._listed(answer)
            return
        page = read_page(answer.body, answer.address)
        found = list(self.postings_of(page, answer))
        mark = None if any(not isinstance(part, LeftOut) for part in found) else challenge_in(answer.body, is_page_due=True)
        if mark:
            raise BoardFailure(FailureKind.CHALLENGE, what=answer.address, detail=mark)
        yield from (LeftOut("JSON-LD block that holds no JSON left out", is_expected=True) for _ in range(page.unreadable))
        if answer.ask.purpose == "list":
            yield from self._walked(page, answer)
        else:
            self.site(answer.board).pages_read += 1
            if not found:
                yield LeftOut(f"page without {_a(self.sought)} left out", is_expected=True)
        yield from found

    def nothing_left(self, board: Board) -> Iterable[Ask]:
        """From the sitemaps to their pages, from there to the list pages, from there to a verdict."""
        site = self.site(board.name)
        sitemaps = [Ask(one, "sitemap", may_be_refused=True) for one in self._sitemaps_of_robots(board) if one not in board.asked]
        if sitemaps:
            return sitemaps
        if len(site.lists) > MOST_LIST_PAGES:
            limit = f"{MOST_LIST_PAGES} list pages"
            raise BoardFailure(FailureKind.TOO_LARGE, what=f"https://{board.name}", size=f"more than {limit}", limit=limit)
        if board.postings or board.failures:
            return ()
        likely = [page for page in site.pages if self.is_posting(page, board.name)]
        pages = likely or (list(site.pages) if self.reads_every_page else [])
        to_ask = dict.fromkeys(self.asked(page, board.name) for page in pages)
        unread = [Ask(page, "page", may_be_gone=True) for page in to_ask if page not in board.asked]
        if unread:
            return unread
        if not site.has_tried_lists and (site.pages or not site.has_sitemap):
            site.has_tried_lists = True
            tried = (self.asked(one, board.name) for one in self.entrances(board.name))
            lists = [Ask(one, "list", may_be_refused=True) for one in tried if one not in board.asked]
            if lists:
                return lists
        return self._verdict(site, board)

    def site(self, board: str) -> Site:
        return self._sites.setdefault(board, Site())

    def identity(self, posting: Mapping[str, Any], answer: Answer, number: int | None) -> Identity:
        """The posting's own identifier, where it is one; else its address, or its title on a page that it shares."""
        title = posting.get("title") or posting.get("name")
        address = self.public(answer.address, answer.board)
        own = posting.get("url") if isinstance(posting.get("url"), str) else None
        url = address if number is None or not own else own
        id_ = identifier(posting)
        # some sites give every posting the employer's own number: then the number is nobody's
        if id_ is not None and self._titles.setdefault((answer.board, id_), str(title)) != str(title):
            id_ = None
        if id_ is None:
            id_ = url if number is None or own else f"{address}#{digest((str(title), str(posting.get('jobLocation'))))}"
        return Identity(id_, title, url)

    # -- inside ------------------------------------------------------------------------------------------------------------------

    def _listed(self, answer: Answer) -> Iterator[Part]:
        """The sitemaps that a sitemap leads to; its pages are kept."""
        site = self.site(answer.board)
        found = read_sitemap(answer.body, answer.address)
        site.has_sitemap = True
        site.pages |= dict.fromkeys(page for page in found.pages if is_on(page, answer.board))
        elsewhere = sum(not is_on(page, answer.board) for page in found.pages)
        yield from (LeftOut("address on another host left out", is_expected=True) for _ in range(elsewhere))
        yield from (Ask(one, "sitemap", may_be_refused=True, is_urgent=True) for one in found.sitemaps if is_on(one, answer.board))

    def _walked(self, page: PageFinds, answer: Answer) -> Iterator[Part]:
        """Where a list page leads: to postings, and to further list pages unless it is one of those and shows nothing new."""
        site = self.site(answer.board)
        asks = list(self.led_to(page, answer))
        is_new = any(ask.address not in site.led_to for ask in asks)
        site.led_to |= {ask.address for ask in asks}
        yield from asks
        depth = site.lists.get(answer.address, 0)
        if depth >= _DEEP and not is_new:
            return
        postings = {ask.address for ask in asks}
        for link in page.links:
            address = self.asked(link, answer.board)
            if address in postings or address in site.lists or not is_on(link, answer.board) or not self.is_list(link, answer):
                continue
            site.lists[address] = depth + 1
            if len(site.lists) > MOST_LIST_PAGES:
                return
            yield Ask(address, "list", may_be_refused=True)

    def _verdict(self, site: Site, board: Board) -> Iterable[Ask]:
        if (site.has_sitemap and not site.pages) or site.says_empty:
            return ()
        if board.missing and len(board.missing) == len(board.asked):
            raise board.missing[0]
        detail = f"{site.pages_read} pages read, none of them with {self.sought}"
        raise BoardFailure(FailureKind.NO_POSTING, what=f"https://{host_of(board.name)}/", detail=detail)

    def _sitemaps_of_robots(self, board: Board) -> list[str]:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        asked = board.request_address(f"https://{host_of(board.name)}/")
        return [one for one in (robots.sitemaps(asked) if robots else ()) if is_on(one, board.name)]


def host_of(board: str) -> str:
    """The host of a site; a board may be written with its scheme and a path."""
    return quote(board.removeprefix("https://").removeprefix("http://").split("/")[0], safe=":[]")


def is_on(address: str, board: str) -> bool:
    """Whether an address is on the site's host."""
    return same_host(urlsplit(address).hostname) == same_host(host_of(board).split(":")[0])


def _a(sought: str) -> str:
    return "a JobPosting" if sought.endswith("JobPosting") else sought
