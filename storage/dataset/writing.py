"""Batches to one Parquet file, as they come: only one row group is held in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from storage.dataset.manifest import DatasetFile
from storage.dataset.place import Place

ROW_GROUP_ROWS = 20_000
ZSTD_LEVEL = 3
BATCH_ROWS = 1_000
"""Rows that are turned into Arrow at a time."""


def write_batches(
    place: Place, path: str, kind: str, fields: pa.Schema, batches: Iterable[pa.RecordBatch], runs: tuple[str, ...]
) -> DatasetFile | None:
    """Write a file that appears when it is whole; None and no file where there are no rows.

    Args:
        place: the data set.
        path: relative to its root; no manifest names it yet.
        kind: ``postings`` or ``raw``.
        fields: schema of the file and of every batch.
        batches: in the order of the file.
        runs: whose rows these are, oldest first.
    """
    groups = row_groups(fields, batches)
    first = next(groups, None)
    if first is None:
        return None
    rows = first.num_rows
    with place.writing(path) as sink:
        with pq.ParquetWriter(sink, fields, compression="zstd", compression_level=ZSTD_LEVEL) as writer:
            writer.write_table(first, row_group_size=ROW_GROUP_ROWS)
            del first
            for group in groups:
                writer.write_table(group, row_group_size=ROW_GROUP_ROWS)
                rows += group.num_rows
        length = int(sink.tell())
    return DatasetFile(path, kind, rows, length, runs)


def row_groups(fields: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches of any size as tables of ``ROW_GROUP_ROWS`` rows each, the last one of what is left."""
    held: list[pa.RecordBatch] = []
    room = ROW_GROUP_ROWS
    for batch in batches:
        while batch.num_rows >= room:
            held.append(batch.slice(0, room))
            batch = batch.slice(room)
            yield pa.Table.from_batches(held, schema=fields)
            held, room = [], ROW_GROUP_ROWS
        if batch.num_rows:
            held.append(batch)
            room -= batch.num_rows
    if held:
        yield pa.Table.from_batches(held, schema=fields)


def batches_of(rows: Iterable[dict[str, Any]], fields: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Rows by column name as Arrow batches of a schema."""
    pending = iter(rows)
    while part := list(islice(pending, BATCH_ROWS)):
        yield pa.RecordBatch.from_pylist(part, schema=fields)
