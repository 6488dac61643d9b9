"""The curated list as a user sees it: narrowed, beside what is configured, and with the checks of his own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from pipeline.config import Config, SourceConfig
from pipeline.crawling import BoardResult
from pipeline.curated_boards import HIRES, CuratedBoard, curated_boards
from pipeline.errors import UsageError, did_you_mean
from pipeline.terms import platforms
from pipeline.vocabulary import BoardStatus
from rolecall.asking import write_json
from rolecall.settings import Settings


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What ``list`` and ``check`` leave of the curated list; several words of one kind widen it again."""

    platform: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    hires: tuple[str, ...] = ()
    text: str | None = None
    remote_first: bool = False

    @property
    def is_any(self) -> bool:
        return self != Narrowing()


def narrowed(narrowing: Narrowing, boards: Sequence[CuratedBoard] | None = None) -> tuple[CuratedBoard, ...]:
    """The boards that every given filter leaves.

    Raises:
        UsageError: a word that no board has.
    """
    known = curated_boards() if boards is None else boards
    for name in ("platform", "industry", "stage", "size", "hires"):
        choices = {word for one in known for word in _words(one, name)}
        for word in getattr(narrowing, name):
            if word.lower() not in choices:
                hint = did_you_mean(word, choices) or f"; choose from {', '.join(sorted(choices))}"
                raise UsageError(f"--{name}: '{word}' stands nowhere in the curated list{hint}")
    return tuple(one for one in known if _fits(one, narrowing))


def curated_rows(boards: Iterable[CuratedBoard], config: Config, checks: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row a board, with what is known of it and what its last check said."""
    configured = {source.source_id.casefold() for source in config.sources}
    return [
        {
            "source_id": one.source_id,
            "platform": one.platform,
            "board": one.board,
            "company": one.company.name,
            "industry": one.company.industry,
            "stage": one.company.stage,
            "size": one.company.size,
            "is_remote_first": one.is_remote_first,
            "hires": list(one.hires),
            "seen_on": one.seen_on.isoformat(),
            "seen_in": one.seen_in,
            "seen_at": f"https://{one.seen_at}",
            "is_configured": one.source_id.casefold() in configured,
            **{key: checks.get(one.source_id, {}).get(key) for key in ("checked_on", "is_ok", "postings", "reason")},
        }
        for one in boards
    ]


def as_source(board: CuratedBoard) -> SourceConfig:
    """A curated board as a source to ask."""
    return SourceConfig(board.platform, board.board, board.company, board.base_url)


def may_be_asked(boards: Iterable[CuratedBoard], config: Config) -> tuple[CuratedBoard, ...]:
    """The boards whose platforms are on, or whose terms the configuration accepts for that board."""
    accepted = {source.source_id.casefold() for source in config.sources if source.accept_terms}
    return tuple(one for one in boards if not platforms()[one.platform].off_because or one.source_id.casefold() in accepted)


def read_checks(settings: Settings) -> dict[str, dict[str, Any]]:
    """What the checks so far said, by source; nothing where none was made."""
    path = _path(settings)
    return orjson.loads(path.read_bytes()) if path.is_file() else {}


def save_checks(settings: Settings, results: Iterable[BoardResult], today: date) -> None:
    """Keep what a check said, in the user's own data folder; a source that was put off keeps what it had."""
    new = {
        f"{result.platform}:{result.board}": {
            "checked_on": today.isoformat(),
            "is_ok": result.status is BoardStatus.COMPLETE,
            "postings": result.postings,
            "reason": result.reason,
        }
        for result in results
        if result.status is not BoardStatus.SKIPPED
    }
    if new:
        write_json(_path(settings), {**read_checks(settings), **new})


def _path(settings: Settings) -> Path:
    return settings.data_dir / "sources" / "curated.json"


def _words(board: CuratedBoard, name: str) -> tuple[str, ...]:
    """The words that a filter may name on a board."""
    if name == "hires":
        return HIRES
    value = board.platform if name == "platform" else getattr(board.company, name)
    return (value,) if value else ()


def _fits(board: CuratedBoard, narrowing: Narrowing) -> bool:
    company = board.company
    values = {"platform": board.platform, "industry": company.industry, "stage": company.stage, "size": company.size}
    wanted = {name: {word.lower() for word in getattr(narrowing, name)} for name in values}
    text = (narrowing.text or "").casefold()
    return (
        all(not words or values[name] in words for name, words in wanted.items())
        and (not narrowing.hires or not {word.lower() for word in narrowing.hires}.isdisjoint(board.hires))
        and (not narrowing.remote_first or board.is_remote_first is True)
        and (text in f"{company.name} {board.board}".casefold())
    )
