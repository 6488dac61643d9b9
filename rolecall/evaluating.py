"""Labels of postings whose right labels are known, without letting a model be judged on what it learned from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from classifiers.classify import classify, versions
from classifiers.remote.models import CARD_FILE, Models, shipped_folder
from pipeline.lines import labels_to_json, posting_from_line

Line = Mapping[str, Any]


def predicted_lines(gold: Sequence[Line], models: Models, folds: int | None) -> list[dict[str, Any]]:
    """Output lines in order; with ``folds`` the remote verdict is by posting models fitted without the posting's company."""
    found = [
        {"id": line.get("id"), **labels_to_json(classify(posting_from_line(line).posting, models=models).labels)} for line in gold
    ]
    if folds is None:
        return found
    from classifiers.training.folds import cross_judged

    verdicts = cross_judged(gold, models.windows, folds)
    return [{**line, **asdict(verdict)} for line, verdict in zip(found, verdicts, strict=True)]


def was_seen(gold: Sequence[Line], folder: Path | None) -> bool:
    """Whether the models of a folder (default: the shipped ones) were fitted on these postings."""
    from classifiers.training.card import digest_of

    card = json.loads(((folder or shipped_folder()) / CARD_FILE).read_text(encoding="utf-8"))
    return bool(card.get("fitted_on", {}).get("labelled_postings_digest") == digest_of(gold))


def measured(gold: Sequence[Line], folds: int | None) -> dict[str, Any]:
    """What figures were taken on and of what, so that they can be told apart later."""
    from classifiers.training.card import digest_of

    return {"postings": len(gold), "labelled_postings_digest": digest_of(gold), "folds": folds, "versions": versions()}
