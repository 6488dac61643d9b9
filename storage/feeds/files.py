"""The files of a saved search: its two feeds, and its exports with the night in their names.

Each appears whole or not at all. A feed whose entries are those of last time keeps its bytes: its ``updated`` moves with what it
holds, not with the night.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import UsageError
from pipeline.figures import plural
from pipeline.search_config import SearchConfig
from pipeline.site_config import SiteConfig
from pipeline.vocabulary import ExportFormat
from storage.exports import Exported, allowed
from storage.exports.about import About
from storage.exports.formats import FORMATS
from storage.feeds.describing import about_list, feed_address, page_of
from storage.feeds.entries import moved_last
from storage.queries.jobs import COLUMNS, rows
from storage.store import Store

KEPT_NIGHTS = 7
"""Nights of which a search's exports stay."""
_UPDATED = re.compile(rb"<updated>([^<]+)</updated>")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for a search."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...]
    """Sentences: what was left out or cut and why."""


def feed_paths(data_dir: Path, search_id: str) -> tuple[Path, Path]:
    """Where the Atom feed and the JSON Feed of a search stand."""
    return data_dir / "feeds" / f"{search_id}.atom", data_dir / "feeds" / f"{search_id}.json"


def export_path(data_dir: Path, search_id: str, form: ExportFormat, night: date) -> Path:
    """Where a search's export of a night stands."""
    return data_dir / "exports" / f"{search_id}-{night.isoformat()}.{FORMATS[form].suffix}"


def files_of(data_dir: Path, search: SearchConfig) -> list[Path]:
    """The files of a search that stand in a data folder: its feeds, then its exports, the newest night first."""
    feeds = [path for path in feed_paths(data_dir, search.id) if path.is_file()]
    suffixes = [f".{FORMATS[form].suffix}" for form in search.exports]
    folder = data_dir / "exports"
    found = [path for suffix in suffixes for path in _of_nights(folder, search.id, suffix)] if folder.is_dir() else []
    return [*feeds, *sorted(found, key=lambda path: path.stem, reverse=True)]


def write_search(store: Store, search: SearchConfig, site: SiteConfig, data_dir: Path, made_at: datetime) -> Written:
    """Write a search's feeds and exports as the store is now, and remove its exports of nights long gone.

    Where the search asks for what nobody knows yet (a technology that no posting names), the files are there and empty.

    Args:
        store: as it is now.
        search: the saved search.
        site: where the site is read.
        data_dir: folder that has ``feeds`` and ``exports``.
        made_at: clock of the night, UTC.

    Raises:
        OSError: a file cannot be written.
        UsageError: more rows than a form holds.
    """
    filters, notes, told = search.wanted, [], Exported()
    about = replace(about_list(filters, made_at, site, search), page=page_of(site, search.id))
    try:
        entries, is_known = list(moved_last(store, filters, told)), True
    except UsageError as error:
        entries, is_known = [], False
        notes.append(str(error))
    paths = list(feed_paths(data_dir, search.id))
    for path, form in zip(paths, (ExportFormat.ATOM, ExportFormat.JSONFEED), strict=True):
        _write_feed(path, form, entries, replace(about, address=feed_address(site, path.name)))
    notes += _left_out(told, "feeds")
    for form in search.exports:
        path, told = export_path(data_dir, search.id, form, about.night), Exported()
        found = allowed(rows(store, filters), told) if is_known else iter(())
        with _whole(path) as out:
            notes += FORMATS[form].write(found, tuple(COLUMNS), about, out)
        notes += _left_out(told, "exports")
        _prune(path, search.id)
        paths.append(path)
    return Written(tuple(paths), tuple(f"search {search.id}: {note}" for note in dict.fromkeys(notes)))


def _left_out(told: Exported, what: str) -> list[str]:
    return [f"{plural(number, 'job')} left out: the terms of {name} forbid {what}" for name, number in told.forbidden.items()]


def _write_feed(path: Path, form: ExportFormat, entries: Sequence[Mapping[str, Any]], about: About) -> None:
    """Write a feed, unless it would say what it says already."""
    before = path.read_bytes() if path.is_file() else b""
    said = _UPDATED.search(before)
    then = _instant(said[1]) if said else None
    if then is not None and _rendered(form, entries, replace(about, made_at=then)) == before:
        return
    after = _rendered(form, entries, about)
    if after != before:
        with _whole(path) as out:
            out.write(after)


def _instant(text: bytes) -> datetime | None:
    try:
        return datetime.fromisoformat(text.decode())
    except ValueError:  # someone else wrote there
        return None


def _rendered(form: ExportFormat, entries: Sequence[Mapping[str, Any]], about: About) -> bytes:
    out = io.BytesIO()
    FORMATS[form].write(entries, tuple(COLUMNS), about, out)
    return out.getvalue()


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A stream aside that is renamed when all is written; another process may be writing the same file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as out:
            yield out
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _prune(newest: Path, search_id: str) -> None:
    """Remove what a search's exports of this form left on nights before the last ``KEPT_NIGHTS``."""
    for path in _of_nights(newest.parent, search_id, newest.suffix)[:-KEPT_NIGHTS]:
        path.unlink()


def _of_nights(folder: Path, search_id: str, suffix: str) -> list[Path]:
    """A search's exports of one form, the oldest night first; another search's id may begin with this one's."""
    of_search = re.compile(rf"{re.escape(search_id)}-\d{{4}}-\d\d-\d\d{re.escape(suffix)}")
    return sorted(path for path in folder.iterdir() if of_search.fullmatch(path.name))
