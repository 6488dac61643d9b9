"""How a saved search stands: how many jobs match, how many are new, and how far each target has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from pipeline.errors import UsageError
from pipeline.filter_words import as_options
from pipeline.filters import Filters
from pipeline.notify_config import NotifyConfig
from pipeline.search_config import SearchConfig
from pipeline.vocabulary import NoticeKind
from storage import schema
from storage.feeds.matches import new_matches
from storage.queries.jobs import count
from storage.run import CRAWL, NIGHTLY
from storage.store import Store


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """One target that asks for new matches."""

    name: str
    event_id: int | None
    """Last event that it was told of; None where it has not begun."""
    told_at: datetime | None
    """Clock of the night that told it last, UTC."""
    waiting: int
    """New matches that it was not told of yet."""


@dataclass(frozen=True, slots=True)
class SearchStatus:
    """One saved search."""

    id: str
    title: str
    filters: str
    """As options of a command."""
    matches: int
    new_last_night: int
    """Of them, jobs that did not match before the newest night."""
    targets: tuple[TargetStatus, ...]
    problem: str | None = None
    """Why nothing can match: a word that no posting has."""

    @property
    def waiting(self) -> int:
        """New matches that the target which is furthest behind was not told of."""
        return max((target.waiting for target in self.targets), default=0)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "waiting": self.waiting}


def status_of(store: Store, search: SearchConfig, blocks: Sequence[NotifyConfig]) -> SearchStatus:
    """How a search stands now.

    Args:
        store: as it is now.
        search: the saved search.
        blocks: the configuration's targets; those that do not ask for matches are left out.
    """
    filters = search.wanted
    words = as_options(filters)
    try:
        matches = count(store, filters)
        new = len(new_matches(store, filters, _before_last_night(store)).job_ids)
        problem = None
    except UsageError as error:
        matches, new, problem = 0, 0, str(error)
    asking = [block for block in blocks if search.notify and NoticeKind.MATCHES in block.on]
    targets = tuple(_target(store, search.id, None if problem else filters, block) for block in asking)
    return SearchStatus(search.id, search.title, words, matches, new, targets, problem)


def _target(store: Store, search_id: str, filters: Filters | None, block: NotifyConfig) -> TargetStatus:
    table = schema.feed_cursors.c
    query = select(table.event_id, table.told_at).where(table.search_id == search_id, table.target == block.target_id)
    with store.engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return TargetStatus(block.name, None, None, 0)
    waiting = len(new_matches(store, filters, row.event_id).job_ids) if filters else 0
    return TargetStatus(block.name, row.event_id, row.told_at, waiting)


def _before_last_night(store: Store) -> int:
    """The last event before the newest night's run; 0 where there is none."""
    runs, events = schema.runs.c, schema.events.c
    newest = select(func.max(runs.run_number)).where(runs.kind.in_((NIGHTLY, CRAWL))).scalar_subquery()
    query = select(func.coalesce(func.max(events.event_id), 0)).where(events.run_number < newest)
    with store.engine.connect() as connection:
        return int(connection.execute(query).scalar_one())
