"""Bulk writes against sqlite3's own ``executemany`` with the same statements and ready-made values."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Engine, event

from benchmarks.storage.figure import Figure
from benchmarks.storage.world import Batch, batches
from storage import schema
from storage.bulk import insert as insert_rows
from storage.bulk import upsert
from storage.database import open_engine

POSTINGS = 6_000
TEXT_BYTES = 4_000
ROUNDS = 5
LEAST_RATIO = 0.85

Statements = list[tuple[str, list[tuple[Any, ...]]]]


def measure(folder: Path) -> list[Figure]:
    """The rate of the bulk door as a share of plain sqlite3's, for new postings and for known ones; alternating rounds."""
    held = list(batches(POSTINGS, TEXT_BYTES))
    recorded = _recorded(folder / "recorded.db", held)
    shares: dict[str, list[float]] = {"new": [], "known": []}
    for _ in range(ROUNDS):
        ours, plain = folder / "ours.db", folder / "plain.db"
        open_engine(f"sqlite:///{plain}", create=True).dispose()
        engine = open_engine(f"sqlite:///{ours}", create=True)
        for kind, found in shares.items():
            spent = _cpu_seconds(lambda: _ours(engine, held, kind)), _cpu_seconds(lambda: _plain(plain, recorded, kind))  # noqa: B023
            found.append(spent[1] / spent[0])
        engine.dispose()
        _remove(ours)
        _remove(plain)
    return [
        Figure(
            f"upsert, {kind} postings with texts, labels and lists: share of raw sqlite3's rate",
            median(found),
            "x",
            least=LEAST_RATIO,
        )
        for kind, found in shares.items()
    ]


def _cpu_seconds(work: Callable[[], None]) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _ours(engine: Engine, held: list[Batch], kind: str) -> None:
    """Rows of dicts through the bulk door; lists are replaced and not updated, so a known posting writes them not at all."""
    for batch in held:
        with engine.begin() as connection:
            upsert(connection, schema.postings, batch.postings, key=("posting_id",))
            upsert(connection, schema.posting_texts, batch.texts)
            upsert(connection, schema.labels, batch.labels)
            for table in schema.BESIDE if kind == "new" else ():
                insert_rows(connection, table, batch.beside[table.name])


def _plain(path: Path, recorded: Statements, kind: str) -> None:
    """Tuples of the database's own values, ready made, through ``executemany``."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys = ON", "cache_size = -65536", "journal_mode = WAL", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    for sql, rows in recorded:
        if sql == "COMMIT":
            connection.execute("COMMIT")
            connection.execute("BEGIN")
        elif kind == "new" or "ON CONFLICT" in sql:
            connection.executemany(sql, rows)
    connection.execute("COMMIT")
    connection.close()


def _recorded(path: Path, held: list[Batch]) -> Statements:
    """The statements that the bulk door sends, with their values, so that both write the same bytes in the same transactions."""
    found: Statements = []
    engine = open_engine(f"sqlite:///{path}", create=True)

    @event.listens_for(engine, "before_cursor_execute")
    def _record(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, executemany: bool) -> None:
        if executemany:
            found.append((statement, list(parameters)))

    event.listen(engine, "commit", lambda _connection: found.append(("COMMIT", [])))
    for batch in held:
        with engine.begin() as connection:
            upsert(connection, schema.postings, batch.postings, key=("posting_id",))
            upsert(connection, schema.posting_texts, batch.texts)
            upsert(connection, schema.labels, batch.labels)
            for table in schema.BESIDE:
                insert_rows(connection, table, batch.beside[table.name])
    engine.dispose()
    _remove(path)
    return found


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
