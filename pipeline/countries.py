"""Countries as people write them on a command line: an ISO 3166 code or an English name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.folding import fold_name


@cache
def _codes() -> Mapping[str, str]:
    """Code by folded code and name (names: Unicode CLDR, see NOTICE)."""
    text = (files("pipeline") / "data" / "countries.tsv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        code, names = line.split("\t")
        found |= {fold_name(word): code for word in (code, *names.split("|"))}
    return found


def country_code(word: str) -> str | None:
    """The code of a country; None for a word that is no country's."""
    return _codes().get(fold_name(word))


def country_words() -> tuple[str, ...]:
    """Every word that ``country_code`` knows, for a hint on what was meant."""
    return tuple(_codes())
