"""Time zones: between which offsets from UTC the worker's clock may stand, and how many hours must overlap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from classifiers.eligibility.lexicon import numbers, word, zones

_OFFSET = r"(?:utc|gmt) ?([+-] ?\d{1,2})(?::?([03]0))?"
_RANGE = re.compile(rf"{_OFFSET} ?(?:to|-|–|through|and|until|bis|à|a) ?(?:utc|gmt)? ?([+-] ?\d{{1,2}})(?::?([03]0))?")
_ONE = re.compile(_OFFSET)
_WORKDAY_HOURS = 8


@dataclass(frozen=True, slots=True)
class Hours:
    """Bounds in hours from UTC, winter time; None on an open side."""

    utc_min: float
    utc_max: float
    overlap_hours: float | None


@cache
def _abbreviations() -> re.Pattern[str]:
    """Zones by their letters, in capitals as they are written: "ist" and "est" are words too."""
    return re.compile(rf"(?<![\w/])(?:{'|'.join(name.upper() for name in zones() if name.isalpha())})(?!\w)")


@cache
def _phrases() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(zones(), key=len, reverse=True) if not name.isalpha())
    return re.compile(rf"\b(?:{names})\b")


@cache
def _spelled() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(numbers())})\b")


def _zones_in(clause: str, written: str) -> list[float]:
    found = [zones()[match.group()] for match in _phrases().finditer(clause)]
    return found + [zones()[match.group().lower()] for match in _abbreviations().finditer(written)]


def hours_in(clause: str, written: str) -> Hours | None:
    """The bounds that a clause states, folded and as written; None where it states none.

    "4 hours overlap with CET" leaves a worker of an eight-hour day four hours to either side of it.
    """
    found = _RANGE.search(clause)
    if found is not None:
        low, high = sorted((_offset(found[1], found[2]), _offset(found[3], found[4])))
        return _bounded(low, high, None)
    clause = _spelled().sub(lambda match: str(numbers()[match.group()]), clause)
    offsets = [_offset(match[1], match[2]) for match in _ONE.finditer(clause)]
    if not offsets:
        if word("hours", "about").search(clause) is None:
            return None
        offsets = _zones_in(clause, written)
    if not offsets:
        return None
    spread, overlap = _number("spread", clause), _number("overlap", clause)
    slack = spread if spread is not None else _WORKDAY_HOURS - overlap if overlap is not None and overlap <= _WORKDAY_HOURS else 0
    return _bounded(min(offsets) - slack, max(offsets) + slack, overlap)


def _bounded(low: float, high: float, overlap: float | None) -> Hours:
    return Hours(max(-12.0, low), min(14.0, high), overlap)


def _offset(hours: str, minutes: str | None) -> float:
    whole = float(hours.replace(" ", ""))
    return whole + (0.5 if minutes == "30" else 0.0) * (1 if whole >= 0 else -1)


def _number(name: str, clause: str) -> float | None:
    match = word("hours", name).search(clause)
    return float(next(group for group in match.groups() if group)) if match else None
