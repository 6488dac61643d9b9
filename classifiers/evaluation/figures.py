"""The arithmetic of evaluation: precision, recall, F1, calibration, bootstrap intervals."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")
_SEED = 20261101
_TAIL = 0.025
"""Share of resamples left out at either end of an interval."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each 0 to 1; ``support`` is the number of gold items."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of like confidence: mean confidence, share that were right, how many."""

    confidence: float
    accuracy: float
    count: int


def score(hits: int, wrong: int, missed: int) -> Score:
    """From counts: right ones, ones that should not be there, ones that are not there."""
    precision = hits / (hits + wrong) if hits + wrong else 0.0
    recall = hits / (hits + missed) if hits + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, hits + missed)


def share(count: int, whole: int) -> float:
    """A share that is 0 where there is nothing to share."""
    return count / whole if whole else 0.0


def reliability(confidences: Sequence[float], hits: Sequence[bool], bins: int) -> tuple[Bin, ...]:
    """Bins of equal mass, least confident first; empty where there is nothing."""
    order = sorted(range(len(confidences)), key=lambda at: confidences[at])
    edges = [round(len(order) * number / bins) for number in range(bins + 1)]
    parts = [order[first:last] for first, last in pairwise(edges) if last > first]
    return tuple(
        Bin(sum(confidences[at] for at in part) / len(part), sum(hits[at] for at in part) / len(part), len(part)) for part in parts
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean gap between confidence and accuracy, each bin by its mass."""
    gaps = sum(abs(found.confidence - found.accuracy) * found.count for found in bins)
    return gaps / max(1, sum(found.count for found in bins))


def interval(items: Sequence[T], figure: Callable[[Sequence[T]], float], resamples: int) -> tuple[float, float]:
    """The 95 % bootstrap interval of a figure over items; the same on every run."""
    chance = random.Random(_SEED)  # noqa: S311  resampling, nothing secret
    found = sorted(figure(chance.choices(items, k=len(items))) for _ in range(resamples))
    return found[int(_TAIL * resamples)], found[min(resamples - 1, int((1 - _TAIL) * resamples))]
