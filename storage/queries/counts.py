"""How much there is: the figures at the end of a night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from pipeline.vocabulary import Arrangement, PostingState, RemoteClass
from storage.queries.selecting import POSTINGS
from storage.store import Store


@dataclass(frozen=True, slots=True)
class OpenCounts:
    """Open jobs and postings."""

    by_class: Mapping[str, int]
    """Jobs by remote class, every class named."""
    not_stated: int
    """Jobs that are on-site because nothing was said."""
    jobs: int
    postings: int
    with_pay: int
    """Jobs with at least one pay band."""


def open_counts(store: Store) -> OpenCounts:
    """Count what is open now."""
    columns = POSTINGS.c
    is_open = columns.state == PostingState.OPEN.value
    query = select(columns.remote_class, columns.arrangement, columns.has_pay, func.count()).where(is_open, columns.is_primary)
    by_class = {value.value: 0 for value in RemoteClass}
    not_stated = with_pay = 0
    with store.engine.connect() as connection:
        for remote_class, arrangement, has_pay, number in connection.execute(query.group_by(*query.selected_columns[:3])):
            by_class[remote_class] += number
            not_stated += number if remote_class == RemoteClass.ON_SITE and arrangement == Arrangement.UNSTATED else 0
            with_pay += number if has_pay else 0
        postings = connection.execute(select(func.count()).select_from(POSTINGS).where(is_open)).scalar_one()
    return OpenCounts(by_class, not_stated, sum(by_class.values()), postings, with_pay)


def stored_postings(store: Store) -> int:
    """How many postings are stored, in every state."""
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(POSTINGS)).scalar_one())
