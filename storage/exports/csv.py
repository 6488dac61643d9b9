"""Comma-separated values for spreadsheets: UTF-8, a header, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from storage.exports.about import About

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Signs that begin a formula, the wide ones where a spreadsheet speaks Japanese."""


def write(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
    """Write rows as CSV; see ``storage.exports.formats.Format.write``."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([cell(row[name]) for name in columns])
    finally:
        text.detach()
    return ()


def cell(value: Any) -> Any:
    """A value as a cell: lists joined with ``; ``, nothing for None, an apostrophe before what would be a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = "; ".join(str(item) for item in value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if not isinstance(value, str):
        return value
    guarded = "'" + value if value.startswith(_FORMULA) else value
    return guarded.replace("\r\n", "\n").replace("\r", "\n")  # a lone \r ends a row for some readers, quoted or not
