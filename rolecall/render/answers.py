"""The answer to a query of the user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from rolecall.render.tables import Column, first_named, fitting, table, wrap

_LEAST = 6
_NAMED = 3


def answer_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], width: int) -> tuple[str, Sequence[str]]:
    """Columns as they were asked for: numbers to the right, texts cut to fit.

    Returns:
        The table, and the names of the columns at the right that it has no room for.
    """
    settings = [_column(name, [row[place] for row in rows]) for place, name in enumerate(columns)]
    cells = [[_cell(value) for value in row] for row in rows]
    room = fitting(settings, cells, width)
    return table(settings[:room], [row[:room] for row in cells], width), columns[room:]


def no_room(names: Sequence[str], width: int) -> str:
    """``no room for a, b and 3 more in 60 columns; --json has them``."""
    return f"no room for {first_named(names, _NAMED)} in {width} cells; --json has {'it' if len(names) == 1 else 'them'}"


def tables_text(tables: Mapping[str, Sequence[str]], width: int) -> str:
    """Each table with its columns, wrapped under its name."""
    return "".join(
        click.style(name, bold=True) + "\n" + "".join(f"  {line}\n" for line in wrap(", ".join(columns), width - 2))
        for name, columns in tables.items()
    )


def _column(name: str, values: Sequence[Any]) -> Column:
    is_number = any(value is not None for value in values) and all(
        value is None or (isinstance(value, int | float) and not isinstance(value, bool)) for value in values
    )
    return Column(name, is_number=True) if is_number else Column(name, weight=1, least=_LEAST)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list | tuple):
        return ", ".join(_cell(inner) for inner in value)
    return str(value)
