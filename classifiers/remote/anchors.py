"""The anchor phrases, as terms for the shared matching pass."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from classifiers.matching import Term
from pipeline.folding import fold

LEXICON = "remote"
FILES = ("anchors_en.toml", "anchors_signals.toml", "anchors_languages.toml", "anchors_clues.toml")
_PART = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)|~")
"""A group of alternatives, or a tilde."""


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


def spellings(phrase: str) -> tuple[str, ...]:
    """All folded spellings of a phrase: ``on~site (work|)`` gives "on site work", "on-site", ..."""
    made = [phrase]
    while any(_PART.search(text) for text in made):
        made = [wider for text in made for wider in _widened(text)]
    return tuple(dict.fromkeys(" ".join(fold(text).text.split()) for text in made))


def _widened(text: str) -> list[str]:
    """A text with its first group or tilde spelled out in every way."""
    match = _PART.search(text)
    if match is None:
        return [text]
    choices = (" ", "-", "") if match.group() == "~" else match.group(1).split("|")
    return [f"{text[: match.start()]}{choice}{text[match.end() :]}" for choice in choices]
