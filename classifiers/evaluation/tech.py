"""Scores of the tech stack: which technologies were found, over all postings together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from classifiers.evaluation import figures
from classifiers.tech.lexicon import entries, forms, pattern_of

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TechScore:
    """Micro-averaged figures between 0 and 1; a share of nothing is 0."""

    postings: int
    precision: float
    recall: float
    f1: float
    weak_found: int
    """How many finds are of technologies whose own name is an ordinary word or a company's (Go, R, Spark)."""
    weak_precision: float


def score(gold_rows: Iterable[Row], predicted_rows: Iterable[Row]) -> TechScore:
    """Compare the ``tech_stack`` of gold and predicted rows by ``id``; a posting without a prediction has found nothing.

    Names are compared as the lexicon's canonical names, so that "Postgres" and "PostgreSQL" are one.
    """
    predicted = {row.get("id"): stack_of(row) for row in predicted_rows}
    pairs = [(stack_of(row), predicted.get(row.get("id"), frozenset())) for row in gold_rows]
    right = sum(len(gold & found) for gold, found in pairs)
    asked = sum(len(gold) for gold, _ in pairs)
    given = sum(len(found) for _, found in pairs)
    weak = sum(len(found & weak_names()) for _, found in pairs)
    weak_right = sum(len(gold & found & weak_names()) for gold, found in pairs)
    found = figures.score(right, given - right, asked - right)
    return TechScore(len(pairs), found.precision, found.recall, found.f1, weak, figures.share(weak_right, weak))


def stack_of(row: Row) -> frozenset[str]:
    """The canonical names of a row, whose stack lists names or objects with a ``name``."""
    names = (item if isinstance(item, str) else item["name"] for item in row.get("tech_stack") or ())
    return frozenset(canonical(name) for name in names)


def canonical(name: str) -> str:
    """The lexicon's name for a technology; a name it does not know stays, folded."""
    if name in entries():
        return name
    pattern = pattern_of(name)
    known = forms().get(pattern)
    return known.name if known is not None else pattern


@cache
def weak_names() -> frozenset[str]:
    """Technologies with a form that needs context because it is an ordinary word or a name."""
    return frozenset(name for name, entry in entries().items() if entry.weak)
