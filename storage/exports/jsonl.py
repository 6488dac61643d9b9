"""JSON lines: one row a line, values with their types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any

import orjson


def write_jsonl(rows: Iterable[dict[str, Any]], columns: Sequence[str], out: IO[bytes]) -> None:
    """Write rows as JSON lines, dates as ISO text."""
    for row in rows:
        out.write(orjson.dumps({name: row[name] for name in columns}, option=orjson.OPT_APPEND_NEWLINE))
