"""A run's rows from SQL to the data set: data files first, the manifest last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, Select, select

from storage import arrow, schema
from storage.dataset.manifest import POSTINGS, RAW, DatasetFile, Manifest, commit, read_manifest
from storage.dataset.place import Place
from storage.dataset.writing import BATCH_ROWS, batches_of, write_batches


def export_run(engine: Engine, place: Place, run_id: str) -> tuple[DatasetFile, ...]:
    """Write what a run changed and commit it by its manifest; a run that changed nothing writes nothing.

    The same run again writes the same names and bytes where it was cut off before its manifest, and nothing where it was committed:
    its files may have been merged or purged since.

    Args:
        engine: where the run's rows are.
        place: the data set.
        run_id: the run.
    """
    committed = read_manifest(place, run_id)
    if committed is not None:
        return committed.files
    with engine.connect() as connection:
        night = connection.execute(select(schema.runs.c.night).where(schema.runs.c.run_id == run_id)).scalar_one()
    runs = (run_id,)
    postings = batches_of(_posting_rows(engine, run_id), arrow.POSTINGS)
    written = [write_batches(place, f"postings/run_date={night}/{run_id}.parquet", POSTINGS, arrow.POSTINGS, postings, runs)]
    for platform, rows in groupby(_raw_rows(engine, run_id), key=lambda row: row[0]):
        path = f"raw/run_date={night}/platform={platform}/{run_id}.parquet"
        written.append(write_batches(place, path, RAW, arrow.RAW, batches_of((row for _, row in rows), arrow.RAW), runs))
    files = tuple(file for file in written if file is not None)
    if files:
        commit(place, Manifest(run_id, night, files))
    return files


def _postings_of(run_id: str) -> Select[Any]:
    """The columns of a posting's row in the data set, of every posting that the run wrote, in a fixed order."""
    posting, texts, labels = schema.postings, schema.posting_texts, schema.labels
    return (
        select(*arrow.POSTING_COLUMNS, *arrow.TEXT_COLUMNS, *arrow.LABEL_COLUMNS)
        .join(texts, texts.c.posting_id == posting.c.posting_id)
        .join(labels, labels.c.posting_id == posting.c.posting_id)
        .where(posting.c.run_id == run_id)
        .order_by(posting.c.posting_id)
    )


def _posting_rows(engine: Engine, run_id: str) -> Iterator[dict[str, Any]]:
    with engine.connect() as connection, engine.connect() as beside:
        found = connection.execution_options(yield_per=BATCH_ROWS).execute(_postings_of(run_id)).mappings()
        for part in found.partitions(BATCH_ROWS):
            stacks = _stacks(beside, [row["posting_id"] for row in part])
            for row in part:
                values = {name: _as_text(value) for name, value in row.items()}
                yield {**values, "stack": stacks.get(row["posting_id"], [])}


def _stacks(connection: Connection, ids: list[str]) -> dict[str, list[str]]:
    """Names of the technologies of some postings, in order of mention."""
    stack = schema.technologies
    named = select(stack.c.posting_id, stack.c.name).where(stack.c.posting_id.in_(ids))
    by_id: dict[str, list[str]] = {}
    for id_, name in connection.execute(named.order_by(stack.c.posting_id, stack.c.place)):
        by_id.setdefault(id_, []).append(name)
    return by_id


def _raw_rows(engine: Engine, run_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The run's payloads with their platform, a platform after the other."""
    spool = schema.raw_spool
    query = (
        select(spool.c.posting_id, spool.c.raw)
        .where(spool.c.run_id == run_id)
        .order_by(spool.c.raw["platform"].as_string(), spool.c.posting_id)
    )
    with engine.connect() as connection:
        for id_, raw in connection.execution_options(yield_per=BATCH_ROWS).execute(query):
            yield (
                raw["platform"],
                {
                    "posting_id": id_,
                    "board": raw["board"],
                    "external_id": raw["external_id"],
                    "url": raw["url"],
                    "fetched_at": datetime.fromisoformat(raw["fetched_at"]),
                    "payload": orjson.dumps(raw["payload"]).decode(),
                    "run_id": run_id,
                },
            )


def _as_text(value: Any) -> Any:
    """JSON as text, other values as they are."""
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value
