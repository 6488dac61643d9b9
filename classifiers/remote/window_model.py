"""The window model: a multinomial logistic regression over the words of a window, read from plain numbers.

The rules give a window its meaning; where the model is sure of another, the model is believed. It alone gives clues a meaning.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from classifiers.remote.meaning import Meaning
from classifiers.remote.weighing import features_of, threshold


@dataclass(frozen=True, slots=True)
class WindowModel:
    """Weights by feature name, one number a label."""

    labels: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def shares(self, wording: Iterable[str]) -> Mapping[str, float]:
        """Probability of every label; sums to 1."""
        known = [line for line in map(self.weights.get, dict.fromkeys(wording)) if line is not None]
        scores = [sum(column) for column in zip(self.intercepts, *known, strict=True)]
        top = max(scores)
        raised = [math.exp(score - top) for score in scores]
        whole = sum(raised)
        return {label: value / whole for label, value in zip(self.labels, raised, strict=True)}


def overruled(meaning: Meaning, shares: Mapping[str, float]) -> Meaning:
    """The meaning by rule, unless the model is sure of a label that this meaning is no case of: then that label's own meaning."""
    label = max(shares, key=lambda name: shares[name])
    cases = features_of("labels")[label]
    needed = threshold("sure_of_clue") if meaning is Meaning.NOTHING else threshold("sure")
    return Meaning(cases[0]) if shares[label] >= needed and meaning.value not in cases else meaning
