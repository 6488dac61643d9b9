"""Rows of a list page: a job's title, its address and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from spiders.careers_words import careers_words
from spiders.page_facts import facts_in, lines_of, longest_line
from spiders.page_parts import folded, visible_words, words_of

_MOST_STEPS = 6
_LONGEST_ROW = 3_000
_MOST_ROWS = 5_000
_MOST_LEAD = 6

Row = dict[str, Any]
"""``url`` and what of ``title``, ``fields``, ``lead`` and ``text`` the row has."""


def read_rows(soup: BeautifulSoup, address: str, own_address: Callable[[str], str | None]) -> list[Row]:
    """The rows of a list, each posting's address once.

    Args:
        soup: the page.
        address: what links are relative to.
        own_address: a posting's address for a link's, None for a link that leads to none.
    """
    links: dict[str, list[Tag]] = {}
    for link, target in _links(soup, address):
        own = own_address(target)
        if own:
            links.setdefault(own, []).append(link)
    return [_row(url, ones, set(links) - {url}, address, own_address) for url, ones in list(links.items())[:_MOST_ROWS]]


def titled_links(soup: BeautifulSoup, address: str) -> list[str]:
    """Addresses of the links whose texts are a job's title, for lists whose addresses do not tell."""
    parts = careers_words().title_parts
    return list(
        dict.fromkeys(
            target
            for link, target in _links(soup, address)
            if parts.search(folded(visible_words(link))) and link.find_parent(["nav", "footer", "header"]) is None
        )
    )


def _links(soup: BeautifulSoup, address: str) -> Iterator[tuple[Tag, str]]:
    base = soup.find("base", href=True)
    root = urljoin(address, str(base["href"])) if base else address
    for link in soup.find_all("a", href=True):
        try:
            target = urljoin(root, str(link["href"]).strip())
        except ValueError:
            continue
        if target.startswith(("http://", "https://")):
            yield link, target


def _row(url: str, links: list[Tag], others: set[str], address: str, own_address: Callable[[str], str | None]) -> Row:
    around = _around(links[0], others, address, own_address)
    title = _title(links, around)
    fields = facts_in(around)
    known = {words for one in fields for words in one.values()}
    lead = [line for line in lines_of(around, title) if line not in known]
    row: Row = {"url": url, "title": title, "fields": fields, "lead": lead[:_MOST_LEAD], "text": longest_line(around)}
    return {key: value for key, value in row.items() if value}


def _around(link: Tag, others: set[str], address: str, own_address: Callable[[str], str | None]) -> Tag:
    """The greatest element around a link that holds no other posting's and is no more than a row."""
    row = link
    for _ in range(_MOST_STEPS):
        parent = row.parent
        if (
            parent is None
            or parent.name in ("body", "main", "html", "[document]")
            or len(words_of(parent, _LONGEST_ROW + 1)) > _LONGEST_ROW
        ):
            break
        if any(own_address(target) in others for _, target in _inner_links(parent, address)):
            break
        row = parent
    return row


def _inner_links(node: Tag, address: str) -> Iterator[tuple[Tag, str]]:
    for link in node.find_all("a", href=True):
        try:
            yield link, urljoin(address, str(link["href"]).strip())
        except ValueError:
            continue


def _title(links: list[Tag], around: Tag) -> str:
    """The text of the link, of a heading in it where there is one; the row's heading where the link says only "Apply"."""
    generic = careers_words().generic_links | careers_words().generic_titles
    for link in links:
        heading = link.find(["h1", "h2", "h3", "h4", "h5"])
        words = visible_words(heading if heading is not None else link)[:200]
        if words and folded(words) not in generic:
            return words
    heading = around.find(["h1", "h2", "h3", "h4", "h5"])
    return visible_words(heading)[:200] if heading is not None else ""
