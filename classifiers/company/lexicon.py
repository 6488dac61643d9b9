"""The words on employers: ``classifiers/data/company/anchors.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from classifiers.matching import Term
from classifiers.phrases import spellings
from pipeline.folding import fold

LEXICON = "company"
PEOPLE = "people"
FILE = "anchors.toml"


def data() -> bytes:
    """The data file."""
    return (files("classifiers") / "data" / "company" / FILE).read_bytes()


@cache
def tables() -> Mapping[str, Any]:
    """The data file, read once."""
    return tomllib.loads(data().decode())


@cache
def terms() -> tuple[Term, ...]:
    """Anchors: a stage by its name, ``people``, and the nouns behind an industry."""
    found = [
        Term(LEXICON, spelling, stage)
        for stage, table in tables()["stage"].items()
        for phrase in table["phrases"]
        for spelling in spellings(phrase)
    ]
    found += [Term(LEXICON, fold(phrase).text, PEOPLE) for phrase in tables()["size"][PEOPLE]["phrases"]]
    return (
        *found,
        *(Term(LEXICON, fold(word).text, f"industry:{name}") for name, listed in industries().items() for word in listed),
    )


def industries() -> Mapping[str, list[str]]:
    """Words by industry."""
    found: Mapping[str, list[str]] = tables()["industry"]["words"]
    return found


@cache
def word(name: str) -> re.Pattern[str]:
    """An expression of the table ``clause``."""
    return re.compile(tables()["clause"][name])


@cache
def industry_nouns() -> re.Pattern[str]:
    """What follows an industry's word where an employer names its own: "fintech company"."""
    return re.compile(rf"^(?:[ /-][\w-]+){{0,2}}[ -]{tables()['clause']['company_nouns']}\b")
