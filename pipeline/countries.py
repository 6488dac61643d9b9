"""Countries as people write them on a command line: an ISO 3166 code or an English name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.folding import fold_name


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Names by code, the usual one first (Unicode CLDR, see NOTICE)."""
    text = (files("pipeline") / "data" / "countries.tsv").read_text(encoding="utf-8")
    return {code: tuple(names.split("|")) for code, names in (line.split("\t") for line in text.splitlines())}


@cache
def _codes() -> Mapping[str, str]:
    """Code by folded code and name."""
    return {fold_name(word): code for code, names in _names().items() for word in (code, *names)}


def country_code(word: str) -> str | None:
    """The code of a country; None for a word that is no country's."""
    return _codes().get(fold_name(word))


_SMALL = frozenset({"and", "da", "of", "the"})


def country_name(code: str) -> str:
    """The usual English name of a country, as headings write it; a code that is no country's comes back as it is."""
    name = _names().get(code, (code,))[0]
    return " ".join(word if word in _SMALL or word.isupper() else word.capitalize() for word in name.split(" "))


def country_words() -> tuple[str, ...]:
    """Every word that ``country_code`` knows, for a hint on what was meant."""
    return tuple(_codes())
