"""Parameter types of the command line: closed vocabularies that say what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from pipeline.errors import did_you_mean


class Word(click.Choice[str]):
    """One word of a closed vocabulary, in small or capital letters."""

    def __init__(self, choices: Iterable[str], metavar: str = "WORD") -> None:
        super().__init__(list(choices), case_sensitive=False)
        self.metavar = metavar

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return self.metavar

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        hint = did_you_mean(str(value), self.choices)
        return f"'{value}' is unknown{hint or '; choose from ' + ', '.join(self.choices)}"


class AtLeast(click.ParamType[int]):
    """A whole number with a floor."""

    name = "number"

    def __init__(self, floor: int) -> None:
        self.floor = floor

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            self.fail(f"'{value}' is no whole number", param, ctx)
        if number < self.floor:
            self.fail(f"{number} is too small; the least is {self.floor}", param, ctx)
        return number


class Night(click.ParamType[date]):
    """A night's date."""

    name = "date"

    def __init__(self, option: str) -> None:
        self.option = option

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from pipeline.filters import night_date  # the terms file is read on import: not for `--help`

        return value if isinstance(value, date) else night_date(value, self.option)


AS_OF = click.option(
    "--as-of",
    type=Night("--as-of"),
    metavar="DATE",
    help="As it was at the end of that night, as in 2026-01-05 (default: as it is).",
)
"""For reading commands without filters; ``filter_options`` brings its own."""
