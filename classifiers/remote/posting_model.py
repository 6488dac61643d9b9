"""The posting model: a multinomial logistic regression over the named features of a posting."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostingModel:
    """Weights: one row an outcome, one column a feature of ``vector.NAMES``."""

    outcomes: tuple[tuple[str, str], ...]
    """Class and arrangement."""
    intercepts: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]

    def shares(self, row: Sequence[float]) -> Mapping[tuple[str, str], float]:
        """Probability of every outcome; sums to 1."""
        seen = [(at, value) for at, value in enumerate(row) if value]
        scores = [
            start + sum(line[at] * value for at, value in seen) for start, line in zip(self.intercepts, self.weights, strict=True)
        ]
        top = max(scores)
        raised = [math.exp(score - top) for score in scores]
        whole = sum(raised)
        return {outcome: value / whole for outcome, value in zip(self.outcomes, raised, strict=True)}
