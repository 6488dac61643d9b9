"""Countries as people write them on a command line: an ISO 3166 code or an English name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.errors import did_you_mean
from pipeline.folding import fold_name


@dataclass(frozen=True, slots=True)
class _Country:
    letters: str
    """Its ISO 3166 code of three letters."""
    names: tuple[str, ...]
    """Folded, the usual one first (Unicode CLDR, see NOTICE)."""


@cache
def _countries() -> Mapping[str, _Country]:
    """Countries by their code of two letters."""
    text = (files("pipeline") / "data" / "countries.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {code: _Country(letters, tuple(names.split("|"))) for code, letters, names in rows}


@cache
def _codes() -> Mapping[str, str]:
    """Code by folded code and name."""
    return {fold_name(word): code for code, country in _countries().items() for word in (code, *country.names)}


@cache
def _codes_by_letters() -> Mapping[str, str]:
    return {country.letters: code for code, country in _countries().items()}


def country_code(word: str) -> str | None:
    """The code of a country, by that code or a name; None for a word that is no country's."""
    return _codes().get(fold_name(word))


def country_asked(word: str) -> str | None:
    """The code of a country that is asked for: three letters will do as well, which in a text are as often a word ("CAN")."""
    return country_code(word) or _codes_by_letters().get(word.strip().upper())


_SMALL = frozenset({"and", "da", "of", "the"})
_WORD = re.compile(r"(?<![\w'])\w+")
_SHORTEST_NAME = 4


def country_name(code: str) -> str:
    """The usual English name of a country, as headings write it; a code that is no country's comes back as it is."""
    country = _countries().get(code)
    return _written(country.names[0]) if country else code


def country_names() -> tuple[str, ...]:
    """Every name of every country, as headings write them, without those that are letters alone (``uk``)."""
    return tuple(_written(name) for country in _countries().values() for name in country.names if len(name) >= _SHORTEST_NAME)


def nearest_country(word: str) -> str:
    """``; did you mean 'Germany'?`` where a name is near, else an empty string."""
    return did_you_mean(fold_name(word), country_names(), least_alike=0.75)


def _written(name: str) -> str:
    return _WORD.sub(lambda found: found[0] if found[0] in _SMALL else found[0].capitalize(), name)
