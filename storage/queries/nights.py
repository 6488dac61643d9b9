"""Which nights were begun, and whether one is at work: what a schedule asks before it begins another."""

from __future__ import annotations

import fcntl
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from pipeline.schedule import NightRun
from storage.run import CRAWL, NIGHTLY
from storage.schema import runs
from storage.store import Store


def nightly_runs(store: Store, since: datetime) -> list[NightRun]:
    """The nightly runs that began at or after an instant (UTC), oldest first.

    A run that was killed never got a summary, whatever was made of its files afterwards.
    """
    columns = runs.c
    query = (
        select(columns.started_at, columns.summary.is_not(None).label("has_ended"))
        .where(columns.kind == NIGHTLY, columns.started_at >= since)
        .order_by(columns.run_number)
    )
    with store.engine.connect() as connection:
        return [NightRun(row.started_at, bool(row.has_ended)) for row in connection.execute(query)]


def newest_clock(store: Store) -> datetime | None:
    """Clock of the newest night that the store shows, UTC; None where there was none."""
    columns = runs.c
    query = select(columns.started_at).where(columns.kind.in_((NIGHTLY, CRAWL))).order_by(columns.run_number.desc()).limit(1)
    with store.engine.connect() as connection:
        return connection.execute(query).scalar()


def is_at_work(data_dir: Path) -> bool:
    """Whether a run holds the folder's lock now."""
    path = data_dir / "run.lock"
    if not path.is_file() or not path.stat().st_size:  # nobody's: not touched, so that no beginning night meets our look at it
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
