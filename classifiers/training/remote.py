"""Fit the models of the remote verdict: windows first, then whole postings over what the windows say.

The repository alone is enough: it holds clauses and postings written for this, and plans of more. Labelled postings (``gold``) and
unlabelled ones may be given besides; of those only figures are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifiers.matching import Matcher
from classifiers.reading import Reading, read
from classifiers.remote.anchors import terms
from classifiers.remote.features import witnesses
from classifiers.remote.models import Models
from classifiers.remote.posting_model import PostingModel
from classifiers.remote.rules import tally_of
from classifiers.remote.vector import row_of
from classifiers.remote.window_model import WindowModel
from classifiers.training import windows
from classifiers.training.composing import composed
from classifiers.training.corpus import Clause, clauses, postings
from pipeline.lines import posting_from_line

Line = Mapping[str, Any]

_STRENGTH = 1.0
"""Inverse of the penalty on weights (scikit-learn's C)."""
_CLAUSE_WEIGHT = 0.1
"""A clause by itself is a poorer posting than a whole one; weights of lessons are relative."""
_WRITTEN_WEIGHT = 0.3
_COMPOSED_WEIGHT = 0.6
"""A posting composed or written for this is another thing than a real one; the written ones are harder than real ones are."""
_PLAIN = {
    "first": "remote-first|remote",
    "remote": "remote-friendly|remote",
    "hybrid": "remote-friendly|hybrid",
    "onsite": "on-site|onsite",
    "silent": "on-site|unstated",
    "perk": "on-site|unstated",
    "temporary": "on-site|unstated",
    "benefit": "remote-friendly|unstated",
}
"""What a posting in a city is that says nothing but a clause of this label; other labels settle nothing by themselves."""
_WHEN_REMOTE = dict.fromkeys(("first", "async", "pay", "benefit"), "remote-first|remote")
"""What the clause makes of a posting whose place is "Remote"."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Features of postings, a row each, their outcomes (``class|arrangement``) and how much each counts."""

    rows: NDArray[np.float64]
    outcomes: tuple[str, ...]
    weights: NDArray[np.float64]

    def with_(self, other: Lessons) -> Lessons:
        """Both, one after the other."""
        return Lessons(
            np.vstack((self.rows, other.rows)), self.outcomes + other.outcomes, np.concatenate((self.weights, other.weights))
        )

    def at(self, places: Sequence[int]) -> Lessons:
        """Some of them."""
        return Lessons(self.rows[places], tuple(self.outcomes[at] for at in places), self.weights[places])


def fit_windows(matcher: Matcher, unlabelled: Iterable[Line] = ()) -> WindowModel:
    """The window model of the written clauses, and of windows that unlabelled postings are plain about."""
    taught = windows.lessons(matcher)
    weak = windows.weak_lessons(unlabelled, matcher, windows.fitted(taught))
    return windows.fitted(taught + weak) if weak else windows.fitted(taught)


def written_lessons(matcher: Matcher, model: WindowModel) -> Lessons:
    """Lessons of the repository: whole postings, and clauses as postings of their own."""
    whole = lessons_of(postings(), matcher, model, _WRITTEN_WEIGHT)
    whole = whole.with_(lessons_of(list(composed()), matcher, model, _COMPOSED_WEIGHT))
    pairs = [pair for clause in clauses() for pair in _as_postings(clause)]
    alone = lessons_of([line for line, _ in pairs], matcher, model, _CLAUSE_WEIGHT, [outcome for _, outcome in pairs])
    said = np.flatnonzero(alone.rows.any(axis=1))
    return whole.with_(alone.at(list(said)))


def _as_postings(clause: Clause) -> Iterable[tuple[Line, str]]:
    line = {"id": 0, "title": "Analyst", "description_text": clause.text}
    if clause.label in _PLAIN:
        yield {**line, "location": "Springfield"}, _PLAIN[clause.label]
    if clause.label in _WHEN_REMOTE:
        yield {**line, "location": "Remote"}, _WHEN_REMOTE[clause.label]


def lessons_of(
    lines: Sequence[Line], matcher: Matcher, model: WindowModel, weight: float, outcomes: Sequence[str] | None = None
) -> Lessons:
    """Lessons of labelled lines; outcomes from the lines' own labels unless given."""
    seen = [witnesses(reading, model) for reading in readings_of(lines, matcher)]
    rows = np.array([row_of(found, tally_of(found)) for found in seen])
    named = outcomes if outcomes is not None else [f"{line['remote_class']}|{line['arrangement']}" for line in lines]
    return Lessons(rows, tuple(named), np.full(len(lines), weight))


def readings_of(lines: Iterable[Line], matcher: Matcher) -> Iterable[Reading]:
    """The lines made ready to be understood."""
    return (read(posting_from_line(line).posting, matcher) for line in lines)


def fit_postings(taught: Lessons) -> PostingModel:
    """The posting model of lessons."""
    model = LogisticRegression(C=_STRENGTH, max_iter=5000)
    model.fit(taught.rows, taught.outcomes, sample_weight=taught.weights)
    pairs = (str(name).partition("|") for name in model.classes_)
    return PostingModel(
        tuple((left, right) for left, _, right in pairs),
        tuple(round(float(value), 6) for value in model.intercept_),
        tuple(tuple(round(float(value), 6) for value in row) for row in model.coef_),
    )


def train(gold: Sequence[Line] = (), unlabelled: Iterable[Line] = ()) -> Models:
    """Both models, from the repository and what is given besides."""
    matcher = Matcher(terms())
    companies = {str(line["company"]).casefold() for line in gold}  # windows of theirs would be known when folds are judged
    window_model = fit_windows(matcher, (line for line in unlabelled if str(line.get("company")).casefold() not in companies))
    taught = written_lessons(matcher, window_model)
    if gold:
        taught = taught.with_(lessons_of(gold, matcher, window_model, 1.0))
    return Models(window_model, fit_postings(taught))
