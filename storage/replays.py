"""Replays as runs: begun, gone on with after an interruption, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from storage import run as runs
from storage import schema
from storage.run import Run
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a replay has come."""

    since: str | None
    versions: Mapping[str, str]
    """Of what labels: a replay of other versions begins anew."""
    files_done: tuple[str, ...] = ()
    seen: int = 0
    """Postings looked at."""
    rewritten: int = 0
    relabelled: int = 0

    def plus(self, seen: int, rewritten: int, relabelled: int) -> Cursor:
        return replace(self, seen=self.seen + seen, rewritten=self.rewritten + rewritten, relabelled=self.relabelled + relabelled)

    def to_json(self) -> dict[str, Any]:
        return {
            "since": self.since, "versions": dict(self.versions), "files_done": list(self.files_done), "seen": self.seen,
            "rewritten": self.rewritten, "relabelled": self.relabelled,
        }  # fmt: skip


def begin(store: Store, now: datetime, since: date | None, versions: Mapping[str, str]) -> tuple[Run, Cursor, bool]:
    """Open a replay; the last one is gone on with where it was interrupted and asked for the same.

    Returns:
        The run, how far it has come, and whether it goes on with an interrupted one.
    """
    fresh = Cursor(since.isoformat() if since else None, dict(versions))
    with store.engine.begin() as connection:
        left = _interrupted(connection)
    run_id = store.begin_run(now.date(), now, runs.RECLASSIFY)
    is_same = left is not None and (left["since"], left["versions"]) == (fresh.since, fresh.versions)
    cursor = Cursor(**{**left, "files_done": tuple(left["files_done"])}) if is_same and left else fresh
    with store.engine.begin() as connection:
        save(connection, run_id, cursor)
        return runs.load(connection, run_id), cursor, is_same


def save(connection: Connection, run_id: str, cursor: Cursor) -> None:
    """Remember how far a replay has come, in the transaction that writes what it moved."""
    connection.execute(update(schema.runs).where(schema.runs.c.run_id == run_id).values(cursor=cursor.to_json()))


def end(connection: Connection, run_id: str) -> None:
    """Nothing is left to go on with."""
    connection.execute(update(schema.runs).where(schema.runs.c.run_id == run_id).values(cursor=None))


def _interrupted(connection: Connection) -> dict[str, Any] | None:
    """The cursor of the newest replay, where it did not come to its end."""
    table = schema.runs
    query = select(table.c.cursor).where(table.c.kind == runs.RECLASSIFY).order_by(table.c.run_number.desc()).limit(1)
    found = connection.execute(query).scalar()
    return dict(found) if found else None
