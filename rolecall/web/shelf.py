"""What is stored, as the site reads it: the store, read only, and the index over it, renewed when a run has ended."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from types import TracebackType
from typing import Self

from pipeline.errors import RolecallError
from pipeline.filters import Filters
from pipeline.runs import RunSummary, summary_from_json
from rolecall.cli.opening import opened
from rolecall.settings import Settings
from storage.facet_index.index import FacetIndex
from storage.queries.coverage import SourceCoverage, coverage
from storage.queries.nights import newest_clock
from storage.store import Store
from storage.summaries import newest_first

SITE = "site"
"""The target that the terms of a source may forbid."""
_LOOK_SECONDS = 5.0
"""How often it is looked whether a run has ended."""
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_PAST_READERS = 6
"""Who may wait for past nights at a time; more would take the threads that answer of the present."""
_PAST_NIGHTS = 2
"""Past nights that are kept at hand; each costs as much memory as the present."""


@dataclass(frozen=True)
class Shown:
    """What one page is made from: it does not change while the page is being made."""

    store: Store
    index: FacetIndex
    summary: RunSummary | None
    """Of the newest night; None where it left none."""
    clock: datetime
    """Of the newest night, UTC: what *now* means on a page; long ago where there was none."""
    open_jobs: int
    """Jobs that are open and may be shown."""

    @property
    def night(self) -> date:
        """The newest night."""
        return self.clock.date()

    @cached_property
    def coverage(self) -> tuple[SourceCoverage, ...]:
        """How much each source tells; counted once a night."""
        return tuple(coverage(self.store))


class BusyError(RolecallError):
    """Too many ask for past nights just now."""


class Shelf:
    """Hands out what is stored now, or as it was on a night; safe for several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._past_lock = threading.Lock()
        """Of its own: reading a past night takes seconds, and readers of the present must not wait for it."""
        self._past_readers = threading.BoundedSemaphore(_PAST_READERS)
        self._past: OrderedDict[date, tuple[ExitStack, Shown]] = OrderedDict()
        self._looked_at = 0.0
        self._renewal: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Open the database and read the index.

        Raises:
            DatabaseError: there is none yet, or one that this version cannot read.
        """
        store = self._stack.enter_context(opened(self._settings))
        self._now = self._shown(store)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._renewal is not None:
            self._renewal.join()
        for stack, _ in self._past.values():
            stack.close()
        self._stack.close()

    def shown(self, as_of: date | None = None) -> Shown:
        """What is stored now, or as it was at the end of a night.

        Raises:
            UsageError: nothing was stored by that night.
            BusyError: too many ask for past nights.
        """
        if as_of is not None:
            return self._back_then(as_of)
        self._look()
        return self._now

    def _shown(self, store: Store) -> Shown:
        newest = next(newest_first(store.data_dir / "runs", store.as_of), None)
        index = FacetIndex.load(store, SITE)
        open_jobs = index.answer(store, Filters(as_of=store.as_of), limit=0).total
        return Shown(store, index, summary_from_json(newest) if newest else None, newest_clock(store) or _LONG_AGO, open_jobs)

    def _look(self) -> None:
        """Where a run has ended since, read the index anew beside the old one, which answers on meanwhile."""
        with self._lock:
            if time.monotonic() - self._looked_at < _LOOK_SECONDS or (self._renewal and self._renewal.is_alive()):
                return
            self._looked_at = time.monotonic()
            if self._now.index.is_stale(self._now.store):
                self._renewal = threading.Thread(target=self._renew, name="index", daemon=True)
                self._renewal.start()

    def _renew(self) -> None:
        self._now = self._shown(self._now.store)
        with self._past_lock:
            for stack, _ in self._past.values():
                stack.close()
            self._past.clear()

    def _back_then(self, as_of: date) -> Shown:
        if not self._past_readers.acquire(blocking=False):
            raise BusyError("past nights are being read for others; ask again in a minute")
        try:
            return self._read_past(as_of)
        finally:
            self._past_readers.release()

    def _read_past(self, as_of: date) -> Shown:
        with self._past_lock:  # one past night is read at a time
            if as_of in self._past:
                self._past.move_to_end(as_of)
                return self._past[as_of][1]
            with ExitStack() as stack:
                shown = self._shown(stack.enter_context(opened(self._settings, as_of)))
                self._past[as_of] = (stack.pop_all(), shown)
            while len(self._past) > _PAST_NIGHTS:
                self._past.popitem(last=False)[1][0].close()
            return shown
