"""Whether tonight still has to be run, by what the database says of the nights."""

from __future__ import annotations

from datetime import datetime

from flows.configured import Configured
from pipeline.schedule import Schedule, due, latest_due
from storage.queries.nights import is_at_work, nightly_runs
from storage.store import Store
from storage.working import is_at_work_elsewhere


def due_night(
    where: Configured, schedule: Schedule, now: datetime, since: datetime | None, *, create: bool = True
) -> datetime | None:
    """The occurrence (UTC) that has to be run now; None where it has been, or where a run is at work.

    Args:
        where: which data.
        schedule: when nights are.
        now: UTC.
        since: when the schedule came to be; None counts every occurrence.
        create: bring a database of an older version to this one's revision, as the night itself would; False only reads.

    Raises:
        DatabaseError: the database cannot be opened.
    """
    if is_at_work(where.data_dir):
        return due(schedule, now, [], since=since, is_locked=True)
    file = where.database_file
    if file is not None and not file.is_file():
        return due(schedule, now, [], since=since, is_locked=False)
    with Store.open(where.database_url, where.data_dir, create=create, dataset=where.dataset) as store:
        runs, is_locked = nightly_runs(store, latest_due(schedule, now)), is_at_work_elsewhere(store)
    return due(schedule, now, runs, since=since, is_locked=is_locked)
