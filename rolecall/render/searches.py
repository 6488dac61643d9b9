"""Saved searches as people read them on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rolecall.render.figures import count, plural
from rolecall.render.tables import Column, table, wrap

if TYPE_CHECKING:
    from storage.feeds.status import SearchStatus, TargetStatus

_COLUMNS = (
    Column("search", weight=3, least=12),
    Column("match", is_number=True),
    Column("new", is_number=True),
    Column("untold", is_number=True),
    Column("title", weight=3, least=12),
    Column("filters", weight=4, least=12),
)
_LABEL = 10


def searches_table(found: Sequence[SearchStatus], width: int) -> str:
    """One line a search; ``-`` where nobody asks to be told."""
    rows = [
        [one.id, count(one.matches), count(one.new_last_night), count(one.waiting) if one.targets else "-", one.title, one.filters]
        for one in found
    ]
    return table(_COLUMNS, rows, width)


def whole_search(one: SearchStatus, files: Sequence[str], width: int) -> str:
    """One search in full."""
    lines = [
        ("filters", one.filters or "none: every open job"),
        ("match", f"{plural(one.matches, 'job')}, {count(one.new_last_night)} of them new in the last night"),
        *([("problem", one.problem)] if one.problem else []),
        *(("file", path) for path in files),
        *(("tells", _told(target)) for target in one.targets),
    ]
    if not one.targets:
        lines.append(("tells", "nobody: no [[notify]] block asks for matches, or the search says notify = false"))
    return "\n".join([*wrap(f"{one.title} ({one.id})", width), *(_labelled(name, text, width) for name, text in lines)]) + "\n"


def _told(target: TargetStatus) -> str:
    if target.told_at is None:
        return f"{target.name}: begins with the next night"
    return f"{target.name}: told up to event {target.event_id} ({target.told_at.date()}), {plural(target.waiting, 'job')} waiting"


def _labelled(label: str, text: str, width: int) -> str:
    first, *more = wrap(text, max(width - _LABEL, 20)) or [""]
    return "\n".join([f"{label:<{_LABEL}}{first}", *(" " * _LABEL + line for line in more)])
