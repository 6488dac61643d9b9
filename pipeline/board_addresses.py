"""Which platform and board an address names, or a page's text gives away: ``data/board_addresses.toml`` as pure functions."""

from __future__ import annotations

import html
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_KEYS = {"platform", "hosts", "paths", "query", "board", "is_lower", "not_boards", "rename", "marked_by", "base_url"}
_NAME = re.compile(r"\{(\w+)\*?\}")
_LANGUAGE = re.compile(r"[a-z]{2}[-_][a-z]{2}", re.IGNORECASE)
_BOARD = re.compile(r"[\w][\w .&'+,;/-]{0,199}")
_ADDRESS = re.compile(r"""(?:https?:)?//[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}(?::\d+)?(?:[/?#][^\s"'<>()\\{}|^`]*)?""")
_LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an address or a page says of where postings come from."""

    platform: str
    board: str | None
    """The board as a source spells it; None where the platform is known and the board is not."""
    base_url: str | None = None
    """Of the source, where the platform has more than one API host."""
    posting_id: str | None = None
    """The platform's id of the posting that the address names, where the address alone says it."""
    is_feed: bool = False
    """The platform is one feed, or the address is a feed's own."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One [[address]] of the data file."""

    platform: str
    hosts: tuple[re.Pattern[str], ...]
    paths: tuple[tuple[str, ...], ...]
    query: tuple[str, ...]
    marked_by: tuple[str, ...]
    board: str
    is_feed: bool
    is_lower: bool
    not_boards: frozenset[str]
    rename: Mapping[str, str]
    base_url: str | None


@dataclass(frozen=True, slots=True)
class _Rows:
    addresses: tuple[_Row, ...]
    pages: tuple[tuple[str, re.Pattern[str]], ...]
    feed_platform: str
    feed_ends: tuple[str, ...] = field(default=())


def with_scheme(address: str) -> str:
    """An address as a person pastes it, with ``https://`` where it has no scheme."""
    address = address.strip().strip("<>\"'")
    return address if "://" in address else f"https://{address.lstrip('/')}"


def recognise(address: str) -> Recognised | None:
    """The platform that an address belongs to, and the board where it names one; None for an address of none.

    Args:
        address: of a board, a posting, an embedded list or an API, with or without its scheme.
    """
    try:
        parts = urlsplit(with_scheme(address))
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host:
        return None
    known: Recognised | None = None
    for row in _rows().addresses:
        found = _read(row, parts, host)
        if found is not None and found.board is not None:
            return found
        known = known or found
    return known or _feed(parts)


def recognise_page(text: str, address: str) -> tuple[Recognised, ...]:
    """The boards that a page shows or links to: what it embeds first, then the most often named first.

    Args:
        text: the page's HTML.
        address: the page's own address.
    """
    text = html.unescape(text).replace("\\/", "/").replace("\\u002F", "/")
    embedded, own = _embedded(text, address)
    linked = Counter(found for one in addresses_in(text) if (found := recognise(one)) and _is_an_employers(found))
    platforms_at_home = {found.platform for found in (*embedded, *linked)}
    boards = [
        *embedded,
        *(found for found, _ in linked.most_common()),
        *(one for one in own if one.platform not in platforms_at_home),
    ]
    return tuple(_without_twins(boards))


def addresses_in(text: str) -> Iterator[str]:
    """Every address in a text, those in scripts too; without a scheme they begin with ``https:``."""
    for found in _ADDRESS.finditer(text):
        address = found.group()[:_LONGEST_ADDRESS].rstrip(".,;:!")
        yield address if address.startswith("http") else f"https:{address}"


@cache
def known_platforms() -> frozenset[str]:
    """Every platform that an address can lead to by itself."""
    return frozenset({row.platform for row in _rows().addresses} | {_rows().feed_platform})


def parse_rows(text: str) -> _Rows:
    """The rows of the data file.

    Raises:
        ValueError: a row that is not of the schema in the file's head.
    """
    value = tomllib.loads(text)
    pages = tuple((row["platform"], re.compile(row["pattern"], re.IGNORECASE)) for row in value["page"])
    for _, pattern in pages:
        if not set(pattern.groupindex) <= {"board"}:
            raise ValueError(f"the pattern {pattern.pattern} has other groups than 'board'")
    feed = value["feed"]
    return _Rows(tuple(_row(row) for row in value["address"]), pages, feed["platform"], tuple(feed["ends"]))


@cache
def _rows() -> _Rows:
    return parse_rows(files("pipeline").joinpath("data/board_addresses.toml").read_text(encoding="utf-8"))


def _row(row: Mapping[str, Any]) -> _Row:
    unknown = set(row) - _KEYS
    if unknown or not row.get("hosts") or not row.get("platform"):
        raise ValueError(f"a row of {row.get('platform')} needs platform and hosts, and has {sorted(unknown)} that nothing reads")
    paths = tuple(tuple(step for step in path.split("/") if step) for path in row.get("paths", ("",)))
    names = {name for text in (*row["hosts"], *row.get("paths", ())) for name in _NAME.findall(text)}
    is_feed = not names and not row.get("query")
    board = row.get("board", "{board}")
    missing = set(_NAME.findall(board)) - names - {"host", "board" if row.get("query") else "host"}
    if missing and not is_feed and not row.get("marked_by"):
        raise ValueError(f"nothing of {row['platform']}'s address gives {sorted(missing)}")
    return _Row(
        platform=row["platform"],
        hosts=tuple(_host_pattern(host) for host in row["hosts"]),
        paths=paths,
        query=tuple(row.get("query", ())),
        marked_by=tuple(row.get("marked_by", ())),
        board=board,
        is_feed=is_feed,
        is_lower=row.get("is_lower", False),
        not_boards=frozenset(row.get("not_boards", ())),
        rename=row.get("rename", {}),
        base_url=row.get("base_url"),
    )


def _host_pattern(host: str) -> re.Pattern[str]:
    labels = re.sub(r"\\\{(\w+)(\\\*)?\\\}", lambda found: f"(?P<{found[1]}>{'.+' if found[2] else '[^.]+'})", re.escape(host))
    return re.compile(labels)


def _read(row: _Row, parts: SplitResult, host: str) -> Recognised | None:
    """What a row makes of an address; None where its host is another's, or the mark of its postings is missing."""
    at = next((found for pattern in row.hosts if (found := pattern.fullmatch(host))), None)
    if at is None:
        return None
    query = dict(reversed(parse_qsl(parts.query)))  # of a key that is there twice, the first value
    marked = next((query[key] for key in row.marked_by if query.get(key)), None)
    if row.marked_by and marked is None:
        return None
    if row.is_feed:
        return Recognised(row.platform, row.platform, is_feed=True)
    steps = [unquote(step).strip() for step in parts.path.split("/") if step]
    posting_id = marked if marked and marked.replace("-", "").isalnum() else None
    for path in row.paths:
        along = _along(path, steps)
        board = _board(row, {**at.groupdict(), **along, "host": host}, query) if along is not None else None
        if board is not None:
            return Recognised(row.platform, board, row.base_url, posting_id)
    return Recognised(row.platform, None, row.base_url, posting_id)


def _along(path: Sequence[str], steps: Sequence[str]) -> dict[str, str] | None:
    """The names of a path's pattern as the steps of an address fill them; None where the address goes another way."""
    found: dict[str, str] = {}
    at = 0
    for wanted in path:
        if wanted == "{lang}":
            at += bool(at < len(steps) and _LANGUAGE.fullmatch(steps[at]))
            continue
        if at >= len(steps):
            return None
        name = _NAME.fullmatch(wanted)
        if name is None and steps[at].lower() != wanted:
            return None
        if name is not None:
            found[name[1]] = steps[at]
        at += 1
    return found


def _board(row: _Row, names: Mapping[str, str], query: Mapping[str, str]) -> str | None:
    """The board that the names of a row's patterns spell; None where they hold what is no board's name."""
    if row.query:
        value = next((query[key].strip() for key in row.query if query.get(key, "").strip()), None)
        if value is None:
            return None
        names = {**names, "board": value}
    if any(name.lower() in row.not_boards for key, name in names.items() if key != "host"):
        return None
    filled = {key: row.rename.get(value, value) for key, value in names.items()}
    board = _NAME.sub(lambda name: filled.get(name[1], ""), row.board)
    if not _BOARD.fullmatch(board):
        return None
    return board.lower() if row.is_lower else board


def _feed(parts: SplitResult) -> Recognised | None:
    where = parts.path + (f"?{parts.query}" if parts.query else "")
    if not where.lower().endswith(_rows().feed_ends):
        return None
    return Recognised(_rows().feed_platform, f"{parts.netloc}{where}", is_feed=True)


def _embedded(text: str, address: str) -> tuple[list[Recognised], list[Recognised]]:
    """The boards that a page's scripts name, and the page's own host where it is a careers site of the platform."""
    embedded, own = [], []
    for platform, pattern in _rows().pages:
        if "board" not in pattern.groupindex:
            if pattern.search(text):
                own.append(Recognised(platform, urlsplit(with_scheme(address)).hostname))
            continue
        for board, _ in Counter(found["board"] for found in pattern.finditer(text)).most_common():
            embedded.append(Recognised(platform, board))
    return embedded, own


def _is_an_employers(found: Recognised) -> bool:
    """Whether a link leads to a board that one employer keeps, and says which."""
    return found.board is not None and not found.is_feed and found.posting_id is None


def _without_twins(boards: Iterable[Recognised]) -> Iterator[Recognised]:
    """The boards without those that differ from an earlier one in capital letters only."""
    seen: set[tuple[str, str]] = set()
    for board in boards:
        key = (board.platform, (board.board or "").casefold())
        if key not in seen:
            seen.add(key)
            yield board
