"""Reading the blocks of ``rolecall.toml``: keys, types and words are checked, and every error names file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.errors import ConfigError, did_you_mean

_WORDS = {
    str: "a text in quotes",
    bool: "true or false",
    dict: "a table",
    list: "a list in square brackets",
    int: "a whole number",
    (int, float): "a number",
}


class Reader:
    """Checks keys and types of a block and knows at which line of the text it stands."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = text.splitlines()
        self.name = name

    def block_line(self, table: str, index: int | None = None) -> int:
        """Line of ``[table]``, or of the ``index``-th ``[[table]]``; 1 where it is written in another way."""
        header = rf"\s*\[\[\s*{table}\s*\]\]" if index is not None else rf"\s*\[\s*{table}\s*\]"
        found = [number for number, line in enumerate(self.lines, 1) if re.match(header, line)]
        return found[index or 0] if len(found) > (index or 0) else 1

    def line_of(self, key: str, block_line: int) -> int:
        """Line of a key of the block that begins at ``block_line``; the block's own line where it is not found."""
        for number, line in enumerate(self.lines[block_line:], block_line + 1):
            if re.match(r"\s*\[", line):
                break
            if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line):
                return number
        return block_line

    def fail(self, line: int, what: str) -> ConfigError:
        return ConfigError(f"{self.name} line {line}: {what}")

    def table(self, value: Any, table: str, line: int) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.fail(line, f"'{table}' must be a table, as in [{table}]")
        return value

    def check(self, block: Mapping[str, Any], keys: Mapping[str, Any], table: str, line: int) -> None:
        for key, value in block.items():
            if key not in keys:
                hint = did_you_mean(key, keys) or f"; choose from {', '.join(keys)}"
                raise self.fail(self.line_of(key, line), f"key '{key}' of [{table}] is unknown{hint}")
            kinds = keys[key]
            if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
                raise self.fail(self.line_of(key, line), f"'{key}' must be {_WORDS[kinds]}, not {value!r}")


def syntax_error(message: str, text: str, name: str) -> str:
    """The sentence for a text that is not TOML; ``message`` is what Python says of it."""
    what, _, where = message.partition(" (at ")
    match = re.match(r"line (\d+)", where)
    line = int(match[1]) if match else max(len(text.splitlines()), 1)  # Python says "at end of document" without a line
    return f"{name} line {line}: this is not valid TOML ({what[:1].lower()}{what[1:]}); check quotes and brackets there"


def key_line(text: str, key: str) -> int:
    """Line of a table or key at the top of the file; 1 where it is not found."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(rf"\s*\[?\[?\s*{re.escape(key)}\b", line):
            return number
    return 1


def blocks(reader: Reader, value: Any, table: str) -> Sequence[Mapping[str, Any]]:
    """The blocks headed ``[[table]]``, checked to be blocks."""
    if not isinstance(value, list) or not all(isinstance(block, dict) for block in value):
        raise reader.fail(reader.block_line(table), f"each {table} needs its own block, headed [[{table}]]")
    return value


def one_of(reader: Reader, block: Mapping[str, Any], key: str, default: str, known: Sequence[str], line: int) -> str:
    """The word of a key that takes one of a few."""
    value = str(block.get(key, default))
    if value not in known:
        hint = did_you_mean(value, known) or f"; choose from {', '.join(known)}"
        raise reader.fail(reader.line_of(key, line), f"{key} '{value}' is unknown{hint}")
    return value
