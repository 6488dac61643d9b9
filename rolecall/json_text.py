"""Values as JSON: the command line, the served and the written site write the same bytes for the same values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def json_bytes(value: Any, *, is_indented: bool = False, ends_line: bool = False) -> bytes:
    """One JSON value; dates as ISO text, keys of any plain kind."""
    import orjson  # 10 ms that `--help` need not pay

    option = orjson.OPT_NON_STR_KEYS
    option |= orjson.OPT_INDENT_2 if is_indented else 0
    option |= orjson.OPT_APPEND_NEWLINE if ends_line else 0
    return orjson.dumps(value, option=option, default=_plain)


def _plain(value: Any) -> Any:
    """Values that JSON lacks: a frozen mapping, an exact number."""
    return dict(value) if isinstance(value, Mapping) else str(value)
