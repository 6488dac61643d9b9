"""The index: loaded from a store, asked for pages, thrown away when a newer run has ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlalchemy import Connection, func, select

from pipeline.filters import Filters
from storage import schema
from storage.facet_index.answer import Answer, PayBin, Week
from storage.facet_index.asking import Asking, Memory
from storage.facet_index.bits import Bits, Selection, size
from storage.facet_index.columns import CLASSES, Columns, read_columns, week_key
from storage.facet_index.facets import facets
from storage.facet_index.listing import Listing
from storage.facet_index.reading import snapshot
from storage.facet_index.steps import steps
from storage.facet_index.values import ValueSets
from storage.queries.jobs import LeftOut
from storage.queries.loosening import dropped
from storage.run import ENDED
from storage.store import Store

_ROWS_AT_ONCE = 16_384


@dataclass(frozen=True, slots=True)
class FacetIndex:
    """Every job of a store, as of one run; for several threads at once."""

    columns: Columns
    as_of: date | None
    """The night that it shows; None is now."""
    run_number: int
    """The newest run that had ended; 0 for none."""
    memory: Memory

    @classmethod
    def load(cls, store: Store, target: str = "site") -> FacetIndex:
        """Read the jobs of a store, as it is or as of the night that it was opened for.

        Args:
            store: where they are.
            target: where the answers go; jobs whose platform's terms forbid it are counted but never shown.
        """
        with snapshot(store) as connection:
            return cls(read_columns(connection, target), store.as_of, _ended_run(connection), Memory())

    def is_stale(self, store: Store) -> bool:
        """Whether a run has ended since it was loaded."""
        with store.engine.connect() as connection:
            return _ended_run(connection) != self.run_number

    def answer(self, store: Store, filters: Filters, offset: int = 0, limit: int = 50) -> Answer:
        """A page of the jobs that match, and what the whole list holds.

        Args:
            store: the one it was loaded from; it is asked for words of texts alone.
            filters: what to narrow the list to; their ``limit`` changes nothing.
            offset: jobs before the page.
            limit: jobs on the page.

        Raises:
            UsageError: a technology, a currency or another word that is not known.
        """
        if filters.as_of != self.as_of:
            raise ValueError(f"the filters ask about {filters.as_of or 'now'}, the index shows {self.as_of or 'now'}")
        asking = Asking(self.columns, store, self.memory)
        listing = Listing(asking, filters)
        listed, kept_out = listing.listed, listing.kept_out()
        return Answer(
            total=listed.size,
            posting_ids=_page(self.columns, listed, filters.sort, offset, limit),
            facets=facets(listing),
            left_out=_left_out(listing),
            kept_out={name: number for name, number in _counted(self.columns.own_platform, kept_out).items() if number},
            by_class=_by_class(self.columns, listed),
            pay=_pay(self.columns, listed),
            pay_unstated=listed.size - listed.count_in(self.columns.pay_bins.stated),
            weeks=_weeks(self.columns, listed),
        )


def _ended_run(connection: Connection) -> int:
    runs = schema.runs.c
    return int(connection.execute(select(func.max(runs.run_number)).where(runs.state.in_(ENDED))).scalar() or 0)


def _page(columns: Columns, listed: Selection, sort: str, offset: int, limit: int) -> tuple[str, ...]:
    """The order is walked a part at a time: most pages are near its beginning."""
    order, flags, wanted = columns.orders[sort], listed.flags, offset + limit
    rows = np.empty(0, np.int32)
    for start in range(0, len(order), _ROWS_AT_ONCE):
        if len(rows) >= wanted:
            break
        part = order[start : start + _ROWS_AT_ONCE]
        rows = np.concatenate((rows, part[np.take(flags, part)]))
    return tuple(f"{id_:016x}" for id_ in columns.ids[rows[offset:wanted]].tolist())


def _counted(sets: ValueSets, selection: Selection) -> dict[str, int]:
    return dict(zip(sets.values, sets.counts(selection).tolist(), strict=True))


def _by_class(columns: Columns, listed: Selection) -> dict[str, int]:
    numbers = _counted(columns.classes, listed)
    return {name: numbers.get(name, 0) for name in CLASSES}


def _pay(columns: Columns, listed: Selection) -> tuple[PayBin, ...]:
    numbers, edges = _counted(columns.pay_bins, listed), steps().pay_bins_usd
    ends = (*edges[1:], None)
    return tuple(PayBin(edge, end, numbers.get(str(place), 0)) for place, (edge, end) in enumerate(zip(edges, ends, strict=True)))


def _weeks(columns: Columns, listed: Selection) -> tuple[Week, ...]:
    numbers = _counted(columns.weeks, listed)
    return tuple(
        Week(f"{monday:%G-W%V}", monday, {kind: numbers.get(week_key(monday, kind), 0) for kind in CLASSES})
        for monday in columns.mondays
    )


def _left_out(listing: Listing) -> LeftOut:
    """As ``storage.queries.jobs.left_out``, of what may be shown."""
    columns, filters = listing.columns, listing.filters
    narrowing = filters.narrowing()
    known: Mapping[str, Bits] = {"pay_min": columns.has_pay, "country": columns.countries.stated, "utc": columns.knows_hours}
    silent = {name: size(listing.others(name).bits & ~bits) if name in narrowing else 0 for name, bits in known.items()}
    state = columns.allowed if filters.state == "all" else columns.allowed & columns.sets["state"].bits(filters.state)
    told = LeftOut(silent["pay_min"], silent["country"], silent["utc"], total=size(state))
    if listing.listed.size:
        return told
    found = dropped(filters, lambda looser: Listing(listing.asking, looser).listed.size)
    return told if found is None else replace(told, loosening=found, loosest=found.name, loosest_count=found.gives)
