"""The countries that a location field lies in: by the country's name, the state's, or the city's, the largest of its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from classifiers.places.names import WORLDWIDE, codes_in, names
from classifiers.places.regions import countries_of
from pipeline.folding import fold_name

_PART = re.compile(r"[;|/•\n]| or | and | - | – |\(|\)")
_AREA = re.compile(r",\s*([A-Z]{2})\b")
_WORD = re.compile(r"[^\W\d_][\w' .-]+")
_SHORTEST = 3
"""Letters; shorter names of cities are words of many languages."""
_CANADIAN = frozenset({"AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK", "YT", "NT", "NU"})


def countries_of_location(text: str) -> tuple[str, ...]:
    """ISO 3166 countries of a location field, in order; empty where it names no place that is known."""
    found: dict[str, None] = {}
    for part in _PART.split(text):
        found |= dict.fromkeys(_of_part(part))
    return tuple(found)


def _of_part(part: str) -> tuple[str, ...]:
    named = countries_of(code for code in codes_in(part) if code != WORLDWIDE)
    if named:
        return named
    exact = [code for piece in part.split(",") for code in _countries().get(fold_name(piece), ())]
    if exact:
        return tuple(exact)
    areas = [match.group(1) for match in _AREA.finditer(part)]
    by_area = dict.fromkeys("US" if f"US-{area}" in names().states else "CA" for area in areas if _is_area(area))
    if by_area:
        return tuple(by_area)
    city = next((place for piece in part.split(",") if (place := _city(piece))), None)
    return (city.partition("-")[0],) if city else ()


def _is_area(letters: str) -> bool:
    return f"US-{letters}" in names().states or letters in _CANADIAN


def _city(piece: str) -> str | None:
    """The place that the largest city of this name lies in."""
    match = _WORD.search(piece)
    name = fold_name(match.group()) if match else ""
    if len(name) < _SHORTEST:
        return None
    line = _cities().get(name)
    return line.partition(":")[0] if line else None


@cache
def _cities() -> Mapping[str, str]:
    """``US-TX:974 US-MN:24`` by folded name: places with thousands of people, the largest first."""
    text = (files("classifiers") / "data" / "places" / "cities.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@cache
def _countries() -> Mapping[str, tuple[str, ...]]:
    """Code by name in the eight languages."""
    text = (files("classifiers") / "data" / "places" / "countries.tsv").read_text(encoding="utf-8")
    return {name: (line[:2],) for line in text.splitlines() for name in line[3:].split("|") if name}
