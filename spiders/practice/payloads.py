"""A folder of recorded payloads, served at the platforms' own paths.

A file map in TOML says which file answers which board: ``[[board]]`` with ``platform``, ``board`` and ``file``; a site has
``pages`` instead, from which a sitemap is made; a Hacker News board has ``stories`` beside its ``file`` of comments, and one whose
postings have answers of their own has ``details``, files that are found by the id in them (a posting without one is 404).
``[[left_out]]`` names a ``file`` that answers no list, and the ``reason``; ``[[answer]]`` one that is read but cannot be served as
a board (``benchmarks/payloads.py``). Sites, feeds and platforms with a host for each board stand under a path prefix of their own,
the board's name, since their addresses do not tell boards apart.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import orjson

from pipeline.config import SourceConfig
from pipeline.errors import UsageError, did_you_mean
from pipeline.terms import platforms
from spiders.practice.answers import NOT_FOUND, Response, as_json
from spiders.practice.detailed import Wanted, own_answer, wanted, whole_list
from spiders.practice.http import running

_KEYS = {"platform", "board", "file", "pages", "stories", "details"}
_ROBOTS = Response(body=b"User-agent: *\nAllow: /\n", content_type="text/plain; charset=utf-8")


@dataclass(frozen=True, slots=True)
class MappedBoard:
    """One board of the map."""

    platform: str
    board: str
    file: str | None = None
    pages: tuple[str, ...] = ()
    stories: str | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordedPayloads:
    """A running server of recorded payloads."""

    base_url: str
    boards: tuple[MappedBoard, ...]
    left_out: tuple[tuple[str, str], ...]
    """Files that answer no list, each with its reason."""

    def sources(self) -> tuple[SourceConfig, ...]:
        """The boards as a configuration would name them."""
        return tuple(
            SourceConfig(one.platform, one.board, base_url=f"{self.base_url}/{one.board}" if _has_prefix(one) else self.base_url)
            for one in self.boards
        )


def _has_prefix(board: MappedBoard) -> bool:
    platform = platforms()[board.platform]
    return bool(board.pages) or platform.feed or platform.host is None


@contextmanager
def serve_payloads(folder: Path, file_map: Path | None = None, port: int = 0) -> Iterator[RecordedPayloads]:
    """Serve a folder of recorded payloads.

    Args:
        folder: where the files are.
        file_map: the map; None takes the one that ships.
        port: 0 takes a free one.

    Raises:
        UsageError: no such folder or file, or a map that is wrong; one sentence.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}; --payloads names a folder of recorded answers")
    boards, left_out = _read_map(file_map)
    recorded = _Recorded(folder, boards)
    with running(recorded.answer, port) as http:
        yield RecordedPayloads(http.base_url, boards, left_out)


def _read_map(path: Path | None) -> tuple[tuple[MappedBoard, ...], tuple[tuple[str, str], ...]]:
    name = str(path) if path else "the file map that ships"
    try:
        text = (path or files("spiders.practice") / "data" / "payloads.toml").read_text(encoding="utf-8")
        value = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"the file map {path} cannot be read ({error.strerror})") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not valid TOML: {error}") from None
    boards = tuple(_mapped(name, row) for row in _blocks(name, value, "board"))
    return boards, tuple(_left_out(name, row) for row in _blocks(name, value, "left_out"))


def _blocks(name: str, value: Mapping[str, Any], table: str) -> list[Mapping[str, Any]]:
    rows = value.get(table, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{name}: each {table} needs a block of its own, headed [[{table}]]")
    return rows


def _left_out(name: str, row: Mapping[str, Any]) -> tuple[str, str]:
    if not isinstance(row.get("file"), str) or not isinstance(row.get("reason"), str):
        raise UsageError(f"{name}: a [[left_out]] block needs a file and a reason, both texts in quotes")
    return row["file"], row["reason"]


def _mapped(name: str, row: Mapping[str, Any]) -> MappedBoard:
    unknown = set(row) - _KEYS
    if unknown:
        raise UsageError(f"{name}: key '{min(unknown)}' of [[board]] is unknown{did_you_mean(min(unknown), _KEYS)}")
    platform = str(row.get("platform", ""))
    if platform not in platforms():
        raise UsageError(f"{name}: platform '{platform}' is unknown{did_you_mean(platform, platforms())}")
    board = row.get("board") or (platform if platforms()[platform].feed else "")
    pages, details = row.get("pages", []), row.get("details", [])
    many = [*pages, *details] if isinstance(pages, list) and isinstance(details, list) else [None]
    texts = [row.get("file", ""), row.get("stories", ""), board, *many]
    if not all(isinstance(text, str) for text in texts):
        what = "board, file and stories must be texts in quotes, pages and details lists of them"
        raise UsageError(f"{name}: {what} (board '{board}')")
    if not board:
        raise UsageError(f"{name}: a {platform} block has no board")
    if not row.get("file") and not pages:
        raise UsageError(f"{name}: board '{board}' names neither file nor pages")
    return MappedBoard(platform, board, row.get("file"), tuple(pages), row.get("stories"), tuple(details))


class _Recorded:
    """Answers from files; a missing one is refused before anything is asked."""

    def __init__(self, folder: Path, boards: tuple[MappedBoard, ...]) -> None:
        self._boards = {(one.platform, one.board): one for one in boards}
        self._bodies: dict[str, bytes] = {}
        for one in boards:
            for name in filter(None, (one.file, one.stories, *one.pages, *one.details)):
                path = folder / name
                if not path.is_file():
                    raise UsageError(f"{one.platform}:{one.board} of the file map needs {path}, which is not there")
                self._bodies[name] = path.read_bytes()

    def answer(self, target: str) -> Response:
        """The recorded answer to a request target."""
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        steps = [unquote(step) for step in parts.path.strip("/").split("/")]
        asked = wanted(steps)
        if asked is not None and (asked.platform, asked.board) in self._boards:
            return self._list_or_detail(asked)
        match steps:
            case ["robots.txt"] | [_, "robots.txt"]:
                return _ROBOTS
            case ["v1", "boards", board, "jobs"]:
                return self._whole("greenhouse", board)
            case ["v0", "postings", board]:
                return self._page_of_list("lever", board, query)
            case ["posting-api", "job-board", board]:
                return self._whole("ashby", board)
            case [board, "api"]:
                return self._whole("remoteok", board)
            case [board, "api", "v1", "search_by_date"]:
                return self._hn(board, query)
            case [host, *rest]:
                return self._list(host, rest, query) or self._site(host, rest)
        return NOT_FOUND

    def _list(self, first: str, rest: list[str], query: Mapping[str, str]) -> Response | None:
        """A list whose path begins with the board's prefix, or with a step that is the platform's."""
        match [first, *rest]:
            case [board, "api", "offers"]:
                return self._whole("recruitee", board)
            case ["api", "v1", "widget", "accounts", board]:
                return self._whole("workable", board)
            case [board, "api", "remote-jobs"]:
                return self._whole("remotive", board)
            case [board, "api", "v2", "remote-jobs"]:
                return self._whole("jobicy", board)
            case [board, "jobs", "api"]:
                return self._first_page("himalayas", board, "jobs", query.get("offset", "0") == "0")
            case [board, "api", "job-board-api"]:
                return self._first_page("arbeitnow", board, "data", query.get("page", "1") == "1")
        return None

    def _whole(self, platform: str, board: str) -> Response:
        mapped = self._boards.get((platform, board))
        return Response(body=self._bodies[mapped.file]) if mapped and mapped.file else NOT_FOUND

    def _list_or_detail(self, asked: Wanted) -> Response:
        mapped = self._boards[asked.platform, asked.board]
        if asked.posting is None and mapped.file is not None and mapped.file.endswith(asked.form):
            return Response(body=whole_list(asked.platform, self._bodies[mapped.file]))
        bodies = (self._bodies[name] for name in mapped.details)
        about = (own_answer(asked, body) for body in bodies if asked.posting and asked.posting.encode() in body)
        found = next((body for body in about if body is not None), None)
        return Response(body=found) if found is not None else NOT_FOUND

    def _page_of_list(self, platform: str, board: str, query: Mapping[str, str]) -> Response:
        whole = self._whole(platform, board)
        if whole.status != 200:
            return whole
        items, skip = orjson.loads(whole.body), int(query.get("skip", 0))
        limit = int(query.get("limit", len(items)))
        return whole if not skip and limit >= len(items) else as_json(items[skip : skip + limit])

    def _first_page(self, platform: str, board: str, key: str, is_first: bool) -> Response:
        """The recording as the first page of a list, and an empty page behind it."""
        whole = self._whole(platform, board)
        return whole if is_first or whole.status != 200 else as_json({**orjson.loads(whole.body), key: []})

    def _hn(self, board: str, query: Mapping[str, str]) -> Response:
        mapped = self._boards.get(("hn", board))
        if mapped is None or mapped.stories is None or mapped.file is None:
            return NOT_FOUND
        return Response(body=self._bodies[mapped.stories if "story" in query.get("tags", "").split(",") else mapped.file])

    def _site(self, host: str, rest: list[str]) -> Response:
        mapped = self._boards.get(("jsonld", host)) or self._boards.get(("careers", host))
        if mapped is None:
            return NOT_FOUND
        if rest == ["sitemap.xml"]:
            listed = "".join(f"<url><loc>https://{escape(host)}/jobs/{number}</loc></url>" for number in range(len(mapped.pages)))
            xml = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
            return Response(body=xml.encode(), content_type="application/xml")
        if len(rest) == 2 and rest[0] == "jobs" and rest[1].isdigit() and int(rest[1]) < len(mapped.pages):
            return Response(body=self._bodies[mapped.pages[int(rest[1])]], content_type="text/html; charset=utf-8")
        return NOT_FOUND
