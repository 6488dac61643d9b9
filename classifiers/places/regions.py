"""Regions as countries, and any code of a place as the countries that it lies in or takes in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

FILE = "regions.toml"


@cache
def _regions() -> Mapping[str, tuple[str, ...]]:
    text = (files("classifiers") / "data" / "places" / FILE).read_text(encoding="utf-8")
    table: Mapping[str, list[str]] = tomllib.loads(text)["regions"]

    def members(name: str) -> list[str]:
        return [code for item in table[name] for code in (members(item[1:]) if item.startswith("+") else [item])]

    return {name: tuple(dict.fromkeys(members(name))) for name in table}


def countries_of(codes: Iterable[str]) -> tuple[str, ...]:
    """ISO 3166 countries of codes and region names, in their order, each once; words that are neither give none."""
    found: dict[str, None] = {}
    for code in codes:
        if code in _regions():
            found |= dict.fromkeys(_regions()[code])
        elif len(code.partition("-")[0]) == 2 and code[:2].isupper():
            found[code.partition("-")[0]] = None
    return tuple(found)
