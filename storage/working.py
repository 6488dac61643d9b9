"""The store of the one run that may write: the folder's lock on this machine, and a lease in the database for all machines."""

from __future__ import annotations

import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from pipeline.errors import RunLocked
from storage import leases
from storage.clock import database_now
from storage.keeper import kept
from storage.lock import age_in_words, run_lock
from storage.store import Store

RUN = "run"


@dataclass(frozen=True)
class Working:
    """A store that nobody else writes runs into."""

    store: Store
    place: str
    """This machine and folder."""
    took_over: str | None
    """A sentence where the lock was left by a run that died."""
    lost: threading.Event = field(default_factory=threading.Event)
    """Set when another run has taken over, since this one was silent for too long."""

    def require(self) -> None:
        """Make sure that the run is still this one's.

        Raises:
            RunLocked: another has taken over.
        """
        if self.lost.is_set():
            raise RunLocked(
                "another run has taken over, since this one could not reach the database for too long; what it has stored stays, "
                "and `rolecall runs list` shows the other"
            )


@contextmanager
def open_working(
    database_url: str,
    data_dir: Path,
    dataset: str | None,
    now: datetime,
    *,
    lease_seconds: float = leases.LEASE_SECONDS,
    on_lost: Callable[[], None] = lambda: None,
) -> Iterator[Working]:
    """Open a store for a run that writes; no other run does until the block ends.

    Args:
        database_url: SQLAlchemy address.
        data_dir: folder of the runs, with the lock.
        dataset: a folder or ``s3://bucket/prefix``; None takes ``data_dir``.
        now: the system's clock, UTC.
        lease_seconds: how long this run may be silent until another may take over.
        on_lost: called when that has happened.

    Raises:
        RunLocked: another run is at work, here or on another machine.
        DatabaseError: the database cannot be opened.
        DatasetError: the data set cannot be reached.
    """
    place = _place(data_dir)
    with run_lock(data_dir, now) as left, Store.open(database_url, data_dir, create=True, dataset=dataset) as store:
        token = uuid.uuid4().hex
        gone = _take(store.engine, token, place, lease_seconds)
        working = Working(store, place, left or gone)

        def lose() -> None:
            working.lost.set()
            on_lost()

        try:
            with kept(store.engine, lambda at, clock: leases.renew(at, RUN, token, clock, lease_seconds), lease_seconds, lose):
                yield working
        finally:
            with store.engine.begin() as connection:
                leases.release(connection, RUN, token)


def is_at_work_elsewhere(store: Store) -> bool:
    """Whether a run of another machine or folder writes into this database now; the lock of this folder tells of its own."""
    with store.engine.connect() as connection:
        found = leases.holder(connection, RUN)
        return found is not None and found.expires_at > database_now(connection) and found.place != _place(store.data_dir)


def _place(data_dir: Path) -> str:
    return f"{socket.gethostname()}:{data_dir.absolute()}"


def _take(engine: Engine, token: str, place: str, seconds: float) -> str | None:
    """Take the run's lease; gives a sentence where its last owner left it behind."""
    owner = leases.this_process()
    with engine.begin() as connection:
        now = database_now(connection)
        before = leases.holder(connection, RUN)
        if leases.take(connection, RUN, token, owner, now, seconds, place):
            if before is None:
                return None
            age = age_in_words(now - before.since)
            return f"took over the lock of {before.owner}, which held it for {age} and ended without a word"
        holder = leases.holder(connection, RUN) or before
    assert holder is not None
    left = max(0.0, (holder.expires_at - now).total_seconds())
    age = age_in_words(now - holder.since)
    raise RunLocked(
        f"another run works on this database ({holder.owner}, for {age}); wait for it. "
        f"If that machine is gone, its lock ends by itself in {left:.0f} s"
    )
