"""Arrow schemas of the data set's files, made from the SQL tables' declaration, so that the two cannot differ."""

from __future__ import annotations

import pyarrow as pa
from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer
from sqlalchemy.types import TypeEngine

from storage import schema
from storage.columns import UtcDateTime

_NOT_EXPORTED = ("text_id", "is_primary", "title_order", "company_order", "pay_order", "text_from", "content_from", "status_from")
POSTING_COLUMNS = tuple(column for column in schema.postings.columns if column.name not in _NOT_EXPORTED)
TEXT_COLUMNS = tuple(column for column in schema.posting_texts.columns if column.name != "posting_id")
LABEL_COLUMNS = tuple(column for column in schema.labels.columns if column.name != "posting_id")

TEXTS = pa.list_(pa.field("element", pa.string()))
"""A list of texts; its inner field is called as Parquet calls it, so that a file reads back as it was declared."""


def arrow_type(kind: TypeEngine[object]) -> pa.DataType:
    """Arrow type of an SQL type; JSON is kept as text."""
    if isinstance(kind, UtcDateTime):
        return pa.timestamp("us", tz="UTC")
    for sql, arrow in (
        (Boolean, pa.bool_()),
        (Integer, pa.int64()),
        (Float, pa.float64()),
        (Date, pa.date32()),
        (JSON, pa.string()),
    ):
        if isinstance(kind, sql):
            return arrow
    return pa.string()


def _field(column: Column[object]) -> pa.Field:
    return pa.field(
        column.name, arrow_type(column.type), nullable=bool(column.nullable), metadata={"comment": column.comment or ""}
    )


POSTINGS = pa.schema(
    [
        *(_field(column) for column in POSTING_COLUMNS),
        *(_field(column) for column in TEXT_COLUMNS),
        *(_field(column) for column in LABEL_COLUMNS),
        pa.field("stack", TEXTS, metadata={"comment": "canonical names of the technologies, in order of mention"}),
    ]
)

RAW = pa.schema(
    [
        pa.field("posting_id", pa.string(), nullable=False, metadata={"comment": "the posting"}),
        pa.field("board", pa.string(), nullable=False, metadata={"comment": "board it was read from"}),
        pa.field("external_id", pa.string(), nullable=False, metadata={"comment": "the platform's own id"}),
        pa.field("url", pa.string(), nullable=False, metadata={"comment": "public address"}),
        pa.field("fetched_at", pa.timestamp("us", tz="UTC"), nullable=False, metadata={"comment": "clock of the night, UTC"}),
        pa.field("payload", pa.string(), nullable=False, metadata={"comment": "JSON as received, less personal data"}),
        pa.field("run_id", pa.string(), nullable=False, metadata={"comment": "run that read it"}),
    ]
)
