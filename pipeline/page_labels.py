"""What a page made for people says of a job in short texts: labels with values, and short texts that speak for themselves.

The words are data (``data/page_labels.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.countries import country_code
from pipeline.folding import fold_name

PERSONAL = "personal"
"""The fact that is never kept: a person."""
_LONGEST_LABEL = 40
_LONGEST_PLACE = 90
_PARTS = re.compile(r"\s*(?:[,;|/()•·–—]|\s-\s)\s*")
_REGION = re.compile(r"\b[A-Z][\w.' -]{1,40}, ?[A-Z]{2}\b(?!\w)")
"""``Austin, TX``."""
_MARKS = " :*#.-–—\u00a0"


@dataclass(frozen=True, slots=True)
class PageLabels:
    """The words of the data file, folded, each by what it names."""

    labels: Mapping[str, str]
    prefixes: Mapping[str, str]
    hints: Mapping[str, str]
    place_words: frozenset[str]
    workplace_words: frozenset[str]
    employment_words: frozenset[str]


@cache
def page_labels() -> PageLabels:
    """The words, read once."""
    rows = tomllib.loads((files("pipeline") / "data" / "page_labels.toml").read_text(encoding="utf-8"))
    return PageLabels(
        labels=_by_word(rows["labels"]),
        prefixes=_by_word(rows["prefixes"]),
        hints=_by_word(rows["hints"]),
        place_words=frozenset(map(fold_name, rows["place"]["words"])),
        workplace_words=frozenset(map(fold_name, rows["work"]["workplace"])),
        employment_words=frozenset(map(fold_name, rows["work"]["employment"])),
    )


def fact_of(label: str) -> str | None:
    """What a label names: ``place`` for "Ubicación:"; None for one that is not known."""
    text = label.strip(_MARKS)
    return page_labels().labels.get(fold_name(text)) if 0 < len(text) <= _LONGEST_LABEL else None


def fact_of_hint(class_name: str) -> str | None:
    """What a part of a class name says that an element holds: ``place`` for "job-location"."""
    parts = re.split(r"[-_\s]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", class_name))
    return next((found for part in reversed(parts) if (found := page_labels().hints.get(fold_name(part)))), None)


def label_and_value(text: str) -> tuple[str, str] | None:
    """A line that holds a known label and its value: "Location: Berlin", "Posted 02-Nov-2026", "Ref #4711."; else None."""
    label, colon, value = text.partition(":")
    if colon and value.strip() and fact_of(label):
        return label.strip(), value.strip()
    words = text.split()
    for count in (2, 1):
        head, rest = " ".join(words[:count]), " ".join(words[count:]).strip(_MARKS)
        if rest and any(char.isdigit() for char in rest) and fold_name(head.strip(_MARKS)) in page_labels().prefixes:
            return head, rest
    return None


def is_place(text: str) -> bool:
    """Whether a short text names a place: a country, "Austin, TX", a word such as "Remote" or "EMEA"."""
    if not 1 < len(text) <= _LONGEST_PLACE:
        return False
    if _REGION.search(text):
        return True
    known = page_labels().place_words
    parts = [part for part in _PARTS.split(text.strip(" .")) if part]
    return any(fold_name(part) in known or (len(part) > 2 and country_code(part) is not None) for part in parts)


def is_workplace(text: str) -> bool:
    """Whether a short text is an arrangement: "Hybrid"."""
    return fold_name(text.strip(_MARKS)) in page_labels().workplace_words


def is_employment(text: str) -> bool:
    """Whether a short text is a kind of contract: "Full-time"."""
    return fold_name(text.strip(_MARKS)) in page_labels().employment_words


def _by_word(rows: Mapping[str, Any]) -> dict[str, str]:
    return {fold_name(word): fact for fact, words in rows.items() for word in words}
