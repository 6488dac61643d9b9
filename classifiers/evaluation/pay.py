"""Figures of the pay bands: which bands were found, over all postings together, and what was made of those that were."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.evaluation.figures import Score, score, share
from pipeline.folding import fold

Line = Mapping[str, Any]
_KEY = tuple[float | None, float | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class PayScore:
    """All shares 0 to 1."""

    bands: Score
    """A band counts where min, max, currency and period are all right."""
    presence_accuracy: float
    """Of postings: bands were found where there are any, none where there are none."""
    kind_accuracy: float
    """Of the bands that were found rightly."""
    zone_accuracy: float
    """Of the bands that were found rightly: no zone where there is none, else one that shares a word with the gold's."""
    equity_accuracy: float


def score_pay(gold: Sequence[Line], predicted: Sequence[Line]) -> PayScore:
    """Figures of predicted lines beside gold lines of the same postings in the same order.

    Raises:
        ValueError: another number of lines.
    """
    hits = wrong = missed = present = kinds = zones = equity = 0
    for truth, guess in zip(gold, predicted, strict=True):
        there, found = _bands(truth), _bands(guess)
        both = there.keys() & found.keys()
        hits, wrong, missed = hits + len(both), wrong + len(found) - len(both), missed + len(there) - len(both)
        present += bool(there) == bool(found)
        kinds += sum(there[key]["kind"] == found[key]["kind"] for key in both)
        zones += sum(_same_zone(there[key]["zone"], found[key]["zone"]) for key in both)
        equity += truth.get("equity") == guess.get("equity")
    return PayScore(
        score(hits, wrong, missed), share(present, len(gold)), share(kinds, hits), share(zones, hits), share(equity, len(gold))
    )


def _bands(line: Line) -> dict[_KEY, Line]:
    return {(_number(b["min"]), _number(b["max"]), b["currency"], b["period"]): b for b in line.get("pay_bands") or []}


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), 2)


def _same_zone(truth: str | None, guess: str | None) -> bool:
    if not truth or not guess:
        return not truth and not guess
    return bool(_words(truth) & _words(guess))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text).text))
