"""The curated list: boards that are known to be of use, as facts. ``data/curated_boards.tsv`` as frozen records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pipeline.board_addresses import recognise
from pipeline.errors import UsageError, did_you_mean
from pipeline.records import CompanyFacts

COLUMNS = (
    "platform", "board", "company", "industry", "stage", "size", "is_remote_first", "hires", "seen_on", "seen_in", "seen_at",
)  # fmt: skip
HIRES = ("data", "ml", "software")
SEEN_IN = ("hn", "posting", "profile")
_ANSWERS = {"yes": True, "no": False, "": None}


@dataclass(frozen=True, slots=True)
class CuratedBoard:
    """One board of the list."""

    platform: str
    board: str
    company: CompanyFacts
    is_remote_first: bool | None
    """As the company's public profile has it; None where it has none."""
    hires: tuple[str, ...]
    """Kinds of people that titles seen there looked for."""
    seen_on: date
    seen_in: str
    """``hn``, ``posting`` or ``profile``."""
    seen_at: str
    """The address that named the board, without ``https://``."""
    base_url: str | None = None

    @property
    def source_id(self) -> str:
        return f"{self.platform}:{self.board}"

    @property
    def name(self) -> str:
        """What a person would call it."""
        return self.company.name or self.board


@cache
def curated_boards() -> tuple[CuratedBoard, ...]:
    """Every board of the list, in the file's order."""
    return parse_boards(files("pipeline").joinpath("data/curated_boards.tsv").read_text(encoding="utf-8"))


def named_boards(words: Iterable[str], boards: Sequence[CuratedBoard] | None = None) -> tuple[CuratedBoard, ...]:
    """The boards that words name: ``gitlab``, ``GitLab`` or ``greenhouse:gitlab``.

    Raises:
        UsageError: a word that names none, or several.
    """
    known = curated_boards() if boards is None else boards
    return tuple(_named(word, known) for word in words)


def parse_boards(text: str) -> tuple[CuratedBoard, ...]:
    """The boards of a list.

    Raises:
        ValueError: a row that is not of the schema in the file's head; with its line.
    """
    rows = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and not line.startswith("#")]
    if not rows or tuple(rows[0][1].split("\t")) != COLUMNS:
        raise ValueError(f"the first row must name the columns {', '.join(COLUMNS)}")
    boards: dict[tuple[str, str], CuratedBoard] = {}
    for number, line in rows[1:]:
        board = _board(number, line.split("\t"))
        if boards.setdefault((board.platform, board.board.casefold()), board) is not board:
            raise ValueError(f"line {number}: {board.source_id} stands there twice")
    return tuple(boards.values())


def _board(number: int, cells: Sequence[str]) -> CuratedBoard:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"line {number}: {len(cells)} cells, not {len(COLUMNS)}")
    row = dict(zip(COLUMNS, cells, strict=True))
    found = recognise(row["seen_at"])
    if found is None or (found.platform, found.board) != (row["platform"], row["board"]):
        raise ValueError(f"line {number}: {row['seen_at']} does not name {row['platform']}:{row['board']}")
    hires = tuple(word for word in row["hires"].split(",") if word)
    if (
        not row["company"]
        or row["is_remote_first"] not in _ANSWERS
        or not set(hires) <= set(HIRES)
        or row["seen_in"] not in SEEN_IN
    ):
        raise ValueError(f"line {number}: a company is missing, or a word stands there that its column does not have")
    facts = CompanyFacts(row["company"], row["industry"] or None, row["stage"] or None, row["size"] or None)
    return CuratedBoard(
        platform=row["platform"],
        board=row["board"],
        company=facts,
        is_remote_first=_ANSWERS[row["is_remote_first"]],
        hires=hires,
        seen_on=date.fromisoformat(row["seen_on"]),
        seen_in=row["seen_in"],
        seen_at=row["seen_at"],
        base_url=found.base_url,
    )


def _named(word: str, boards: Sequence[CuratedBoard]) -> CuratedBoard:
    for attribute in ("source_id", "name", "board"):
        found = [one for one in boards if _plain(getattr(one, attribute)) == _plain(word)]
        if len(found) == 1:
            return found[0]
        if found:
            choices = " or ".join(f"'{one.source_id}'" for one in found)
            raise UsageError(f"'{word}' names {len(found)} boards of the curated list; say {choices}")
    hint = did_you_mean(word, [name for one in boards for name in (one.source_id, one.board, one.name)])
    raise UsageError(f"'{word}' is not in the curated list{hint or '; `rolecall sources list --curated` shows it'}")


def _plain(name: str) -> str:
    return re.sub(r"[^\w:]+", "", name.casefold())
