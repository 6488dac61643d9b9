"""Any question in SQL, read-only: DuckDB over the database's tables and the data set's files.

Tables are handed over as Arrow streams that are read when the query scans them, with only the columns that DuckDB's own plan of the
query asks for. DuckDB itself opens no file: the door to the file system is shut before the query, so that it can neither write, nor
read a file, nor load an extension.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import duckdb

from pipeline.errors import UsageError
from storage.offered import Offer, offers
from storage.plans import columns_asked
from storage.store import Store

_BATCH = 10_000
_LISTING = frozenset({"information_schema", "show", "describe", "duckdb_columns", "duckdb_tables", "pragma_table_info"})
"""Words of statements that ask for the tables themselves."""


def query(store: Store, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Answer one read-only statement.

    Views: ``jobs`` (as ``jobs list --state all`` shows them), the tables of the data dictionary, ``history`` (every version of
    every posting) and ``raw`` (every payload), the last two from the data set.

    Raises:
        UsageError: the statement is not a query, or DuckDB refuses it; one sentence.
        DatasetError: the data set cannot be reached.
    """
    connection = duckdb.connect(":memory:")
    offered: list[Offer] = []
    try:
        if len(connection.extract_statements(sql)) != 1:
            raise UsageError("`rolecall sql` answers one statement at a time; give the others in calls of their own")
        offered += _narrowed(store, sql)
        for offer in offered:
            connection.register(offer.name, offer)
        connection.execute(f"SET temp_directory = '{_spill_folder()}'")  # else a sort that spills does so in the current folder
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        statement = connection.extract_statements(sql)[0]
        if statement.type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
            raise UsageError("`rolecall sql` only reads; begin the statement with SELECT, WITH, FROM or EXPLAIN")
        answer = connection.execute(statement)
    except duckdb.Error as error:
        raise _told(error, offered) from None
    columns = [column[0] for column in answer.description or ()]
    return columns, _fetch(answer, offered)


def _narrowed(store: Store, sql: str) -> Iterator[Offer]:
    """What the statement may mean, each with the columns that it asks for."""
    words = set(re.findall(r"\w+", sql.lower()))
    is_listing = bool(words & _LISTING)
    meant = [offer for offer in offers(store) if is_listing or offer.name in words]
    asked = {} if is_listing else columns_asked(sql, {offer.name: offer.fields for offer in meant})
    for offer in meant:
        yield offer.narrowed(asked[offer.name]) if offer.name in asked else offer


def _spill_folder() -> str:
    """Where DuckDB may put what does not fit into memory; it makes the folder when it needs it and removes it."""
    return str(Path(gettempdir()) / f"rolecall-sql-{os.getpid()}").replace("'", "''")


def _fetch(answer: Any, offered: Sequence[Offer]) -> Iterator[tuple[Any, ...]]:
    try:
        while part := answer.fetchmany(_BATCH):
            yield from part
    except duckdb.Error as error:
        raise _told(error, offered) from None


def _told(error: duckdb.Error, offered: Sequence[Offer]) -> Exception:
    """What to raise for an error of DuckDB's: the failure of what it read, or a sentence on the query."""
    failures = [failure for offer in offered for failure in offer.failures]
    for offer in offered:
        offer.failures.clear()  # the raised one leads to this frame: DuckDB complains on exit of what such a ring keeps alive
    if failures:
        return failures[0]
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("LINE", "^"))]
    return UsageError("the query was refused: " + " ".join(kept))
