"""Every question's figures in one record, and as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from classifiers.evaluation import role, scope, tech
from classifiers.evaluation.pay import PayScore, score_pay
from classifiers.evaluation.remote import RemoteScore, score_remote

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Figures a question."""

    remote: RemoteScore
    pay: PayScore
    tech: tech.TechScore
    role: role.RoleScore
    scope_accuracy: float
    """Postings whose remote scope is right, silence included (countries, states and regions)."""


def sheet_of(gold: Sequence[Line], predicted: Sequence[Line]) -> Sheet:
    """Figures of predicted lines beside gold lines of the same postings in the same order and under the same ids."""
    return Sheet(
        score_remote(gold, predicted),
        score_pay(gold, predicted),
        tech.score(gold, predicted),
        role.score(gold, predicted),
        scope.score(gold, predicted).accuracy,
    )


def sheet_as_json(sheet: Sheet) -> dict[str, Any]:
    """The figures as plain values, rounded to four digits."""
    return {name: _rounded(value) for name, value in asdict(sheet).items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return value
