"""The posting model: a multinomial logistic regression over the named features, read from plain numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from classifiers.remote.vector import NAMES

FILE = "posting.json"


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


@cache
def posting_model() -> PostingModel:
    """The shipped weights.

    Raises:
        ValueError: the weights were fitted on other features than this version reads.
    """
    data = json.loads((files("classifiers") / "models" / "remote" / FILE).read_text(encoding="utf-8"))
    if tuple(data["names"]) != NAMES:
        raise ValueError(
            "the weights of the remote model belong to other features; fit them anew: python -m classifiers.training.remote"
        )
    pairs = (name.partition("|") for name in data["outcomes"])
    return PostingModel(
        tuple((left, right) for left, _, right in pairs),
        tuple(data["intercepts"]),
        tuple(tuple(line) for line in data["weights"]),
    )
