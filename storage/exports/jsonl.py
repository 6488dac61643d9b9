"""JSON lines: one row a line, values with their types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

import orjson

from storage.exports.about import About


def write(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], about: About, out: BinaryIO) -> tuple[str, ...]:
    """Write rows as JSON lines, dates as ISO text; see ``storage.exports.formats.Format.write``."""
    for row in rows:
        out.write(orjson.dumps({name: row[name] for name in columns}, option=orjson.OPT_APPEND_NEWLINE))
    return ()
