"""Names of places as codes: worldwide, ISO 3166 countries, states of the US and Canada (``US-WA``), regions as they are named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.folding import fold

FOLDER = "places"
FILE = "names.toml"
WORLDWIDE = "worldwide"
_HOURS_WITH = re.compile(r"\boverlap\w*( \w+){0,3} (with|to|of)( the)? $")
_STATE_LIST = re.compile(r"\b[A-Z]{2}(?:(?:, ?(?:or |and )?| or | and )[A-Z]{2})+\b")


@dataclass(frozen=True, slots=True)
class Names:
    """The table of names."""

    codes: Mapping[str, str]
    """By folded name."""
    pattern: re.Pattern[str]
    """Finds every name, the longest first."""
    states: frozenset[str]
    vague: frozenset[str]
    """Words that mean a place only where they stand alone ("global")."""


@cache
def names() -> Names:
    """The table, read once."""
    data: dict[str, Any] = tomllib.loads((files("classifiers") / "data" / FOLDER / FILE).read_text(encoding="utf-8"))
    codes: dict[str, str] = {}
    for table in ("regions", "countries", "states"):
        for code, listed in data[table].items():
            for name in listed:
                codes.setdefault(fold(name).text, code)
    for word in data["worldwide"]["words"]:
        codes.setdefault(fold(word).text, WORLDWIDE)
    spelled = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True))
    vague = frozenset(fold(word).text for word in data["worldwide"]["vague"])
    return Names(codes, re.compile(rf"(?<![\w&])(?:{spelled})(?![\w&])"), frozenset(data["states"]), vague)


def codes_in(text: str, is_sentence: bool = False) -> tuple[str, ...]:
    """Codes of the places named in a text, each once; a country is left out where states of it are named.

    "Overlap with Ireland" names hours, not a place to live in. In a sentence "global" speaks of the company.
    """
    table = names()
    folded = fold(text).text
    matches = [m for m in table.pattern.finditer(folded) if not _HOURS_WITH.search(folded, 0, m.start())]
    found = [table.codes[m.group()] for m in matches if not (is_sentence and m.group() in table.vague)]
    for match in _STATE_LIST.finditer(text):
        found += [code for code in (f"US-{letters}" for letters in re.findall(r"[A-Z]{2}", match.group())) if code in table.states]
    return _narrowed(dict.fromkeys(found))


def is_only_names(text: str) -> bool:
    """Whether a text holds names of places and no other word."""
    return not any(c.isalpha() for c in names().pattern.sub("", fold(text).text))


def _narrowed(codes: Iterable[str]) -> tuple[str, ...]:
    listed = list(codes)
    narrow = {code.partition("-")[0] for code in listed if re.fullmatch(r"[A-Z]{2}-[A-Z]{2}", code)}
    others = [code for code in listed if code != WORLDWIDE]
    return tuple(code for code in (others or listed) if code not in narrow)


def comparable() -> frozenset[str]:
    """Every code that a scope may hold apart from phrases of time zones."""
    return frozenset(code for code in names().codes.values() if "time zone" not in code)
