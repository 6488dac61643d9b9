"""Steps of the facets and of the pictures: ``storage/data/facets.toml`` as a frozen record."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Steps:
    """One field a line of the file."""

    utc_hours: tuple[float, ...]
    pay_min: tuple[int, ...]
    """A year, in the currency of the filters; ascending."""
    pay_bins_usd: tuple[int, ...]
    """Where each bin begins, US dollars a year; ascending from 0."""
    since_days: tuple[int, ...]
    weeks: int
    most_values: int
    most_technologies: int


@cache
def steps() -> Steps:
    """The steps as shipped."""
    read = tomllib.loads(files("storage").joinpath("data/facets.toml").read_text(encoding="utf-8"))
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}
    return Steps(**values)
