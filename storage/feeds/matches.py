"""New matches of a saved search: jobs that match now because something happened after an event.

What happened is not guessed from the kinds of events. A job is new where it matches now and did not match before one of the runs
since: it was opened, came back, was changed, labelled again, or another of its postings stands for it now. So a search whose
filters are rewritten tells nothing old, and neither does a job whose title was mended.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, select

from pipeline.errors import UsageError
from pipeline.filters import Filters
from pipeline.terms import forbids
from storage import schema
from storage.feeds.cursors import newest_event
from storage.feeds.entries import last_event
from storage.looking import batched_ids
from storage.queries.jobs import rows
from storage.queries.selecting import POSTINGS, conditions
from storage.store import Store

SHOWN = 10
_NAMED = 500
"""Most jobs that a query names."""


@dataclass(frozen=True, slots=True)
class NewMatches:
    """What a target has not been told of."""

    job_ids: frozenset[str]
    after_event: int
    until_event: int
    """Where the cursor goes when this was told."""


@dataclass(frozen=True, slots=True)
class Shown:
    """New matches as they are told."""

    count: int
    jobs: tuple[Mapping[str, Any], ...]
    """The last moved first, at most ``SHOWN``; rows of ``storage.queries.jobs.rows``."""
    left_out: int
    """Jobs whose source's terms keep them from feeds."""


def new_matches(store: Store, filters: Filters, after_event: int) -> NewMatches:
    """The jobs that match now and did not before one of the runs since an event.

    Args:
        store: as it is now.
        filters: of the search; their limit says nothing here.
        after_event: the last event that was told.

    Raises:
        UsageError: a technology or currency that is not known.
    """
    until = newest_event(store)
    events = schema.events.c
    with store.engine.connect() as connection:
        numbers = select(events.run_number).where(events.event_id > after_event).distinct().order_by(events.run_number.desc())
        runs = list(connection.execute(numbers).scalars())
        sighting = POSTINGS.alias("sighting")
        moved = select(sighting.c.job_id).join(schema.events, events.posting_id == sighting.c.posting_id)
        wanted = [*conditions(connection, filters).values(), POSTINGS.c.is_primary]
        query = select(POSTINGS.c.job_id).where(*wanted, POSTINGS.c.job_id.in_(moved.where(events.event_id > after_event)))
        left = set(connection.execute(query).scalars()) if runs else set()
    new: set[str] = set()
    for number in runs:
        if not left:
            break
        with store.after_run(number - 1) as engine:
            matched = _matched(engine, filters, left)
        new |= left - matched
        left &= matched
    return NewMatches(frozenset(new), after_event, until)


def _matched(engine: Engine, filters: Filters, among: Collection[str]) -> set[str]:
    """Which of some jobs matched then; none, where nobody knew a word of the filters yet."""
    with engine.connect() as connection:
        try:
            wanted = [*conditions(connection, filters).values(), POSTINGS.c.is_primary]
        except UsageError:
            return set()
        if len(among) <= _NAMED:  # a question to the past walks all postings in any case: one, not one a few hundred jobs
            wanted.append(POSTINGS.c.job_id.in_(among))
        return set(connection.execute(select(POSTINGS.c.job_id).where(*wanted)).scalars()) & set(among)


def shown(store: Store, filters: Filters, new: NewMatches) -> Shown:
    """New matches as they are told: counted, the last moved first, without those whose terms keep them from feeds."""
    allowed = {job_id for job_id, platform in _platforms(store, new.job_ids) if not forbids(platform, "feeds")}
    jobs: list[Mapping[str, Any]] = []
    if allowed:
        # all of them moved since the cursor, so they stand at the beginning
        for row in rows(store, replace(filters, limit=None), order=(last_event().desc(), POSTINGS.c.posting_id)):
            jobs += [row] if row["job_id"] in allowed else []
            if len(jobs) == min(SHOWN, len(allowed)):
                break
    return Shown(len(allowed), tuple(jobs), len(new.job_ids) - len(allowed))


def _platforms(store: Store, job_ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each job with the platform of the posting that stands for it."""
    with store.engine.connect() as connection:
        for part in batched_ids(sorted(job_ids)):
            query = select(POSTINGS.c.job_id, POSTINGS.c.platform).where(POSTINGS.c.job_id.in_(part), POSTINGS.c.is_primary)
            yield from ((row.job_id, row.platform) for row in connection.execute(query))
