"""Addresses of a careers site: which are postings', which its lists', and what in them only says where a visitor came from."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from spiders.careers_words import Kind, careers_words
from spiders.pages import looks_like_posting
from spiders.sites import host_of, is_on


def is_walked(board: str) -> bool:
    """Whether a board is read from its list and not from the host's sitemaps, which hold more than the board."""
    return bool(_path(board)) or bool((kind := _kind(board)) and kind.is_shared)


def entrances(board: str) -> list[str]:
    """The lists that a board begins with: the one that it names, else those of the system that its host belongs to."""
    kind, root = _kind(board), f"https://{host_of(board)}"
    steps = [step for step in _path(board).split("/") if step]
    if steps and not (kind and kind.is_shared and len(steps) == 1):
        return [asked(f"{root}/{quote('/'.join(steps), safe='/?&=%+,;@~!$*()')}", board)]
    tenant = quote(steps[0]) if steps else ""
    return [asked(root + path.format(tenant=tenant), board) for path in (kind.lists if kind else ())]


@lru_cache(maxsize=4096)
def own_address(link: str, board: str) -> str | None:
    """A posting's address for a link, without what says where a visitor came from; None where a link leads to no posting here."""
    parts, kind = urlsplit(link), _kind(board)
    if not is_on(link, board) or not _is_tenants(parts.path, board, kind):
        return None
    query = [(key, value) for key, value in parse_qsl(parts.query) if key.lower() not in careers_words().noise_keys]
    tidy = urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))
    is_posting = kind.posting.search(parts.path) if kind else looks_like_posting(tidy)
    return tidy if is_posting else None


def asked(address: str, board: str) -> str:
    """The address that is asked for a public one: some systems show a page whole only to a frame."""
    kind = _kind(board)
    if kind is None or not kind.asked_with or kind.asked_with in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}{kind.asked_with}"


def further_page(link: str, list_address: str) -> bool:
    """Whether a link leads to a further page of a list: the same but for keys that count pages."""
    one, other = urlsplit(link), urlsplit(list_address)
    if (one.netloc, one.path.rstrip("/")) != (other.netloc, other.path.rstrip("/")):
        return False
    counted, _ = _query(one.query)
    return bool(counted) and _query(one.query) != _query(other.query)


def _query(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The pairs of a query that count pages, and the others less the noise."""
    words = careers_words()
    pairs = sorted(pair for pair in parse_qsl(text) if pair[0].lower() not in words.noise_keys)
    counted = tuple(pair for pair in pairs if pair[0].lower() in words.page_keys)
    return counted, tuple(pair for pair in pairs if pair not in counted)


def _is_tenants(path: str, board: str, kind: Kind | None) -> bool:
    if kind is None or not kind.is_shared:
        return True
    tenant = _path(board).split("/")[0]
    return path.strip("/").split("/")[0].lower() == tenant.lower()


def _path(board: str) -> str:
    return board.removeprefix("https://").removeprefix("http://").partition("/")[2].strip("/")


@lru_cache(maxsize=256)
def _kind(board: str) -> Kind | None:
    return careers_words().kind_of(host_of(board).split(":")[0])
