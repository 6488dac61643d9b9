"""The jobs of a feed: those that moved last, whatever the list is sorted by, so that a job which begins to match comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from pipeline.filters import Filters
from storage import schema
from storage.exports import Exported, allowed
from storage.exports.formats import FEED_MOST
from storage.queries.jobs import rows
from storage.queries.selecting import POSTINGS
from storage.store import Store


def moved_last(store: Store, filters: Filters, told: Exported, target: str = "feeds") -> Iterator[dict[str, Any]]:
    """Jobs that match, the last moved first: ``filters.limit`` of them, or ``FEED_MOST``.

    Args:
        store: where they are.
        filters: what to narrow the list to; their order changes nothing.
        told: counts what is given, and what the terms keep from the target on the way there.
        target: where it goes.

    Raises:
        UsageError: a technology or currency that is not known.
    """
    most = FEED_MOST if filters.limit is None else filters.limit
    found = rows(store, replace(filters, limit=None), order=(last_event().desc(), POSTINGS.c.posting_id))
    return islice(allowed(found, told, target), most)


def last_event() -> ScalarSelect[int]:
    """The newest event of any posting of a job, to sort by: another posting may have begun to stand for it."""
    events, sighting = schema.events.c, POSTINGS.alias("moved")
    newest = select(func.coalesce(func.max(events.event_id), 0)).join(sighting, sighting.c.posting_id == events.posting_id)
    return newest.where(sighting.c.job_id == POSTINGS.c.job_id).correlate(POSTINGS).scalar_subquery()
