"""The model card: on what the models of the remote verdict were fitted, and what came of it, as plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from classifiers.evaluation.remote import score_remote
from classifiers.matching import Matcher
from classifiers.remote.anchors import terms
from classifiers.remote.models import Models
from classifiers.training.composing import POSTINGS
from classifiers.training.corpus import clauses, postings
from classifiers.training.folds import FOLDS, cross_judged
from classifiers.training.remote import Line
from classifiers.training.windows import agreement_over_folds, lessons


def card_of(models: Models, gold: Sequence[Line], unlabelled: int) -> dict[str, Any]:
    """What the models learned from, their size, and figures of folds by company where labelled postings were given."""
    card: dict[str, Any] = {
        "fitted_on": {
            "written_clauses": len(clauses()),
            "written_postings": len(postings()),
            "composed_postings": POSTINGS,
            "labelled_postings": len(gold),
            "labelled_postings_digest": digest_of(gold) if gold else None,
            "unlabelled_postings": unlabelled,
        },
        "window_labels_right_over_folds_of_clauses": round(agreement_over_folds(lessons(Matcher(terms()))), 3),
        "features": {"window": len(models.windows.weights), "posting": len(models.postings.weights[0])},
    }
    if gold:
        found = score_remote(gold, [asdict(verdict) for verdict in cross_judged(gold, models.windows)])
        card["folds_by_company"] = {
            "folds": FOLDS,
            "f1": {name: round(figure.f1, 3) for name, figure in found.per_class.items()},
            "macro_f1": round(found.macro_f1, 3),
            "arrangement_accuracy": round(found.arrangement_accuracy, 3),
            "calibration_error": round(found.calibration_error, 3),
        }
    return card


def digest_of(gold: Sequence[Line]) -> str:
    """Which labelled postings these are: a digest of their ids, whatever their order."""
    names = sorted(str(line.get("id")) for line in gold)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
