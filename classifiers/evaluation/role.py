"""Scores of level and role family: the share of postings that have the right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from classifiers.evaluation.figures import share

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RoleScore:
    """Shares between 0 and 1 of all gold postings; 0 where there are none."""

    postings: int
    level_accuracy: float
    role_accuracy: float


def score(gold_rows: Iterable[Row], predicted_rows: Iterable[Row]) -> RoleScore:
    """Compare ``level`` and ``role_family`` of gold and predicted rows by ``id``; no prediction is a wrong one."""
    predicted = {row.get("id"): row for row in predicted_rows}
    pairs = [(row, predicted.get(row.get("id"), {})) for row in gold_rows]
    return RoleScore(len(pairs), _accuracy(pairs, "level"), _accuracy(pairs, "role_family"))


def _accuracy(pairs: list[tuple[Row, Row]], key: str) -> float:
    return share(sum(gold[key] == found.get(key) for gold, found in pairs), len(pairs))
