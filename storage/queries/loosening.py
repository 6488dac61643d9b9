"""What an empty list would have with one filter less, or with the nearest value of it that gives something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select

from pipeline.filters import Filters
from pipeline.rates import rate
from storage import schema
from storage.queries.counting import count_matching
from storage.queries.selecting import COMPARABLE, POSTINGS, conditions

_ALL_OF = ("stack", "signal")
"""Filters whose values must all hold, so that one value less lets more through."""
_ROUND_FROM, _STEP = 10_000, 1_000
"""Sums from the first on are told in steps of the second."""


@dataclass(frozen=True, slots=True)
class Loosening:
    """One change of the filters that gives something."""

    name: str
    """The filter: dropped, or set to ``all`` where it is the state."""
    gives: int
    value: str | None = None
    """The one of its values that is dropped; None where the whole filter is."""
    nearest: str | None = None
    """A value of it that gives something too, as it would be written."""
    nearest_gives: int = 0


def loosest(connection: Connection, filters: Filters, each_posting: bool) -> Loosening | None:
    """The single change that gives most; None where none gives anything."""
    found = dropped(filters, lambda looser: count_matching(connection, looser, each_posting))
    nearest = _nearest(connection, filters, found.name) if found else None
    if found is None or nearest is None:
        return found
    gives = count_matching(connection, _with(filters, found.name, nearest[0]), each_posting)
    return replace(found, nearest=nearest[1], nearest_gives=gives) if gives else found


def dropped(filters: Filters, count: Callable[[Filters], int]) -> Loosening | None:
    """The filter, or the one value of it, without which the list holds most; the state is only touched where nothing else helps.

    Args:
        filters: of a list that is empty.
        count: how many rows pass some filters.
    """
    found = max(_droppings(filters, count), key=lambda one: one.gives, default=None)
    if found is not None and found.gives:
        return found
    number = count(replace(filters, state="all")) if filters.state != "all" else 0
    return Loosening("state", number) if number else None


def _droppings(filters: Filters, count: Callable[[Filters], int]) -> Iterator[Loosening]:
    for name in filters.narrowing():
        if name == "state":
            continue
        values = getattr(filters, name) if name in _ALL_OF else ()
        singly = [
            Loosening(name, count(_with(filters, name, _less(values, value))), value)
            for value in (values if len(values) > 1 else ())
        ]
        if any(one.gives for one in singly):
            yield from singly
        else:
            yield Loosening(name, count(filters.without(name)))


def _with(filters: Filters, name: str, value: Any) -> Filters:
    return replace(filters, **{name: value})


def _less(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def _nearest(connection: Connection, filters: Filters, name: str) -> tuple[Any, str] | None:
    """The value nearest to the one asked for that some job meets which meets the other filters, and how it is written."""
    search = {"pay_min": _nearest_pay, "utc": _nearest_hours, "since": _nearest_day}.get(name)
    return search(connection, filters) if search else None


def _nearest_pay(connection: Connection, filters: Filters) -> tuple[float, str] | None:
    others = conditions(connection, filters.without("pay_min")).values()
    bands = schema.pay_bands
    found = rate(filters.currency, None)
    in_dollars = bands.c.upper_annual_usd / (found.usd if found else 1.0)
    figure = case((bands.c.currency == filters.currency, bands.c.upper_annual), else_=in_dollars)
    query = select(func.max(figure)).select_from(POSTINGS).join(bands, bands.c.posting_id == POSTINGS.c.posting_id)
    most = connection.execute(query.where(*others, bands.c.kind.in_(COMPARABLE))).scalar()
    if most is None:
        return None
    told = int(most // _STEP * _STEP if most >= _ROUND_FROM else most)
    return float(told), str(told)


def _nearest_hours(connection: Connection, filters: Filters) -> tuple[float, str] | None:
    others = list(conditions(connection, filters.without("utc")).values())
    columns = POSTINGS.c
    asked = filters.utc or 0.0
    west = connection.execute(select(func.max(columns.utc_max)).where(*others, columns.utc_max < asked)).scalar()
    east = connection.execute(select(func.min(columns.utc_min)).where(*others, columns.utc_min > asked)).scalar()
    near = min((hours for hours in (west, east) if hours is not None), key=lambda hours: abs(hours - asked), default=None)
    return None if near is None else (float(near), f"{near:+g}")


def _nearest_day(connection: Connection, filters: Filters) -> tuple[str, str] | None:
    others = conditions(connection, filters.without("since")).values()
    newest: datetime | None = connection.execute(select(func.max(POSTINGS.c.opened_at)).where(*others)).scalar()
    return None if newest is None else (newest.date().isoformat(), newest.date().isoformat())
