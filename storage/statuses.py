"""Moving statuses: a posting opens, closes, comes back, becomes unknown, or stands for its job; the old one goes to the history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, literal, select, update

from pipeline.terms import platform as platform_terms
from pipeline.vocabulary import PostingState
from storage import schema
from storage.looking import batched_ids
from storage.run import Run

_POSTINGS = schema.postings


def move(connection: Connection, run: Run, values: Mapping[str, Mapping[str, Any]]) -> None:
    """Set columns of the status, by posting id; every posting names the same columns."""
    if not values:
        return
    _archive(connection, run, list(values))
    names = tuple(next(iter(values.values())))
    statement = update(_POSTINGS).where(_POSTINGS.c.posting_id == bindparam("id_"))
    statement = statement.values({name: bindparam(f"new_{name}") for name in names} | {"status_from": run.number})
    connection.execute(statement, [{"id_": id_} | {f"new_{name}": row[name] for name in names} for id_, row in values.items()])


def choose_primaries(connection: Connection, run: Run, jobs: Iterable[str]) -> None:
    """Of each job, the posting that stands for it: an open one, from the employer's own board, the oldest."""
    columns = _POSTINGS.c
    for part in batched_ids(sorted(jobs)):
        by_job: dict[str, list[Any]] = {}
        query = select(columns.posting_id, columns.job_id, columns.state, columns.platform, columns.opened_at, columns.is_primary)
        found: Any = connection.execute(query.where(columns.job_id.in_(part)))
        for row in found:
            by_job.setdefault(row.job_id, []).append(row)
        moves: dict[str, dict[str, bool]] = {}
        for rows in by_job.values():
            best = min(rows, key=_standing)
            moves |= {row.posting_id: {"is_primary": row is best} for row in rows if row.is_primary != (row is best)}
        move(connection, run, moves)


def jobs_of(connection: Connection, ids: Iterable[str]) -> set[str]:
    """The jobs of some postings."""
    jobs: set[str] = set()
    for part in batched_ids(ids):
        jobs.update(connection.execute(select(_POSTINGS.c.job_id).where(_POSTINGS.c.posting_id.in_(part))).scalars())
    return jobs


def _standing(row: Any) -> tuple[bool, bool, datetime, str]:
    return row.state != PostingState.OPEN, platform_terms(row.platform).feed, row.opened_at, row.posting_id


def _archive(connection: Connection, run: Run, ids: Sequence[str]) -> None:
    statuses = schema.posting_statuses
    names = ("posting_id", "from_run", "until_run", *schema.STATUS)
    columns = [_POSTINGS.c.posting_id, _POSTINGS.c.status_from, literal(run.number), *(_POSTINGS.c[name] for name in schema.STATUS)]
    for part in batched_ids(ids):
        kept = select(*columns).where(_POSTINGS.c.posting_id.in_(part), _POSTINGS.c.status_from < run.number)
        connection.execute(statuses.insert().from_select(names, kept))
