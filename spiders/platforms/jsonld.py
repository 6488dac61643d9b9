"""schema.org JobPosting pages (schema.org/JobPosting, sitemaps.org) of one employer's site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
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


@dataclass(slots=True)
class _Site:
    """What is known of a site while it is read."""

    pages: dict[str, None] = field(default_factory=dict)
    """Addresses that the sitemaps list, in their order."""
    has_sitemap: bool = False
    pages_read: int = 0
    has_tried_lists: bool = False


class JsonldSpider(BoardSpider):
    """The board is the site's host. Its sitemaps lead to the postings, and where they do not, its list pages.

    Sitemaps are ``/sitemap.xml`` and those of robots.txt. Of their pages those are read whose address looks like a posting's, all
    of them where none does. A posting's id is its ``identifier``, else its address. A page that is gone or holds no JobPosting is
    counted; a site where no page holds one is a failure, unless its sitemap is empty.
    """

    name = "jsonld"
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    holds_postings = "page"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sites: dict[str, _Site] = {}
        self._titles: dict[tuple[str, str], str] = {}

    def addresses(self, board: str) -> Iterable[Ask]:
        return (Ask(f"https://{_host(board)}/sitemap.xml", "sitemap", may_be_refused=True, is_urgent=True),)

    def split(self, answer: Answer) -> Iterator[Part]:
        site = self._site(answer.board)
        if answer.ask.purpose == "sitemap":
            found = read_sitemap(answer.body, answer.address)
            site.has_sitemap = True
            site.pages |= dict.fromkeys(page for page in found.pages if _is_on(page, answer.board))
            elsewhere = sum(not _is_on(page, answer.board) for page in found.pages)
            yield from (LeftOut("address on another host left out", is_expected=True) for _ in range(elsewhere))
            yield from (
                Ask(one, "sitemap", may_be_refused=True, is_urgent=True) for one in found.sitemaps if _is_on(one, answer.board)
            )
            return
        page = read_page(answer.body, answer.address)
        mark = None if page.postings else challenge_in(answer.body, is_page_due=True)
        if mark:
            raise BoardFailure(FailureKind.CHALLENGE, what=answer.address, detail=mark)
        yield from (LeftOut("JSON-LD block that holds no JSON left out", is_expected=True) for _ in range(page.unreadable))
        if answer.ask.purpose == "list":
            yield from self._led_to(page, answer.board)
        else:
            site.pages_read += 1
            if not page.postings:
                yield LeftOut("page without a JobPosting left out", is_expected=True)
        for number, posting in enumerate(page.postings):
            yield answer.posting(posting, self._identity(posting, answer, number if len(page.postings) > 1 else None))

    def nothing_left(self, board: Board) -> Iterable[Ask]:
        """From the sitemaps to their pages, from there to the list pages, from there to a verdict."""
        site = self._site(board.name)
        sitemaps = [Ask(one, "sitemap", may_be_refused=True) for one in self._sitemaps_of_robots(board) if one not in board.asked]
        if sitemaps:
            return sitemaps
        if board.postings or board.failures:
            return ()
        pages = [page for page in site.pages if looks_like_posting(page)] or list(site.pages)
        unread = [Ask(page, "page", may_be_gone=True) for page in pages if page not in board.asked]
        if unread:
            return unread
        if not site.has_tried_lists and (site.pages or not site.has_sitemap):
            site.has_tried_lists = True
            return [Ask(f"https://{_host(board.name)}{path}", "list", may_be_refused=True) for path in list_pages()]
        if site.has_sitemap and not site.pages:
            return ()
        if board.missing and len(board.missing) == len(board.asked):
            raise board.missing[0]
        detail = f"{site.pages_read} pages read, none of them with schema.org JobPosting"
        raise BoardFailure(FailureKind.NO_POSTING, what=f"https://{_host(board.name)}/", detail=detail)

    def _site(self, board: str) -> _Site:
        return self._sites.setdefault(board, _Site())

    def _sitemaps_of_robots(self, board: Board) -> list[str]:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        asked = board.request_address(f"https://{_host(board.name)}/")
        return [one for one in (robots.sitemaps(asked) if robots else ()) if _is_on(one, board.name)]

    def _led_to(self, page: PageFinds, board: str) -> Iterator[Ask]:
        for link in page.links:
            if _is_on(link, board) and looks_like_posting(link):
                yield Ask(link, "page", may_be_gone=True)
            elif _is_on(link, board) and is_list_page(link):
                yield Ask(link, "list", may_be_refused=True)

    def _identity(self, posting: Mapping[str, Any], answer: Answer, number: int | None) -> Identity:
        """The posting's own identifier, where it is one; else its address, or its title on a page that it shares."""
        title = posting.get("title") or posting.get("name")
        own = posting.get("url") if isinstance(posting.get("url"), str) else None
        url = answer.address if number is None or not own else own
        id_ = identifier(posting)
        # some sites give every posting the employer's own number: then the number is nobody's
        if id_ is not None and self._titles.setdefault((answer.board, id_), str(title)) != str(title):
            id_ = None
        if id_ is None:
            id_ = url if number is None or own else f"{answer.address}#{digest((str(title), str(posting.get('jobLocation'))))}"
        return Identity(id_, title, url)


def _host(board: str) -> str:
    return quote(board.removeprefix("https://").removeprefix("http://").split("/")[0], safe=":[]")


def _is_on(address: str, board: str) -> bool:
    return same_host(urlsplit(address).hostname) == same_host(_host(board).split(":")[0])
