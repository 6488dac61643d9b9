"""Figures of the remote verdict: class, arrangement, office days, calibration, evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifiers.evaluation.figures import Bin, Score, calibration_error, interval, reliability, score, share
from pipeline.folding import fold
from pipeline.vocabulary import Arrangement, RemoteClass

CLASSES = tuple(name.value for name in RemoteClass)
CALIBRATION_BINS = 5
_RESAMPLES = 1000
_SHARED_WORDS = 3
"""Words that a quote has to share with a gold quote to be counted as the same evidence."""

Line = Mapping[str, Any]
Pair = tuple[Line, Line]
"""Gold line and predicted line of a posting."""


@dataclass(frozen=True, slots=True)
class RemoteScore:
    """All shares 0 to 1; intervals hold 95 %."""

    postings: int
    per_class: Mapping[str, Score]
    macro_f1: float
    macro_f1_interval: tuple[float, float]
    accuracy: float
    accuracy_interval: tuple[float, float]
    arrangement_accuracy: float
    arrangement_interval: tuple[float, float]
    office_days_accuracy: float
    """Over postings where gold or prediction states days."""
    calibration_error: float
    reliability: tuple[Bin, ...]
    confusion: Mapping[str, Mapping[str, int]]
    """Gold class, then predicted class."""
    evidence_share: float
    """Of labels that are not silence, those with a quote that shares words with a gold quote."""


def score_remote(gold: Sequence[Line], predicted: Sequence[Line]) -> RemoteScore:
    """Figures of predicted lines beside gold lines of the same postings in the same order.

    Raises:
        ValueError: another number of lines.
    """
    pairs = list(zip(gold, predicted, strict=True))
    hits = [g["remote_class"] == p["remote_class"] for g, p in pairs]
    bins = reliability([max(p["remote_probability"].values()) for p in predicted], hits, CALIBRATION_BINS)
    with_days = [(g, p) for g, p in pairs if g["office_days"] is not None or p["office_days"] is not None]
    stated = [(g, p) for g, p in pairs if g["evidence"] and not _is_silence(p)]
    return RemoteScore(
        postings=len(pairs),
        per_class=per_class(pairs),
        macro_f1=macro_f1(pairs),
        macro_f1_interval=interval(pairs, macro_f1, _RESAMPLES),
        accuracy=_agreement(pairs, "remote_class"),
        accuracy_interval=interval(pairs, lambda drawn: _agreement(drawn, "remote_class"), _RESAMPLES),
        arrangement_accuracy=_agreement(pairs, "arrangement"),
        arrangement_interval=interval(pairs, lambda drawn: _agreement(drawn, "arrangement"), _RESAMPLES),
        office_days_accuracy=_agreement(with_days, "office_days"),
        calibration_error=calibration_error(bins),
        reliability=bins,
        confusion=_confusion(pairs),
        evidence_share=share(sum(_same_evidence(g, p) for g, p in stated), len(stated)),
    )


def per_class(pairs: Sequence[Pair]) -> Mapping[str, Score]:
    """Precision, recall and F1 of every class."""
    counts = Counter((g["remote_class"], p["remote_class"]) for g, p in pairs)
    found = {}
    for name in CLASSES:
        hits = counts[name, name]
        wrong = sum(count for (_, guess), count in counts.items() if guess == name) - hits
        found[name] = score(hits, wrong, sum(count for (truth, _), count in counts.items() if truth == name) - hits)
    return found


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Mean F1 of the three classes."""
    return sum(found.f1 for found in per_class(pairs).values()) / len(CLASSES)


def _agreement(pairs: Sequence[Pair], key: str) -> float:
    return share(sum(g[key] == p[key] for g, p in pairs), len(pairs))


def _is_silence(predicted: Line) -> bool:
    """The default, which needs no quote; a benefit alone is none, though its arrangement is unstated too."""
    return (predicted["remote_class"], predicted["arrangement"]) == (RemoteClass.ON_SITE, Arrangement.UNSTATED)


def _confusion(pairs: Sequence[Pair]) -> Mapping[str, Mapping[str, int]]:
    counts = Counter((g["remote_class"], p["remote_class"]) for g, p in pairs)
    return {truth: {guess: counts[truth, guess] for guess in CLASSES} for truth in CLASSES}


def _same_evidence(gold: Line, predicted: Line) -> bool:
    quotes = [_words(found["quote"]) for found in predicted["evidence"]]
    return any(_share_words(_words(quote), found) for quote in gold["evidence"] for found in quotes)


def _share_words(left: frozenset[str], right: frozenset[str]) -> bool:
    """Three words in common, or all of a shorter quote."""
    return bool(left and right) and len(left & right) >= min(_SHARED_WORDS, len(left), len(right))


def _words(quote: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(quote).text))
