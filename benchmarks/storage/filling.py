"""A database of generated postings, written through the store's own bulk door."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, insert

from benchmarks.storage.world import AT, BOARDS, NIGHT, Batch, batches, board_of
from storage import full_text, schema
from storage.bulk import insert as insert_rows
from storage.bulk import upsert
from storage.store import Store
from storage.texts import searched

TEXT_BYTES = 1_500


def _as_drawn(batch: Batch) -> Batch:
    return batch


@contextmanager
def filled(folder: Path, postings: int, vary: Callable[[Batch], Batch] = _as_drawn) -> Iterator[Store]:
    """A store in a folder with that many postings; one that stands there already is used again.

    Args:
        folder: of the database; a world that is varied needs one of its own.
        postings: how many.
        vary: what is made of each batch before it is written.
    """
    path = folder / f"{postings}.db"
    is_new = not path.exists()
    with Store.open(f"sqlite:///{path}", folder / str(postings), create=True) as store:
        if is_new:
            _fill(store, postings, vary)
        yield store


def _fill(store: Store, postings: int, vary: Callable[[Batch], Batch]) -> None:
    with store.engine.begin() as connection:
        run = {"run_id": "2026-01-05", "run_number": 1, "kind": "nightly", "night": NIGHT, "started_at": AT, "state": "exported"}
        connection.execute(insert(schema.runs).values(**run))
        complete = {"last_complete_on": NIGHT, "last_complete_at": AT}
        boards = [{"platform": "greenhouse", "board": board_of(number), **complete} for number in range(BOARDS)]
        connection.execute(insert(schema.boards), boards)
    done = 0
    for batch in batches(postings, TEXT_BYTES):
        with store.engine.begin() as connection:
            write(connection, vary(batch))
        done += len(batch.postings)
        print(f"\rfilling {done:,} of {postings:,}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def write(connection: Connection, batch: Batch) -> None:
    """A batch as the store writes contents."""
    upsert(connection, schema.postings, batch.postings, key=("posting_id",))
    upsert(connection, schema.posting_texts, batch.texts)
    upsert(connection, schema.labels, batch.labels)
    for table in schema.BESIDE:
        insert_rows(connection, table, batch.beside[table.name])
    full_text.put(connection, searched({**row, **text} for row, text in zip(batch.postings, batch.texts, strict=True)))
