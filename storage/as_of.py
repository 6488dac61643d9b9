"""The database as it was after a run: views over current rows and history, which hide the tables of the same names.

A temporary view is found before a table of its name on SQLite and on PostgreSQL, so every query reads the past without knowing it.
The content that stood after run N is the current one where run N or an earlier one wrote it, else the replaced one that stood then;
the status likewise. Nothing is copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, Engine, Float, Integer, Table, event, func, select

from pipeline.errors import UsageError
from storage import schema
from storage.columns import UtcDateTime

_PG_TYPES = ((Boolean, "boolean"), (Integer, "bigint"), (Float, "double precision"), (Date, "date"))


def run_number_of(connection: Connection, night: date) -> int:
    """The last run of a night, or of the last night before it.

    Raises:
        UsageError: nothing was stored by then.
    """
    runs = schema.runs.c
    number = connection.execute(select(func.max(runs.run_number)).where(runs.night <= night)).scalar()
    if number is None:
        first = connection.execute(select(func.min(runs.night))).scalar()
        hint = f"the first night is {first}" if first else "there is no night yet"
        raise UsageError(f"--as-of {night}: nothing was stored by then; {hint}")
    return int(number)


def look_back(engine: Engine, night: date) -> None:
    """Let every connection of a reading engine see the database as it was after a night's last run.

    Raises:
        UsageError: nothing was stored by then.
    """
    with engine.connect() as connection:
        number = run_number_of(connection, night)
    show_after(engine, number)


def show_after(engine: Engine, number: int) -> None:
    """Let every connection of a reading engine see the database as it was after a run, by its number; empty before the first."""
    with engine.connect() as connection:
        dialect = connection.dialect.name
        home = "main" if dialect == "sqlite" else str(connection.exec_driver_sql("SELECT current_schema()").scalar())
    statements = list(views(dialect, home, number))
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        with _writing_allowed(connection, dialect):
            cursor = connection.cursor()
            for statement in statements:
                cursor.execute(statement)
            cursor.close()


@contextmanager
def _writing_allowed(connection: Any, dialect: str) -> Iterator[None]:
    """Temporary views count as writing, on connections that only read otherwise."""
    if dialect == "sqlite":
        connection.execute("PRAGMA query_only = OFF")
        yield
        connection.execute("PRAGMA query_only = ON")
    else:
        connection.read_only = False
        yield
        connection.commit()
        connection.read_only = True


def views(dialect: str, home: str, number: int) -> Iterator[str]:
    """Statements that make the views, for a run's number; ``home`` is the schema of the tables."""
    quoted = f'"{home}"'
    yield _postings(quoted, number)
    yield _one_each(schema.posting_texts, schema.TEXTS, "text_from", "text_versions", quoted, number)
    yield _one_each(schema.labels, schema.LABELS, "content_from", "posting_versions", quoted, number)
    for table in schema.BESIDE:
        yield _beside(dialect, table, quoted, number)
    yield _boards(quoted, number)
    for table in (schema.events, schema.runs, schema.board_results):
        yield f"CREATE TEMPORARY VIEW {table.name} AS SELECT * FROM {quoted}.{table.name} WHERE run_number <= {number}"


def _names(columns: Sequence[str], of: str) -> str:
    return ", ".join(f'{of}."{name}"' for name in columns)


def _stood(number: int, of: str) -> str:
    return f"{of}.from_run <= {number} AND {of}.until_run > {number}"


def _postings(home: str, number: int) -> str:
    # nothing asks the past which run wrote a text: the column is there so that the view has the table's columns
    content, status = ("text_id", "posting_id", *schema.CONTENT), ("posting_id", *schema.STATUS)
    arms = {
        "c": [
            f"SELECT {_names(content, 'p')}, p.content_from FROM {home}.postings p WHERE p.content_from <= {number}",
            f"SELECT {_names(content, 'v')}, v.from_run FROM {home}.posting_versions v WHERE {_stood(number, 'v')}",
        ],
        "s": [
            f"SELECT {_names(status, 'p')}, p.status_from FROM {home}.postings p WHERE p.status_from <= {number}",
            f"SELECT {_names(status, 'v')}, v.from_run FROM {home}.posting_statuses v WHERE {_stood(number, 'v')}",
        ],
    }
    both = {name: " UNION ALL ".join(parts) for name, parts in arms.items()}
    listed = f"{_names(content, 'c')}, {_names(schema.STATUS, 's')}, 0 AS text_from, c.content_from, s.status_from"
    return (
        f"CREATE TEMPORARY VIEW postings AS SELECT {listed} FROM ({both['c']}) c JOIN ({both['s']}) s "
        "ON s.posting_id = c.posting_id"
    )


def _one_each(table: Table, columns: Sequence[str], since: str, versions: str, home: str, number: int) -> str:
    """Texts and labels: one row a posting."""
    current = f"SELECT t.posting_id, {_names(columns, 't')} FROM {home}.{table.name} t {_written_by(home, since, number)}"
    then = f"SELECT v.posting_id, {_names(columns, 'v')} FROM {home}.{versions} v WHERE {_stood(number, 'v')}"
    return f"CREATE TEMPORARY VIEW {table.name} AS {current} UNION ALL {then}"


def _written_by(home: str, since: str, number: int) -> str:
    return f"JOIN {home}.postings p ON p.posting_id = t.posting_id WHERE p.{since} <= {number}"


def _beside(dialect: str, table: Table, home: str, number: int) -> str:
    """Lists: rows of the table, or those that the replaced content keeps as JSON."""
    columns = [column for column in table.columns if column.name != "posting_id"]
    current = f"SELECT t.posting_id, {_names([c.name for c in columns], 't')} FROM {home}.{table.name} t "
    if dialect == "sqlite":
        values = ", ".join(f"json_extract(e.value, '$.{column.name}')" for column in columns)
        source = f"json_each(v.beside, '$.{table.name}') e"
    else:
        values = _names([column.name for column in columns], "e")
        declared = ", ".join(f'"{column.name}" {_pg_type(column)}' for column in columns)
        source = f"json_to_recordset(v.beside -> '{table.name}') AS e({declared})"
    then = f"SELECT v.posting_id, {values} FROM {home}.posting_versions v CROSS JOIN {source} WHERE {_stood(number, 'v')}"
    return f"CREATE TEMPORARY VIEW {table.name} AS {current}{_written_by(home, 'content_from', number)} UNION ALL {then}"


def _pg_type(column: Column[object]) -> str:
    for kind, name in _PG_TYPES:
        if isinstance(column.type, kind):
            return name
    if isinstance(column.type, JSON | UtcDateTime):
        raise TypeError(f"{column} cannot be read back from JSON")
    return "text"


def _boards(home: str, number: int) -> str:
    """Boards with the last complete night that they had then; what is remembered for the next crawl is not part of the past."""
    plain = [c.name for c in schema.boards.columns if c.name not in ("last_complete_on", "last_complete_at")]
    return (
        f"CREATE TEMPORARY VIEW boards AS SELECT {_names(plain, 'b')}, r.last_complete_on, r.last_complete_at "
        f"FROM {home}.boards b JOIN {home}.board_results r ON r.platform = b.platform AND r.board = b.board "
        f"WHERE r.run_number = (SELECT max(x.run_number) FROM {home}.board_results x "
        f"WHERE x.platform = b.platform AND x.board = b.board AND x.run_number <= {number})"
    )
