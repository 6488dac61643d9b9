"""Parquet: typed columns, zstd, written in batches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from storage.dataset.writing import ROW_GROUP_ROWS, ZSTD_LEVEL, batches_of, row_groups
from storage.exports.about import About
from storage.exports.kinds import Kind, kind
from storage.exports.spool import spooled
from storage.queries.jobs import COLUMNS

_TYPES: Mapping[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.LINK: pa.string(),
    Kind.NUMBER: pa.float64(),
    Kind.WHOLE: pa.int64(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.date32(),
    Kind.INSTANT: pa.timestamp("us", tz="UTC"),
}


def schema_of(columns: Sequence[str]) -> pa.Schema:
    """Arrow schema of an export; a column's line of the data dictionary is in its metadata."""
    return pa.schema([pa.field(name, _TYPES[kind(name)], metadata={"comment": COLUMNS[name]}) for name in columns])


def write(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
    """Write rows as one Parquet file; see ``storage.exports.formats.Format.write``."""
    fields = schema_of(columns)
    chosen = ({name: row[name] for name in columns} for row in rows)
    with spooled(out) as file, pq.ParquetWriter(file, fields, compression="zstd", compression_level=ZSTD_LEVEL) as writer:
        for group in row_groups(fields, batches_of(chosen, fields)):
            writer.write_table(group, row_group_size=ROW_GROUP_ROWS)
    return ()
