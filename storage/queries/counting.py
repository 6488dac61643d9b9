"""How many jobs or postings match."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, func, select

from pipeline.filters import Filters
from storage.queries.selecting import POSTINGS, conditions


def count_matching(connection: Connection, filters: Filters, each_posting: bool) -> int:
    """How many pass the filters."""
    return count_where(connection, conditions(connection, filters).values(), each_posting)


def count_where(connection: Connection, wanted: Iterable[ColumnElement[bool]], each_posting: bool) -> int:
    """How many meet every condition."""
    query = select(func.count()).select_from(POSTINGS).where(*wanted, *([] if each_posting else [POSTINGS.c.is_primary]))
    return int(connection.execute(query).scalar_one())
