"""Where things go: data to standard output, messages and progress to standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import click

from rolecall.settings import Settings

_WIDTH_ELSEWHERE = 120
"""Cells of a line where no terminal says how many it has."""


def width() -> int:
    """Cells of a line of output: the terminal's, or ``COLUMNS``."""
    with suppress(ValueError):
        columns = int(os.environ.get("COLUMNS", ""))
        if columns > 0:
            return columns
    if sys.stdout.isatty():
        return shutil.get_terminal_size((_WIDTH_ELSEWHERE, 24)).columns
    return _WIDTH_ELSEWHERE


def out(text: str) -> None:
    """Write data; colours only to a terminal, and not with ``NO_COLOR``."""
    click.echo(text, nl=not text.endswith("\n"), color=False if os.environ.get("NO_COLOR") else None)


def say(settings: Settings, text: str) -> None:
    """Write a message, unless ``-q`` asked for silence."""
    if not settings.is_quiet:
        click.echo(text, err=True)


def shows_bars(settings: Settings) -> bool:
    """Whether messages go to a terminal that can redraw a line."""
    return sys.stderr.isatty() and not settings.is_quiet and os.environ.get("TERM") != "dumb"


def out_json(value: Any) -> None:
    """Write one JSON value, indented."""
    click.echo(_dumps(value, is_indented=True))


def out_json_list(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a JSON array, one row a line, as the rows come."""
    before = "["
    for row in rows:
        click.echo(before + _dumps(row), nl=False)
        before = ",\n"
    click.echo("[]" if before == "[" else "]")


def _dumps(value: Any, *, is_indented: bool = False) -> str:
    import orjson  # 10 ms that `--help` need not pay

    option = orjson.OPT_NON_STR_KEYS | (orjson.OPT_INDENT_2 if is_indented else 0)
    return orjson.dumps(value, option=option, default=_plain).decode()


def _plain(value: Any) -> Any:
    """Values that JSON lacks: a tuple of a frozen mapping, an exact number."""
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)
