"""Looking rows up by posting id, as many at once as a query may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, Select, Table, Text, bindparam, cast, func, select

from storage.schema import postings

_IDS = 500


def batched_ids(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Ids in parts that one query can name."""
    pending = iter(ids)
    while part := tuple(islice(pending, _IDS)):
        yield part


def named_ids(dialect: str) -> Select[Any]:
    """A query for the ids of the parameter ``ids``, a JSON array: one statement for any number of them, read by the driver once."""
    ids = bindparam("ids", type_=Text)
    if dialect == "postgresql":
        return select(func.json_array_elements_text(cast(ids, JSON)).table_valued("value").c.value)
    return select(func.json_each(ids).table_valued("value").c.value)


def rows_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Rows of ``postings`` by posting id; none for an id that is not stored."""
    rows: dict[str, dict[str, Any]] = {}
    for part in batched_ids(ids):
        found = connection.execute(select(postings).where(postings.c.posting_id.in_(part)))
        rows |= {row["posting_id"]: dict(row) for row in found.mappings()}
    return rows


def by_posting(connection: Connection, table: Table, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Rows of a table with one row a posting, without the id itself, by posting id."""
    rows: dict[str, dict[str, Any]] = {}
    for part in batched_ids(ids):
        found = connection.execute(select(table).where(table.c.posting_id.in_(part))).mappings()
        rows |= {row["posting_id"]: {name: value for name, value in row.items() if name != "posting_id"} for row in found}
    return rows


def hashes_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Content hash on record, by posting id."""
    hashes: dict[str, str] = {}
    for part in batched_ids(ids):
        query = select(postings.c.posting_id, postings.c.content_hash).where(postings.c.posting_id.in_(part))
        hashes |= {row.posting_id: row.content_hash for row in connection.execute(query)}
    return hashes
