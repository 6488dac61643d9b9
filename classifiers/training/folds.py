"""Verdicts on labelled postings by models that never saw a posting of the same company."""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.model_selection import GroupKFold

from classifiers.matching import Matcher
from classifiers.remote.anchors import terms
from classifiers.remote.judge import judge
from classifiers.remote.models import Models
from classifiers.remote.window_model import WindowModel
from classifiers.training.remote import Line, fit_postings, lessons_of, readings_of, written_lessons
from pipeline.labels import RemoteVerdict

FOLDS = 10


def cross_judged(gold: Sequence[Line], window_model: WindowModel, folds: int = FOLDS) -> list[RemoteVerdict]:
    """A verdict a line, in order; the window model must not have seen the lines."""
    matcher = Matcher(terms())
    written = written_lessons(matcher, window_model)
    own = lessons_of(gold, matcher, window_model, 1.0)
    readings = list(readings_of(gold, matcher))
    groups = [line["company"] for line in gold]
    found: dict[int, RemoteVerdict] = {}
    for taught, asked in GroupKFold(min(folds, len(set(groups)))).split(own.rows, groups=groups):
        models = Models(window_model, fit_postings(written.with_(own.at(taught.tolist()))))
        found |= {at: judge(readings[at], models) for at in asked.tolist()}
    return [found[at] for at in range(len(gold))]
