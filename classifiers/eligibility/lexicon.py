"""The words on eligibility: anchors for the shared matching pass, and what is looked for in their clauses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from classifiers.matching import Term
from classifiers.phrases import spellings

LEXICON = "eligibility"
FILES = ("anchors.toml", "words.toml")


class Topic(StrEnum):
    """What an anchor's clause may speak of."""

    VISA = "visa"
    AUTHORISATION = "authorisation"
    CLEARANCE = "clearance"
    EXCLUDED = "excluded"
    HOURS = "hours"


def data_of(name: str) -> bytes:
    """A data file of this room."""
    return (files("classifiers") / "data" / "eligibility" / name).read_bytes()


@cache
def terms() -> tuple[Term, ...]:
    """Every spelling of every anchor; the key is the topic."""
    tables = tomllib.loads(data_of("anchors.toml").decode())
    return tuple(
        Term(LEXICON, spelling, topic.value)
        for topic in Topic
        for phrase in tables[topic.value]["phrases"]
        for spelling in spellings(phrase)
    )


@cache
def word(table: str, name: str) -> re.Pattern[str]:
    """An expression of ``words.toml``."""
    return re.compile(_words()[table][name])


@cache
def zones() -> Mapping[str, float]:
    """Hours from UTC by the folded name of a time zone."""
    return {name: float(offset) for name, offset in _words()["zones"].items()}


@cache
def numbers() -> Mapping[str, int]:
    """Numbers by their words."""
    found: Mapping[str, int] = _words()["numbers"]
    return found


@cache
def languages() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """An expression that finds every language's name, and each language's own."""
    own = {code: "|".join(names) for code, names in _words()["names"].items()}
    each = tuple((code, re.compile(rf"(?:{names})$")) for code, names in own.items())
    return re.compile(rf"\b(?:{'|'.join(own.values())})(?!\w)"), each


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(data_of("words.toml").decode())
