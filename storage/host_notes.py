"""What shards on several machines learned of hosts, shared through the database.

A shard reads and writes small files (``spiders.memory``). Before one begins, the notes of the others are laid into its folder;
after it, its own go back. Of two notes on one host the one that stands longer wins.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from storage import schema
from storage.store import Store
from storage.upsert import replace_row

_ORDER = ("until", "fetched_at")
"""What says how long a note stands: the end of a rest, the age of a robots.txt. ISO 8601 in UTC, so that texts compare as times."""


def fetch(store: Store, folder: Path) -> None:
    """Lay the shared notes into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with store.engine.connect() as connection:
        for name, note in connection.execute(select(schema.host_notes.c.name, schema.host_notes.c.note)):
            path = folder / f"{name}.json"
            if _stands_longer(note, _read(path)):
                aside = path.with_name(f"{path.name}.shared")
                aside.write_bytes(orjson.dumps(note))
                aside.replace(path)


def share(store: Store, folder: Path) -> None:
    """Give a folder's notes to the others."""
    found = {path.stem: note for path in sorted(folder.glob("*.json")) if (note := _read(path)) is not None}
    table = schema.host_notes
    with store.engine.begin() as connection:
        known = {row.name: row.note for row in connection.execute(select(table.c.name, table.c.note))}
        for name, note in found.items():
            if _stands_longer(note, known.get(name)):
                replace_row(connection, table, {"name": name, "note": note})


def _stands_longer(note: Any, other: Any) -> bool:
    if other is None:
        return True
    key = next((name for name in _ORDER if name in note), None)
    return key is not None and str(note[key]) > str(other.get(key, ""))


def _read(path: Path) -> Any:
    try:
        value = orjson.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None
