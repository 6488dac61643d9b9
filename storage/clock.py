"""The database's clock: the one that workers on several machines share, whatever their own clocks say."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection


def database_now(connection: Connection) -> datetime:
    """The present instant, UTC. It moves on within a transaction. SQLite has no clock but that of its one machine."""
    if connection.dialect.name == "postgresql":
        found: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        return found.astimezone(UTC)
    return datetime.now(UTC)
