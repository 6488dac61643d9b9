"""How far each target has come in the events: one cursor a saved search and target, which moves only after the telling."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from storage import schema
from storage.store import Store
from storage.upsert import replace_row


def cursors(store: Store, search_id: str) -> dict[str, int]:
    """The last event that each target was told of, by target."""
    table = schema.feed_cursors.c
    query = select(table.target, table.event_id).where(table.search_id == search_id)
    with store.engine.connect() as connection:
        return {row.target: row.event_id for row in connection.execute(query)}


def move_cursor(store: Store, search_id: str, target: str, event_id: int, at: datetime) -> None:
    """Remember that a target was told of everything up to an event.

    Args:
        store: open for writing.
        search_id: the saved search.
        target: whom, as ``NotifyConfig.target_id`` names them.
        event_id: the last event that was looked at.
        at: clock of the night, UTC.
    """
    row = {"search_id": search_id, "target": target, "event_id": event_id, "told_at": at}
    with store.engine.begin() as connection:
        replace_row(connection, schema.feed_cursors, row)


def newest_event(store: Store) -> int:
    """The last event there is; 0 where there is none."""
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.coalesce(func.max(schema.events.c.event_id), 0))).scalar_one())
