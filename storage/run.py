"""A run as the writers need it: its name, its place in the order of runs, its night and clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from storage.schema import runs

NIGHTLY = "nightly"
CRAWL = "crawl"
"""Of some sources only: no night is done by it."""
RECLASSIFY = "reclassify"
PURGE = "purge"
LABEL = "label"
"""A person set a label, or took one back."""
ENDED = ("ended", "exported")
"""States of a run that has its summary; the files of an ended one may be still to be written."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run."""

    run_id: str
    """The night, and a number from the night's second run on: ``2026-01-05``, ``2026-01-05-2``."""
    number: int
    """Order of runs, from 1: what was written by run N stands from N on."""
    night: date
    at: datetime
    """Clock of the night, UTC."""


def begin(connection: Connection, night: date, now: datetime, kind: str) -> Run:
    """Open a run."""
    earlier = connection.execute(select(func.count()).select_from(runs).where(runs.c.night == night)).scalar_one()
    last = connection.execute(select(func.max(runs.c.run_number))).scalar()
    run = Run(night.isoformat() if not earlier else f"{night.isoformat()}-{earlier + 1}", (last or 0) + 1, night, now)
    values = {"run_id": run.run_id, "run_number": run.number, "night": night, "started_at": now, "kind": kind, "state": "running"}
    connection.execute(insert(runs).values(**values))
    return run


def load(connection: Connection, run_id: str) -> Run:
    """A run that was begun."""
    row = connection.execute(select(runs).where(runs.c.run_id == run_id)).one()
    return Run(row.run_id, row.run_number, row.night, row.started_at)


def unfinished(connection: Connection) -> list[Run]:
    """Runs whose files do not stand in the data set yet, oldest first: a killed one, and the one at work."""
    found = connection.execute(select(runs).where(runs.c.state != "exported").order_by(runs.c.run_number))
    return [Run(row.run_id, row.run_number, row.night, row.started_at) for row in found]


def mark(connection: Connection, run_id: str, state: str, summary: Mapping[str, Any] | None = None) -> None:
    """Say how far a run is: ``ended`` with its summary, then ``exported``."""
    values: dict[str, Any] = {"state": state}
    if summary is not None:
        values["summary"] = dict(summary)
    connection.execute(update(runs).where(runs.c.run_id == run_id).values(**values))
