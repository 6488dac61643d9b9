"""Facets: how many jobs of a list have each value of a field, the filters of the list applied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, func, select

from pipeline.filters import Filters
from storage import schema
from storage.queries.selecting import POSTINGS, conditions, looking
from storage.store import Store

_OWN: Mapping[str, Column[Any]] = {
    name: POSTINGS.c[name]
    for name in ("remote_class", "arrangement", "role_family", "level", "platform", "stage", "size", "industry")
}
_BESIDE: Mapping[str, Column[Any]] = {
    "stack": schema.technologies.c.name,
    "signal": schema.signals.c.signal,
    "country": schema.eligible_countries.c.country,
}
_LEADS_ANOTHER_INDEX = "platform"
"""An expression instead of the column, or SQLite walks the whole table in the order of that index."""
FACETS = (*_OWN, *_BESIDE)


def facet(store: Store, filters: Filters, name: str, limit: int = 30) -> list[tuple[str, int]]:
    """Values of a field with how many jobs have each, the most frequent first; jobs without a value are not counted.

    Args:
        store: where they are.
        filters: of the list; sort and limit change nothing.
        name: one of ``FACETS``.
        limit: most values.
    """
    with looking(store, filters) as connection:
        wanted = [*conditions(connection, filters).values(), POSTINGS.c.is_primary]
        number = func.count().label("number")
        value: ColumnElement[Any]
        if name in _OWN:
            value = func.coalesce(_OWN[name], None) if name == _LEADS_ANOTHER_INDEX else _OWN[name]
            query = select(value, number).where(*wanted, value.is_not(None))
        else:
            value = _BESIDE[name]
            beside = _BESIDE[name].table
            query = select(value, number).join(beside, beside.c.posting_id == POSTINGS.c.posting_id).where(*wanted)
        found = connection.execute(query.group_by(value).order_by(number.desc(), value).limit(limit))
        return [(row[0], row[1]) for row in found]
