"""Any question in SQL, read-only: DuckDB over the database's tables and the data set's files.

The tables are handed over as Arrow, then the door to the file system is shut: a query can neither write, nor read another file, nor
load an extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Engine, Table, select

from pipeline.errors import UsageError
from storage import schema
from storage.arrow import arrow_type
from storage.dataset import committed_files
from storage.exports.parquet import schema_of
from storage.queries.jobs import COLUMNS, rows
from storage.store import Store

TABLES: Sequence[Table] = (
    schema.postings, schema.technologies, schema.signals, schema.remote_scopes, schema.eligible_countries,
    schema.excluded_places, schema.required_languages, schema.pay_bands, schema.evidence, schema.events,
    schema.boards, schema.runs, schema.board_results,
)  # fmt: skip
_BATCH = 10_000


def query(store: Store, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Answer one read-only statement.

    Views: ``jobs`` (as ``jobs list --state all`` shows them), the tables of the data dictionary, and ``history`` (every version of
    every posting, from the Parquet files).

    Raises:
        UsageError: the statement is not a query, or DuckDB refuses it; one sentence.
    """
    connection = duckdb.connect(":memory:")
    names = _referenced(sql)
    try:
        if len(connection.extract_statements(sql)) != 1:
            raise UsageError("`rolecall sql` answers one statement at a time; give the others in calls of their own")
        _offer(connection, store, names)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        statement = connection.extract_statements(sql)[0]
        if statement.type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
            raise UsageError("`rolecall sql` only reads; begin the statement with SELECT, WITH, FROM or EXPLAIN")
        answer = connection.execute(statement)
    except duckdb.Error as error:
        raise UsageError(_sentence(error)) from None
    columns = [column[0] for column in answer.description or ()]
    return columns, _fetch(answer)


def _fetch(answer: Any) -> Iterator[tuple[Any, ...]]:
    while part := answer.fetchmany(_BATCH):
        yield from part


def _referenced(sql: str) -> set[str]:
    """Words of the statement: only tables that it may mean are handed over."""
    words = set(re.findall(r"\w+", sql.lower()))
    return words | (
        {"jobs", "history", *(table.name for table in TABLES)} if "information_schema" in words or "show" in words else set()
    )


def _offer(connection: duckdb.DuckDBPyConnection, store: Store, names: set[str]) -> None:
    from pipeline.filters import Filters

    if "jobs" in names:
        found = list(rows(store, Filters(state="all", as_of=store.as_of)))
        connection.register("jobs", pa.Table.from_pylist(found, schema=schema_of(tuple(COLUMNS))))
    for table in TABLES:
        if table.name in names:
            connection.register(table.name, _arrow_table(store.engine, table))
    files = [str(path) for path in committed_files(store.data_dir, "postings")] if "history" in names else []
    if files:
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in files)
        connection.execute(f"CREATE TABLE history AS SELECT * FROM read_parquet([{listed}], union_by_name = true)")  # noqa: S608


def _arrow_table(engine: Engine, table: Table) -> pa.Table:
    fields = pa.schema([pa.field(column.name, arrow_type(column.type)) for column in table.columns])
    with engine.connect() as connection:
        found = [
            {name: value if not isinstance(value, dict | list) else _json(value) for name, value in row.items()}
            for row in connection.execute(select(table)).mappings()
        ]
    return pa.Table.from_pylist(found, schema=fields)


def _json(value: Any) -> str:
    import orjson

    return orjson.dumps(value).decode()


def _sentence(error: duckdb.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("LINE", "^"))]
    return "the query was refused: " + " ".join(kept)
