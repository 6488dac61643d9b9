"""How often the remote scope is right: sets of countries, states of the US and Canada, and regions, against a gold set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from classifiers.places.names import comparable

_REMARK = re.compile(r"\s*\([^)]*\)$")


@dataclass(frozen=True, slots=True)
class ScopeMiss:
    """One posting whose scope is wrong."""

    id: Any
    gold: frozenset[str]
    predicted: frozenset[str]


@dataclass(frozen=True, slots=True)
class ScopeScore:
    """Over all rows, those without a scope included."""

    rows: int
    right: int
    """The same codes, or none in both."""
    stated: int
    """Rows whose gold names a place."""
    stated_right: int
    invented: int
    """Rows whose gold names none and whose prediction does."""
    misses: tuple[ScopeMiss, ...]

    @property
    def accuracy(self) -> float:
        """Share of rows that are right; 1.0 for no rows."""
        return self.right / self.rows if self.rows else 1.0


def codes_of(scope: Iterable[str] | None) -> frozenset[str]:
    """The codes of a scope that can be compared: cities and phrases of time zones are left out, "US (lower 48)" is US."""
    return frozenset(code for name in scope or () if (code := _REMARK.sub("", name)) in comparable())


def score(gold_rows: Iterable[Mapping[str, Any]], predicted_rows: Iterable[Mapping[str, Any]]) -> ScopeScore:
    """Compare ``remote_scope`` of predictions with gold, by ``id``; a row without a prediction counts as one without a scope."""
    predicted = {row.get("id"): codes_of(row.get("remote_scope")) for row in predicted_rows}
    pairs = [(row["id"], codes_of(row.get("remote_scope")), predicted.get(row["id"], frozenset())) for row in gold_rows]
    misses = tuple(ScopeMiss(id_, gold, ours) for id_, gold, ours in pairs if gold != ours)
    stated = [gold == ours for _, gold, ours in pairs if gold]
    invented = sum(1 for _, gold, ours in pairs if ours and not gold)
    return ScopeScore(len(pairs), len(pairs) - len(misses), len(stated), sum(stated), invented, misses)
