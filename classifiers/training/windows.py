"""Fit the window model: clauses of the written corpus, and besides windows of unlabelled postings that rules are sure of.

Only names of features that the written corpus holds become weights, so that no word of other people's postings is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from classifiers.matching import Matcher
from classifiers.reading import Passage, read
from classifiers.remote.anchors import Anchor
from classifiers.remote.features import witnesses
from classifiers.remote.meaning import Meaning
from classifiers.remote.rules import arrangement_of, class_of, tally_of
from classifiers.remote.window_model import WindowModel
from classifiers.remote.windows import anchored
from classifiers.training.corpus import clauses
from pipeline.lines import posting_from_line
from pipeline.vocabulary import Arrangement, RemoteClass

_STRENGTH = 1.0
"""Inverse of the penalty on weights (scikit-learn's C)."""
_WEAK_WEIGHT = 0.15
"""A window that rules labelled teaches less than one that a person did."""
_MOST_WEAK = 1500
"""Windows a label that unlabelled postings may give."""
_LEAST_WEIGHT = 0.02
"""Smaller weights are left out of the file."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The wording of a window, its label, how much it counts and the corpus line it comes from."""

    wording: frozenset[str]
    label: str
    weight: float
    line: int


def lessons(matcher: Matcher) -> list[Lesson]:
    """Windows of the written corpus, each with the label of its clause."""
    found = []
    for number, clause in enumerate(clauses()):
        posting = posting_from_line({"id": 0, "title": "Analyst", "description_text": clause.text}).posting
        found += [Lesson(wording, clause.label, 1.0, number) for wording in wordings(read(posting, matcher).description)]
    return found


def wordings(passage: Passage) -> Iterator[frozenset[str]]:
    """Wording of each window of a passage."""
    for spot in anchored(passage):
        if spot.anchor is not Anchor.FLEXIBLE:
            yield frozenset(spot.wording)


def weak_lessons(lines: Iterable[Mapping[str, Any]], matcher: Matcher, model: WindowModel) -> list[Lesson]:
    """Windows of postings whose label is plain from the rest of the posting, read with a model of written lessons only."""
    found: list[Lesson] = []
    counts: Counter[str] = Counter()
    for line in lines:
        reading = read(posting_from_line(line).posting, matcher)
        seen = witnesses(reading, model)
        tally = tally_of(seen)
        arrangement = arrangement_of(tally)
        for spot in anchored(reading.description):
            label = _weak_label(spot.anchor, spot.by_rule, arrangement, class_of(tally, arrangement))
            if label is not None and spot.anchor is not Anchor.FLEXIBLE and counts[label] < _MOST_WEAK:
                counts[label] += 1
                found.append(Lesson(frozenset(spot.wording), label, _WEAK_WEIGHT, -1))
    return found


def _weak_label(anchor: Anchor, meaning: Meaning, arrangement: Arrangement, remote_class: RemoteClass) -> str | None:
    """The label of a window whose posting the rules read so; None where that settles nothing."""
    if arrangement is Arrangement.UNSTATED and remote_class is RemoteClass.ON_SITE:
        return "silent" if meaning is Meaning.NOTHING else None
    if arrangement is Arrangement.ONSITE:
        return {Meaning.OFFICE: "onsite", Meaning.REFUSED: "onsite"}.get(meaning)
    if arrangement is Arrangement.HYBRID:
        return "hybrid" if meaning is Meaning.PART else None
    if remote_class is RemoteClass.REMOTE_FIRST and meaning is Meaning.FIRST:
        return "first"
    return "remote" if meaning is Meaning.FULL else None


def agreement_over_folds(taught: list[Lesson], folds: int = 5) -> float:
    """Share of written windows whose label a model names that never saw their clause."""
    written = [lesson for lesson in taught if lesson.line >= 0]
    hits = 0
    for fold in range(folds):
        model = fitted([lesson for lesson in written if lesson.line % folds != fold])
        for lesson in written:
            if lesson.line % folds == fold:
                shares = model.shares(sorted(lesson.wording))
                hits += max(shares, key=lambda name: shares[name]) == lesson.label
    return hits / len(written)


def fitted(taught: list[Lesson]) -> WindowModel:
    """Weights from lessons; features are those of the written ones."""
    names = sorted({name for lesson in taught if lesson.line >= 0 for name in lesson.wording})
    at = {name: number for number, name in enumerate(names)}
    rows = [sorted(at[name] for name in lesson.wording if name in at) for lesson in taught]
    pointers = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row])
    matrix = csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(rows), len(names)))
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(matrix, [lesson.label for lesson in taught], sample_weight=[lesson.weight for lesson in taught])
    weights = np.round(model.coef_.T, 3)
    kept = np.abs(weights).max(axis=1) >= _LEAST_WEIGHT
    return WindowModel(
        tuple(str(label) for label in model.classes_),
        tuple(round(float(value), 4) for value in model.intercept_),
        {name: tuple(float(value) for value in weights[number]) for name, number in at.items() if kept[number]},
    )
