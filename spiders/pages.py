"""Pages made for browsers: the JSON-LD in them and the links on them, read with BeautifulSoup; and the addresses in a sitemap."""

from __future__ import annotations

import html
import json
import re
import tomllib
import warnings
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

from pipeline.text import without_data_images
from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure, megabytes

_DEEPEST = 30
GREATEST_PAGE_BYTES = 8 * 1_048_576
"""A page that people read is smaller by far; the parser takes seconds for more."""
_GREATEST_SITEMAP_BYTES = 64 * 1_048_576
_LOC = re.compile(r"<(?:\w+:)?loc\b[^>]*>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</(?:\w+:)?loc>", re.IGNORECASE | re.DOTALL)
_IMAGE = re.compile(r"<(image|video):.*?</\1:\w+>", re.IGNORECASE | re.DOTALL)
_WRAPPING = re.compile(r"^\s*(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)\s*(?:\*/)?|(?://|/\*)?\s*(?:\]\]>|-->)\s*(?:\*/)?\s*$|;\s*$")
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


@dataclass(frozen=True, slots=True)
class PageFinds:
    """What a page holds."""

    postings: tuple[Mapping[str, Any], ...]
    """JobPosting objects, in the page's order, references to other objects of the page filled in."""
    links: tuple[str, ...]
    """Absolute addresses of its links, without fragments."""
    unreadable: int
    """JSON-LD blocks that hold no JSON, however it is turned."""
    soup: BeautifulSoup = field(compare=False, repr=False)
    """The page itself, for readers of its structure."""


@dataclass(frozen=True, slots=True)
class SitemapFinds:
    """What a sitemap lists."""

    sitemaps: tuple[str, ...]
    pages: tuple[str, ...]


def read_page(body: bytes, address: str) -> PageFinds:
    """JobPostings and links of a page.

    Args:
        body: the page's bytes; its own declaration of the character set is believed.
        address: what relative links are relative to.

    Raises:
        BoardFailure: the page is too large to be one for people.
    """
    if len(body) > GREATEST_PAGE_BYTES:
        limit = megabytes(GREATEST_PAGE_BYTES)
        raise BoardFailure(FailureKind.TOO_LARGE, what=address, size=megabytes(len(body)), limit=limit)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(body, "lxml")
    blocks: list[Any] = []
    unreadable = 0
    for script in soup.find_all("script", type=re.compile("ld\\+json", re.IGNORECASE)):
        try:
            blocks.append(read_json_ld(script.string or script.get_text()))
        except ValueError:
            unreadable += 1
    base = soup.find("base", href=True)
    root = urljoin(address, str(base["href"])) if base else address
    links = (_joined(root, str(link["href"])) for link in soup.find_all("a", href=True))
    return PageFinds(tuple(_postings(blocks)), tuple(dict.fromkeys(link for link in links if link)), unreadable, soup)


def read_json_ld(text: str) -> Any:
    """The value of a JSON-LD block, with what employers' pages do to it undone.

    Raw line breaks and other control characters in texts, comment and CDATA wrappings, entities in place of quotes, backslashes
    before any character, and commas before a closing bracket are met in the wild.

    Raises:
        ValueError: it holds no JSON.
    """
    for wrapped in range(3):
        text = _WRAPPING.sub("", text).strip() if wrapped else text.strip("\ufeff \t\r\n")
    mended = _TRAILING_COMMA.sub(r"\1", _ESCAPE.sub(lambda match: match[0] if match[1] else "", text))
    candidates = [text, html.unescape(text) if "&quot;" in text else "", mended]
    for candidate in filter(None, candidates):
        try:
            return json.loads(candidate, strict=False)
        except RecursionError:
            raise ValueError("the block nests too deeply") from None
        except ValueError:
            continue
    raise ValueError("the block holds no JSON")


def read_sitemap(body: bytes, what: str) -> SitemapFinds:
    """Addresses in a sitemap: XML, an index of sitemaps, or plain lines; packed or not.

    Raises:
        BoardFailure: a page in place of a sitemap, or a packed one that is broken or too large.
    """
    if body[:2] == b"\x1f\x8b":
        body = _unpacked(body, what)
    text = body.decode("utf-8", "replace")
    beginning = text[:2000].lower()
    if "<urlset" not in beginning and "<sitemapindex" not in beginning and "<" in beginning.lstrip("\ufeff \r\n\t")[:1]:
        raise BoardFailure(FailureKind.NOT_FOUND, what=what, status="200 with a page in place of a sitemap")
    if "<" not in beginning:
        lines = tuple(line.strip() for line in text.splitlines() if line.strip().startswith(("http://", "https://")))
        return SitemapFinds((), lines)
    found = tuple(dict.fromkeys(html.unescape(loc) for loc in _LOC.findall(_IMAGE.sub("", text)) if loc.startswith("http")))
    return SitemapFinds(found, ()) if "<sitemapindex" in beginning else SitemapFinds((), found)


def looks_like_posting(address: str) -> bool:
    """Whether an address has the form of a posting's: ``/jobs/data-engineer``, ``/careers?gh_jid=1``."""
    words, not_postings, query_keys = _path_words()
    parts = urlsplit(address)
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    if segments and segments[-1] in not_postings:
        return False
    if any(key.lower() in query_keys and value for key, value in parse_qsl(parts.query)):
        return True
    for at, segment in enumerate(segments):
        behind = segments[at + 1 :]
        if segment in words and behind and behind[-1] not in words and not not_postings.intersection(behind):
            return True
    return False


def is_list_page(address: str) -> bool:
    """Whether an address is a page of a list: it ends in a word for jobs, or counts pages."""
    words, _, _ = _path_words()
    parts = urlsplit(address)
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    return bool(segments) and (segments[-1] in words or (segments[-1].isdigit() and "page" in segments[-2:]))


@cache
def list_pages() -> tuple[str, ...]:
    """Paths of the list pages that are tried where no sitemap helps."""
    return tuple(_rows()["list_pages"])


@cache
def _path_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rows = _rows()
    return frozenset(rows["words"]), frozenset(rows["not_postings"]), frozenset(rows["query_keys"])


@cache
def _rows() -> Mapping[str, Any]:
    return tomllib.loads(files("spiders").joinpath("data/posting_paths.toml").read_text(encoding="utf-8"))


def _joined(root: str, link: str) -> str | None:
    try:
        address = urldefrag(urljoin(root, link.strip())).url
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _postings(blocks: list[Any]) -> Iterator[Mapping[str, Any]]:
    """JobPosting objects anywhere in the blocks: in lists, in ``@graph``, in the items of a list."""
    by_id: dict[str, Mapping[str, Any]] = {}
    found: list[Mapping[str, Any]] = []
    waiting: list[tuple[Any, int]] = [(block, 0) for block in reversed(blocks)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in reversed(value)]
        elif isinstance(value, Mapping):
            if isinstance(value.get("@id"), str) and len(value) > 1:
                by_id.setdefault(value["@id"], value)
            if _is_posting(value):
                found.append(value)
            else:
                waiting += [(inner, depth + 1) for inner in reversed(list(value.values()))]
    for posting in found:
        for organisation in (inner for inner in posting.values() if isinstance(inner, Mapping)):
            if isinstance(organisation.get("@id"), str) and len(organisation) > 1:
                by_id.setdefault(organisation["@id"], organisation)
        yield {key: _without_images(_filled_in(value, by_id)) for key, value in posting.items()}


def _is_posting(value: Mapping[str, Any]) -> bool:
    kinds = value.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.rstrip("/").split("/")[-1].split(":")[-1] == "JobPosting" for name in names)


def _filled_in(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> Any:
    """What a bare ``{"@id": …}`` refers to on the same page."""
    if isinstance(value, Mapping) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _without_images(value: Any) -> Any:
    """A text, or each of several, without the images that are written into it: they say nothing and weigh megabytes."""
    if isinstance(value, list):
        return [without_data_images(one) if isinstance(one, str) else one for one in value]
    return without_data_images(value) if isinstance(value, str) else value


def _unpacked(body: bytes, what: str) -> bytes:
    inflater = zlib.decompressobj(31)
    try:
        unpacked = inflater.decompress(body, _GREATEST_SITEMAP_BYTES + 1)
    except zlib.error as error:
        raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail=str(error)) from None
    if len(unpacked) > _GREATEST_SITEMAP_BYTES:
        limit = megabytes(_GREATEST_SITEMAP_BYTES)
        raise BoardFailure(FailureKind.TOO_LARGE, what=what, size=f"more than {limit}", limit=limit)
    if not inflater.eof:
        raise BoardFailure(FailureKind.BROKEN_BODY, what=what, detail="its compressed stream is cut short")
    return unpacked
