"""The answer to a query of the user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from rolecall.render.tables import Column, table, wrap

_LEAST = 6


def answer_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], width: int) -> str:
    """Columns as they were asked for: numbers to the right, texts cut to fit."""
    settings = [_column(name, [row[place] for row in rows]) for place, name in enumerate(columns)]
    return table(settings, [[_cell(value) for value in row] for row in rows], width)


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
