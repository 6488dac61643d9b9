"""What ``rolecall sql`` offers: the database's tables, the view ``jobs`` and the data set, as Arrow streams for DuckDB.

An offer is read again for each scan of it, and holds one batch at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any

import orjson
import pyarrow as pa
from sqlalchemy import Table, select

from pipeline.filters import Filters
from storage import schema
from storage.arrow import arrow_type
from storage.dataset import reading
from storage.dataset.manifest import POSTINGS, RAW
from storage.exports.parquet import schema_of
from storage.queries.jobs import COLUMNS, rows
from storage.store import Store

TABLES: Sequence[Table] = (
    schema.postings, schema.posting_texts, schema.labels, schema.technologies, schema.signals, schema.remote_scopes,
    schema.eligible_countries,
    schema.excluded_places, schema.required_languages, schema.pay_bands, schema.evidence, schema.events,
    schema.boards, schema.runs, schema.board_results,
)  # fmt: skip
_BATCH_ROWS = 1_000

Batches = Callable[[Sequence[str]], Iterator[pa.RecordBatch]]
"""Gives the rows anew, with the named columns in that order."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A table that DuckDB can scan, any number of times: it speaks the Arrow PyCapsule protocol."""

    name: str
    fields: pa.Schema
    batches: Batches
    failures: list[Exception] = field(default_factory=list)
    """What broke while rows were read: DuckDB passes on only its text, traceback and all."""

    def narrowed(self, columns: Sequence[str]) -> Offer:
        """The same rows with fewer columns; at least one, since rows without any cannot be counted."""
        names = list(columns) or self.fields.names[:1]
        return replace(self, fields=pa.schema([self.fields.field(name) for name in names]))

    def __arrow_c_schema__(self) -> object:
        return self.fields.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return pa.RecordBatchReader.from_batches(self.fields, self._remembered()).__arrow_c_stream__(requested_schema)

    def _remembered(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self.batches(self.fields.names)
        except Exception as error:
            self.failures.append(error)
            raise


def offers(store: Store) -> Iterator[Offer]:
    """Everything that a query may name; nothing is read yet."""
    yield Offer("jobs", schema_of(tuple(COLUMNS)), partial(_job_batches, store))
    for table in TABLES:
        fields = pa.schema([pa.field(column.name, arrow_type(column.type)) for column in table.columns])
        yield Offer(table.name, fields, partial(_table_batches, store, table, fields))
    for name, kind in (("history", POSTINGS), ("raw", RAW)):
        yield Offer(name, reading.offered_schema(kind), partial(_file_batches, store, kind))


def _file_batches(store: Store, kind: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    return reading.stream(store.place, kind, columns, until=store.run_ids() if store.as_of else None)


def _job_batches(store: Store, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    chosen = ({name: row[name] for name in columns} for row in rows(store, Filters(state="all", as_of=store.as_of)))
    return _batched(chosen, schema_of(tuple(columns)))


def _table_batches(store: Store, table: Table, fields: pa.Schema, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    query = select(*(table.c[name] for name in columns))
    narrow = pa.schema([fields.field(name) for name in columns])
    with store.engine.connect() as connection:
        found = connection.execution_options(yield_per=_BATCH_ROWS).execute(query).mappings()
        yield from _batched(({name: _plain(value) for name, value in row.items()} for row in found), narrow)


def _batched(found: Iterator[dict[str, Any]], fields: pa.Schema) -> Iterator[pa.RecordBatch]:
    while part := list(islice(found, _BATCH_ROWS)):
        yield pa.RecordBatch.from_pylist(part, schema=fields)


def _plain(value: Any) -> Any:
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value
