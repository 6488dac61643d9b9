"""The anchor phrases, as terms for the shared matching pass."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from classifiers.matching import Term
from classifiers.phrases import spellings

LEXICON = "remote"
FILES = ("anchors_en.toml", "anchors_signals.toml", "anchors_languages.toml", "anchors_clues.toml")


class Anchor(StrEnum):
    """What an anchor phrase says of the place of work when nothing in its clause takes it back."""

    FULL = "full"
    MENTION = "mention"
    PART = "part"
    OFFICE = "office"
    DESK = "desk"
    """An office is named; it is required only where the clause says when one comes there."""
    FIRST = "first"
    SPREAD = "spread"
    ASYNC = "async"
    PAY = "pay"
    BENEFIT = "benefit"
    GATHERING = "gathering"
    ELSEWHERE = "elsewhere"
    FLEXIBLE = "flexible"
    CLUE = "clue"
    """Means nothing by rule; the window model may give it a meaning."""


@cache
def terms() -> tuple[Term, ...]:
    """Every spelling of every anchor; the key is the kind. A phrase in two tables keeps the kind that is listed first."""
    found: dict[str, Term] = {}
    for name in FILES:
        data = tomllib.loads((files("classifiers") / "data" / "remote" / name).read_text(encoding="utf-8"))
        for kind in Anchor:
            for phrase in data.get(kind.value, {}).get("phrases", ()):
                for spelling in spellings(phrase):
                    found.setdefault(spelling, Term(LEXICON, spelling, kind.value))
    return tuple(found.values())
