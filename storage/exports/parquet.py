"""Parquet: typed columns, zstd, written in batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from storage.arrow import arrow_type
from storage.dataset.writing import ROW_GROUP_ROWS, ZSTD_LEVEL
from storage.queries.jobs import COLUMNS, LISTS
from storage.queries.selecting import POSTINGS

_OTHERS = {"remote_class_probability": pa.float64(), "sightings": pa.int64()}


def schema_of(columns: Sequence[str]) -> pa.Schema:
    """Arrow schema of an export; a column's line of the data dictionary is in its metadata."""
    return pa.schema([pa.field(name, _type(name), metadata={"comment": COLUMNS[name]}) for name in columns])


def _type(name: str) -> pa.DataType:
    if name in LISTS:
        return pa.list_(pa.string())
    return _OTHERS.get(name) or (arrow_type(POSTINGS.c[name].type) if name in POSTINGS.c else pa.string())


def write_parquet(rows: Iterable[dict[str, Any]], columns: Sequence[str], path: Path) -> None:
    """Write rows as one Parquet file, aside and renamed."""
    table = schema_of(columns)
    aside = path.with_name(f".{path.name}.part")
    pending = iter(rows)
    with pq.ParquetWriter(aside, table, compression="zstd", compression_level=ZSTD_LEVEL) as writer:
        while batch := list(islice(pending, ROW_GROUP_ROWS)):
            chosen = [{name: row[name] for name in columns} for row in batch]
            writer.write_table(pa.Table.from_pylist(chosen, schema=table), row_group_size=ROW_GROUP_ROWS)
    aside.replace(path)
