"""Leases: what one worker at a time may hold, for as long as it renews it. A dead worker's lease ends by itself.

Times are those of the database's clock. Taking is one statement, so that of two workers one gets it on every database.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import leases

LEASE_SECONDS = 60.0
"""How long a worker may be silent until its work goes to another."""
RENEWALS_A_LEASE = 4
"""A lease is renewed so many times as often as it would end, so that one slow renewal loses nothing."""


def this_process() -> str:
    """What a holder is called: ``process 12 on host``."""
    return f"process {os.getpid()} on {socket.gethostname()}"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lease."""

    owner: str
    """In words: ``process 12 on host``."""
    since: datetime
    expires_at: datetime
    place: str | None = None


def take(
    connection: Connection, name: str, token: str, owner: str, now: datetime, seconds: float, place: str | None = None
) -> bool:
    """Take a lease that is free, has ended, or whose holder is known to be gone.

    Args:
        connection: the transaction.
        name: what is held.
        token: of this taking.
        owner: who takes it, in words.
        now: the database's clock.
        seconds: how long it lasts unless it is renewed.
        place: machine and folder whose lock the caller holds; a former owner of that place is gone.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {"name": name, "token": token, "owner": owner, "place": place, "since": now, "expires_at": _end(now, seconds)}
    statement = dialect.insert(leases).values(**row)
    is_free = leases.c.expires_at <= now
    if place is not None:
        is_free = or_(is_free, leases.c.place == place)
    others = {key: value for key, value in row.items() if key != "name"}
    statement = statement.on_conflict_do_update(index_elements=["name"], set_=others, where=is_free)
    # without the option PostgreSQL's driver forgets how many rows an insert wrote
    return connection.execute(statement.execution_options(preserve_rowcount=True)).rowcount == 1


def renew(connection: Connection, name: str, token: str, now: datetime, seconds: float) -> bool:
    """Make a lease last longer; False where another has taken it."""
    held = (leases.c.name == name, leases.c.token == token)
    return connection.execute(update(leases).where(*held).values(expires_at=_end(now, seconds))).rowcount == 1


def release(connection: Connection, name: str, token: str) -> None:
    """Give a lease back; nothing happens where another has taken it."""
    connection.execute(delete(leases).where(leases.c.name == name, leases.c.token == token))


def forget_ended(connection: Connection, now: datetime) -> None:
    """Remove the leases that dead workers left to end by themselves."""
    connection.execute(delete(leases).where(leases.c.expires_at <= now))


def holder(connection: Connection, name: str) -> Holder | None:
    """Who holds a lease, or held it until it ended; None where it was given back."""
    row = connection.execute(select(leases).where(leases.c.name == name)).one_or_none()
    return Holder(row.owner, row.since, row.expires_at, row.place) if row else None


def _end(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=seconds)
