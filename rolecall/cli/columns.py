"""``--columns``: which columns of a list, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click

from pipeline.errors import UsageError, did_you_mean
from rolecall.cli.streams import out, out_long, say, width
from rolecall.settings import Settings

Row = Mapping[str, Any]
HELP = "help"


def job_columns() -> Mapping[str, str]:
    """Columns of a list of jobs, with what each means."""
    from storage.queries.jobs import COLUMNS

    return COLUMNS


def company_columns() -> Mapping[str, str]:
    """Columns of a list of companies, with what each means."""
    from storage.queries.companies import COLUMNS

    return COLUMNS


def columns_option(known: Callable[[], Mapping[str, str]] = job_columns) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option for a command's list; the command gets ``columns``, a tuple of names or None.

    Args:
        known: gives the columns that there are, when one is asked for.
    """

    def chosen(context: click.Context, _: click.Parameter, value: str | None) -> tuple[str, ...] | None:
        if value is not None and value.strip().lower() == HELP and not context.resilient_parsing:
            from rolecall.render.tables import Column, table

            settings = [Column("column"), Column("meaning", weight=1, least=20)]
            out(table(settings, [[name, meaning] for name, meaning in known().items()], width()))
            context.exit()
        return columns_from(value, known)

    return click.option(
        "--columns",
        metavar="NAMES",
        callback=chosen,
        help=f"Which columns, in which order, as in a,b,c; --columns {HELP} lists them, and so does the data dictionary.",
    )


def columns_from(value: str | None, known: Callable[[], Mapping[str, str]] = job_columns) -> tuple[str, ...] | None:
    """The columns that a person names, each once; None where none is named.

    Raises:
        UsageError: there is no such column, with the nearest that there is.
    """
    if value is None:
        return None
    names = tuple(dict.fromkeys(part.strip().lower().replace("-", "_") for part in value.split(",") if part.strip()))
    if not names:
        raise UsageError(f"--columns names none; --columns {HELP} lists them")
    there = known()
    for name in names:
        if name not in there:
            hint = did_you_mean(name, there) or f"; --columns {HELP} lists them"
            raise UsageError(f"--columns: there is no column '{name}'{hint}")
    return names


def picked(rows: Iterable[Row], columns: Sequence[str] | None) -> Iterable[Row]:
    """The rows with these columns alone; None leaves them whole."""
    return rows if columns is None else ({name: row[name] for name in columns} for row in rows)


def out_columns(settings: Settings, rows: Iterable[Row], columns: Sequence[str]) -> None:
    """Write rows as a table of these columns, as many as there is room for, and say which are left out."""
    out_answer(settings, columns, [[row[name] for name in columns] for row in rows])


def out_answer(settings: Settings, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write values as a table, as many columns as there is room for, and say which are left out."""
    from rolecall.render.answers import answer_table, no_room

    cells = width()
    text, without = answer_table(columns, rows, cells)
    out_long(text)
    if without:
        say(settings, no_room(without, cells))
