"""Fit the context model of the tech stack: ``python -m classifiers.training.tech [--out FOLDER]``.

It learns from the sentences of ``classifiers/corpus/tech/*.tsv``, which were written for it: each names the weak forms in it that
are technologies, and every other weak form of the sentence is none. Writes ``classifiers/models/tech/``; the same bits every time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, precision_recall_fscore_support
from sklearn.model_selection import GroupKFold, cross_val_predict

from classifiers.matching import Matcher
from classifiers.reading import read
from classifiers.tech.candidates import candidates
from classifiers.tech.features import NAMES, features
from classifiers.tech.lexicon import Strength, lexicon, terms
from classifiers.tech.zones import zones_of
from pipeline.lines import posting_from_line

_STRENGTH = 2.0
"""Inverse of the penalty on weights (scikit-learn's C)."""
_ENOUGH = 0.7
_FOLDS = 10
_CERTAIN = frozenset({Strength.STRONG, Strength.EXACT})


@dataclass(frozen=True, slots=True)
class Lesson:
    """A weak form in its surroundings."""

    sentence: int
    name: str
    features: Mapping[str, float]
    is_technology: bool


def corpus() -> Iterator[tuple[frozenset[str], str]]:
    """The technologies behind weak forms, and the text, of every sentence; ``\\n`` in the file stands for a line break."""
    for file in sorted((files("classifiers") / "corpus" / "tech").iterdir(), key=lambda f: f.name):
        for line in file.read_text(encoding="utf-8").splitlines():
            named, text = line.split("\t")
            yield frozenset(named.split("|")) - {""}, text.replace("\\n", "\n")


def lessons() -> Iterator[Lesson]:
    """Every weak form of the corpus beside settled neighbours, and beside weak ones also as not yet settled."""
    matcher = Matcher(terms())
    for number, (named, text) in enumerate(corpus()):
        reading = read(posting_from_line({"id": number, "title": "Worker", "description_text": text}).posting, matcher)
        passage = reading.description
        found, zones = candidates(passage, lexicon()), zones_of(passage, None)
        certain = {at for at, candidate in enumerate(found) if candidate.strength in _CERTAIN}
        settled = certain | {at for at, candidate in enumerate(found) if candidate.name in named}
        for at, candidate in enumerate(found):
            if at not in certain:
                early, late = (features(passage, found, at, taken - {at}, zones) for taken in (certain, settled))
                yield Lesson(number, candidate.name, late, candidate.name in named)
                if "beside_weak" in early:
                    yield Lesson(number, candidate.name, early, candidate.name in named)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, write weights and card, and print the card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=Path(str(files("classifiers") / "models" / "tech")))
    chosen = parser.parse_args(arguments)
    taught = list(lessons())
    rows = np.array([[lesson.features.get(name, 0.0) for name in NAMES] for lesson in taught])
    truth = np.array([lesson.is_technology for lesson in taught])
    card = card_of(taught, rows, truth)
    write(chosen.out, new_model().fit(rows, truth), card)
    print(json.dumps(card, indent=1))


def new_model() -> LogisticRegression:
    """The model, not yet fitted."""
    return LogisticRegression(C=_STRENGTH, max_iter=5000)


def card_of(taught: Sequence[Lesson], rows: NDArray[np.float64], truth: NDArray[np.bool_]) -> dict[str, Any]:
    """What was learnt from, and figures of cross-validation on folds that share no technology."""
    folds = GroupKFold(_FOLDS)
    groups = [lesson.name for lesson in taught]
    shares = cross_val_predict(new_model(), rows, truth, groups=groups, cv=folds, method="predict_proba")[:, 1]
    precision, recall, f1, _ = precision_recall_fscore_support(truth, shares >= _ENOUGH, average="binary")
    return {
        "what": "probability that a weak form of the technology lexicon is meant as a technology",
        "sentences": len({lesson.sentence for lesson in taught}),
        "forms": len(taught),
        "technologies": int(truth.sum()),
        "cross_validation": {
            "precision": round(float(precision), 3),
            "recall": round(float(recall), 3),
            "f1": round(float(f1), 3),
            "log_loss": round(float(log_loss(truth, shares)), 3),
        },
    }


def write(folder: Path, fitted: LogisticRegression, card: dict[str, Any]) -> None:
    """Weights as plain JSON and the card beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        "intercept": round(float(fitted.intercept_[0]), 4),
        "enough": _ENOUGH,
        "weights": {name: round(float(weight), 4) for name, weight in zip(NAMES, fitted.coef_[0], strict=True)},
    }
    (folder / "context.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
