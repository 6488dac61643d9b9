"""The anchor phrases, as terms for the shared matching pass."""

from __future__ import annotations

import itertools
import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from classifiers.matching import Term
from pipeline.folding import fold

LEXICON = "remote"
FILES = ("anchors_en.toml", "anchors_signals.toml", "anchors_languages.toml")
_PART = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)|~")


class Anchor(StrEnum):
    """What an anchor phrase says of the place of work when nothing in its clause takes it back."""

    FULL = "full"
    MENTION = "mention"
    PART = "part"
    OFFICE = "office"
    FIRST = "first"
    SPREAD = "spread"
    ASYNC = "async"
    PAY = "pay"
    BENEFIT = "benefit"
    GATHERING = "gathering"
    ELSEWHERE = "elsewhere"
    FLEXIBLE = "flexible"


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
    pieces: list[tuple[str, ...]] = []
    done = 0
    for match in _PART.finditer(phrase):
        pieces.append((phrase[done : match.start()],))
        pieces.append((" ", "-", "") if match.group() == "~" else tuple(match.group(1).split("|")))
        done = match.end()
    pieces.append((phrase[done:],))
    made = (" ".join(fold("".join(choice)).text.split()) for choice in itertools.product(*pieces))
    return tuple(dict.fromkeys(made))
