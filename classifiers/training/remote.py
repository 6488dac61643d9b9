"""Fit the posting model of the remote verdict: ``python -m classifiers.training.remote [--gold FILE]``.

From the repository alone it learns from the clauses of ``classifiers/corpus/remote/windows.tsv``, each as a posting of its own. A
gold file of labelled postings may be given besides: only figures come out of it. Writes ``classifiers/models/remote/``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from classifiers.matching import Matcher
from classifiers.reading import read
from classifiers.remote.anchors import terms
from classifiers.remote.features import witnesses
from classifiers.remote.rules import tally_of
from classifiers.remote.vector import NAMES, row_of
from pipeline.lines import posting_from_line

_STRENGTH = 1.0
"""Inverse of the penalty on weights (scikit-learn's C)."""
_PRACTICE_WEIGHT = 0.2
"""A clause by itself is a poorer posting than a real one."""
_FOLDS = 10
_OUTCOMES = {
    "first": "remote-first|remote",
    "remote": "remote-friendly|remote",
    "hybrid": "remote-friendly|hybrid",
    "onsite": "on-site|onsite",
    "silent": "on-site|unstated",
    "perk": "on-site|unstated",
    "temporary": "on-site|unstated",
    "benefit": "remote-friendly|unstated",
}
"""What a posting is that says nothing but a clause of this label; signals 2 and 3 say nothing of the arrangement by themselves."""
_PAIRED = {"first": "first", "async": "first", "pay": "first", "benefit": "first"}
_REMOTE_LOCATION = "Remote"


def corpus() -> Iterator[tuple[str, str, str]]:
    """Label, language and text of every clause of the corpus."""
    text = (files("classifiers") / "corpus" / "remote" / "windows.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        label, language, clause = line.split("\t")
        yield label, language, clause


def practice_postings() -> Iterator[tuple[dict[str, Any], str]]:
    """Each clause as a posting in a city; signals also as a remote posting, which they make remote-first."""
    for label, _, clause in corpus():
        if label in _OUTCOMES:
            yield {"id": 0, "title": "Analyst", "location": "Springfield", "description_text": clause}, _OUTCOMES[label]
        if label in _PAIRED:
            line = {"id": 0, "title": "Analyst", "location": _REMOTE_LOCATION, "description_text": clause}
            yield line, _OUTCOMES[_PAIRED[label]]


def rows(lines: Iterable[dict[str, Any]], matcher: Matcher) -> NDArray[np.float64]:
    """Features, a row a posting."""
    seen = [witnesses(read(posting_from_line(line).posting, matcher)) for line in lines]
    return np.array([row_of(found, tally_of(found)) for found in seen])


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and write weights and card; prints figures of cross-validation grouped by company where a gold file is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--gold", type=Path, help="labelled postings, one JSON object a line")
    parser.add_argument("--out", type=Path, default=Path(str(files("classifiers") / "models" / "remote")))
    chosen = parser.parse_args(arguments)
    matcher = Matcher(terms())
    practice = list(practice_postings())
    features, outcomes = rows((line for line, _ in practice), matcher), [outcome for _, outcome in practice]
    card: dict[str, Any] = {"practice_postings": len(practice), "gold_postings": 0, "features": len(NAMES)}
    if chosen.gold is not None:
        gold = [json.loads(line) for line in chosen.gold.read_text(encoding="utf-8").split("\n") if line.strip()]
        gold_rows = rows(gold, matcher)
        gold_outcomes = [f"{line['remote_class']}|{line['arrangement']}" for line in gold]
        card |= {"gold_postings": len(gold)} | cross_validated(
            (features, outcomes), (gold_rows, gold_outcomes), [line["company"] for line in gold]
        )
        features, outcomes = np.vstack((features, gold_rows)), outcomes + gold_outcomes
    model = fitted(features, outcomes, len(practice))
    write(chosen.out, model, card)
    print(json.dumps(card, indent=1))


def fitted(features: NDArray[np.float64], outcomes: list[str], practice: int) -> LogisticRegression:
    """The model over practice postings, which come first and weigh less, and gold ones."""
    weights = np.ones(len(outcomes))
    weights[:practice] = _PRACTICE_WEIGHT if len(outcomes) > practice else 1.0
    return LogisticRegression(C=_STRENGTH, max_iter=5000).fit(features, outcomes, sample_weight=weights)


def cross_validated(
    practice: tuple[NDArray[np.float64], list[str]], gold: tuple[NDArray[np.float64], list[str]], companies: list[str]
) -> dict[str, Any]:
    """Figures of the class on folds of the gold postings that share no company; the practice postings teach in every fold."""
    features, outcomes = gold
    labels = sorted({*practice[1], *outcomes})
    shares = np.zeros((len(outcomes), len(labels)))
    for taught, asked in GroupKFold(min(_FOLDS, len(set(companies)))).split(features, groups=companies):
        lessons = practice[1] + [outcomes[at] for at in taught]
        model = fitted(np.vstack((practice[0], features[taught])), lessons, len(practice[1]))
        shares[np.ix_(asked, [labels.index(str(name)) for name in model.classes_])] = model.predict_proba(features[asked])
    names = [name.partition("|")[0] for name in labels]
    classes = sorted(set(names))
    by_class = np.stack([shares[:, [name == c for name in names]].sum(axis=1) for c in classes], axis=1)
    truth = [outcome.partition("|")[0] for outcome in outcomes]
    guess = [classes[at] for at in by_class.argmax(axis=1)]
    per_class = f1_score(truth, guess, labels=classes, average=None)
    hits = np.array([a == b for a, b in zip(truth, guess, strict=True)])
    return {
        "f1": {name: round(float(value), 3) for name, value in zip(classes, per_class, strict=True)},
        "macro_f1": round(float(np.mean(per_class)), 3),
        "calibration_error": round(calibration_error(by_class.max(axis=1), hits), 3),
    }


def calibration_error(confidence: NDArray[np.float64], hits: NDArray[np.bool_], bins: int = 5) -> float:
    """Mean gap between confidence and hit rate over bins of equal mass."""
    parts = np.array_split(np.argsort(confidence), bins)
    return float(sum(abs(confidence[part].mean() - hits[part].mean()) * len(part) for part in parts) / len(confidence))


def write(folder: Path, model: LogisticRegression, card: dict[str, Any]) -> None:
    """Weights as plain JSON, so that prediction needs no scikit-learn, and the card beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        "names": list(NAMES),
        "outcomes": [str(name) for name in model.classes_],
        "intercepts": [round(float(value), 6) for value in model.intercept_],
        "weights": [[round(float(value), 6) for value in row] for row in model.coef_],
    }
    (folder / "posting.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
