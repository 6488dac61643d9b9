"""Many rows at once, each database by its fastest door: SQLite by ``executemany``, PostgreSQL by COPY and merge.

SQLAlchemy builds the statements and reads the values back; only its handling of one row after another, which costs as much as
SQLite's own work, is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import JSON, Connection, Date, Dialect, Table, bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from storage.columns import UtcDateTime

Row = Mapping[str, Any]
Processor = Callable[[Any], Any]
_CHUNK_ROWS = 2_000
_SQLITE = SQLiteDialect_pysqlite(paramstyle="qmark")


def insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows; every row names the same columns."""
    _write(connection, table, rows, key=None)


def upsert(connection: Connection, table: Table, rows: Iterable[Row], key: Sequence[str] = ()) -> None:
    """Insert rows, or update the columns that they name where the key is there already.

    Args:
        connection: the transaction.
        table: where to.
        rows: every row names the same columns, and each key stands there once.
        key: columns of a unique constraint; empty takes the primary key.
    """
    _write(connection, table, rows, key=tuple(key) or tuple(column.name for column in table.primary_key))


def _write(connection: Connection, table: Table, rows: Iterable[Row], key: tuple[str, ...] | None) -> None:
    pending = iter(rows)
    first = next(pending, None)
    if first is None:
        return
    names = tuple(column.name for column in table.columns if column.name in first)  # the order in which statements bind them
    convert = _converter(table, names, connection.dialect)
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, map(convert, chain((first,), pending)), key)
        return
    statement = _sqlite_statement(table, names, key)
    values = map(convert, chain((first,), pending))
    while part := list(islice(values, _CHUNK_ROWS)):
        connection.exec_driver_sql(statement, part)


@lru_cache(maxsize=256)
def _sqlite_statement(table: Table, names: tuple[str, ...], key: tuple[str, ...] | None) -> str:
    statement = sqlite.insert(table).values({name: bindparam(name) for name in names})
    if key is not None:
        others = {name: statement.excluded[name] for name in names if name not in key}
        statement = (
            statement.on_conflict_do_update(index_elements=list(key), set_=others)
            if others
            else statement.on_conflict_do_nothing(index_elements=list(key))
        )
    return str(statement.compile(dialect=_SQLITE, column_keys=list(names)))


def _converter(table: Table, names: tuple[str, ...], dialect: Dialect) -> Callable[[Row], tuple[Any, ...]]:
    """From a row to the database's own values, in the order of ``names``."""
    pick: Callable[[Row], Any] = itemgetter(*names) if len(names) > 1 else (lambda row: (row[names[0]],))
    special = [(place, process) for place, name in enumerate(names) if (process := _processor(table, name, dialect))]
    if not special:
        return pick

    def convert(row: Row) -> tuple[Any, ...]:
        values = list(pick(row))
        for place, process in special:
            if values[place] is not None:
                values[place] = process(values[place])
        return tuple(values)

    return convert


def _processor(table: Table, name: str, dialect: Dialect) -> Processor | None:
    """What makes the database's own value; None where the driver takes it as it is."""
    kind = table.columns[name].type
    is_postgresql = dialect.name == "postgresql"
    if isinstance(kind, JSON):
        return _json
    if isinstance(kind, UtcDateTime):
        return _naive if is_postgresql else _sqlite_instant
    if isinstance(kind, Date):
        return None if is_postgresql else date.isoformat
    return _without_nul if is_postgresql and kind.python_type is str else None


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _naive(value: datetime) -> datetime:
    return value.astimezone(UTC).replace(tzinfo=None)


@lru_cache(maxsize=4096)  # a night has one clock, and few postings have others
def _sqlite_instant(value: datetime) -> str:
    """As SQLAlchemy's own type of SQLite writes it."""
    return _naive(value).isoformat(" ", "microseconds")


def _without_nul(value: str) -> str:
    """PostgreSQL's texts cannot hold U+0000; one replacement character keeps the offsets of evidence."""
    return value.replace("\x00", "\ufffd") if "\x00" in value else value


def _copy(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Iterable[tuple[Any, ...]], key: tuple[str, ...] | None
) -> None:
    quote = connection.dialect.identifier_preparer.quote
    listed = ", ".join(quote(name) for name in names)
    target = quote(table.name) if key is None else quote(f"incoming_{table.name}")
    if key is not None:
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {target} (LIKE {quote(table.name)} INCLUDING DEFAULTS) ON COMMIT DELETE ROWS"
        )
        connection.exec_driver_sql(f"TRUNCATE {target}")
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY {target} ({listed}) FROM STDIN") as copy:  # type: ignore[attr-defined]
        for row in rows:
            copy.write_row(row)
    if key is not None:
        connection.exec_driver_sql(_merge(table, names, key, quote))


@lru_cache(maxsize=256)
def _merge(table: Table, names: tuple[str, ...], key: tuple[str, ...], quote: Callable[[str], str]) -> str:
    """The merge of what was copied: rows that say what is there already are not written."""
    listed = ", ".join(quote(name) for name in names)
    others = [quote(name) for name in names if name not in key]
    target, incoming = quote(table.name), quote(f"incoming_{table.name}")
    merge = f"INSERT INTO {target} ({listed}) SELECT {listed} FROM {incoming} ON CONFLICT ({', '.join(map(quote, key))}) DO "
    if not others:
        return merge + "NOTHING"
    sets = ", ".join(f"{name} = excluded.{name}" for name in others)
    json_free = [quote(n) for n in names if n not in key and not isinstance(table.columns[n].type, JSON)]
    json_text = [f"{quote(n)}::text" for n in names if n not in key and isinstance(table.columns[n].type, JSON)]
    mine = ", ".join(f"{target}.{name}" for name in (*json_free, *json_text))
    theirs = ", ".join(f"excluded.{name}" for name in (*json_free, *json_text))
    return merge + f"UPDATE SET {sets} WHERE ROW({mine}) IS DISTINCT FROM ROW({theirs})"
