"""How the boards of a run ended, as lines of its source table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Row

from pipeline.config import SourceConfig
from pipeline.runs import SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind
from storage import schema
from storage.store import Store

_TABLE = schema.board_results


def stored_boards(store: Store, run_id: str) -> set[tuple[str, str]]:
    """Platform and board of every board that a run has stored so far."""
    query = select(_TABLE.c.platform, _TABLE.c.board).where(_TABLE.c.run_id == run_id)
    with store.engine.connect() as connection:
        return {(row.platform, row.board) for row in connection.execute(query)}


def count_stored(store: Store, run_id: str) -> int:
    """How many boards a run has stored so far."""
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(_TABLE).where(_TABLE.c.run_id == run_id)).scalar_one())


def source_rows(store: Store, run_id: str) -> Iterator[SourceRow]:
    """A run's stored boards; the order is that of the database."""
    with store.engine.connect() as connection:
        for row in connection.execute(select(_TABLE).where(_TABLE.c.run_id == run_id)):
            yield _source_row(row)


def _source_row(row: Row[Any]) -> SourceRow:
    notes = [note for note in (row.reason, row.suspect, *(row.notes or ())) if note]
    return SourceRow(
        source_id=SourceConfig(row.platform, row.board).source_id,
        platform=row.platform,
        board=row.board,
        status=BoardStatus(row.status),
        fetched=row.fetched,
        new=row.new,
        changed=row.changed,
        closed=row.closed,
        reopened=row.reopened,
        unreadable=row.unreadable,
        not_modified=row.not_modified,
        failure=FailureKind(row.failure) if row.failure else None,
        note="; ".join(notes),
        requests=row.requests,
        seconds=row.seconds,
        fill=row.fill or {},
        suspect=row.suspect,
    )
