"""The remote verdict beside three baselines: ``python -m benchmarks.remote GOLD.jsonl``.

Keyword rules, the structured field alone and TF-IDF with a linear SVC over the whole text; the last and our model are scored
on folds that share no company. Prints macro-F1, F1 of each class and the time of a verdict.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from classifiers.matching import Matcher
from classifiers.reading import read
from classifiers.remote import judge, terms
from classifiers.remote.features import witnesses
from classifiers.remote.rules import arrangement_of, class_of, tally_of
from classifiers.remote.structured import Statement, fields_of
from classifiers.training.remote import fitted, practice_postings, rows
from pipeline.lines import posting_from_line

CLASSES = ("remote-first", "remote-friendly", "on-site")
_FOLDS = 10


def by_keywords(line: dict[str, Any]) -> str:
    """What a keyword search would say."""
    text = f"{line['title']} {line.get('location') or ''} {line['description_text']}".lower()
    if "remote-first" in text or "fully distributed" in text:
        return "remote-first"
    return "remote-friendly" if any(word in text for word in ("remote", "hybrid", "work from home")) else "on-site"


def by_field(line: dict[str, Any]) -> str:
    """What the structured field alone says."""
    stated = {field.statement for field in fields_of(posting_from_line(line).posting.structured_remote)}
    return "remote-friendly" if stated & {Statement.REMOTE, Statement.HYBRID, Statement.PLACES} else "on-site"


def by_whole_text(lines: Sequence[dict[str, Any]], truth: Sequence[str]) -> list[str]:
    """TF-IDF of the whole text with a linear SVC, on folds by company."""
    texts = np.array([f"{line['title']} {line.get('location') or ''} {line['description_text']}" for line in lines], dtype=object)
    labels, guess = np.array(truth), np.empty(len(lines), dtype=object)
    for taught, asked in GroupKFold(_FOLDS).split(texts, groups=[line["company"] for line in lines]):
        model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), LinearSVC())
        guess[asked] = model.fit(texts[taught], labels[taught]).predict(texts[asked])
    return [str(name) for name in guess]


def by_model(lines: Sequence[dict[str, Any]], matcher: Matcher) -> list[str]:
    """Our posting model, fitted on folds by company and on the corpus."""
    practice = list(practice_postings())
    lessons, outcomes = rows((line for line, _ in practice), matcher), [outcome for _, outcome in practice]
    features = rows(lines, matcher)
    labels = [f"{line['remote_class']}|{line['arrangement']}" for line in lines]
    guess = [""] * len(lines)
    for taught, asked in GroupKFold(_FOLDS).split(features, groups=[line["company"] for line in lines]):
        model = fitted(np.vstack((lessons, features[taught])), outcomes + [labels[at] for at in taught], len(practice))
        names = np.array([str(name).partition("|")[0] for name in model.classes_])
        for at, shares in zip(asked, model.predict_proba(features[asked]), strict=True):
            guess[at] = max(CLASSES, key=lambda name: float(shares[names == name].sum()))
    return guess


def main() -> None:
    """Print the table."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.split("\n") if line.strip()]
    truth = [line["remote_class"] for line in lines]
    matcher = Matcher(terms())
    readings = [read(posting_from_line(line).posting, matcher) for line in lines]
    tallies = [tally_of(witnesses(reading)) for reading in readings]
    print(f"{'method':<34} macro-F1   " + "  ".join(CLASSES))
    for name, guess in {
        "structured field only": [by_field(line) for line in lines],
        "keyword rules": [by_keywords(line) for line in lines],
        "TF-IDF of the whole text, SVC (CV)": by_whole_text(lines, truth),
        "our rules": [str(class_of(tally, arrangement_of(tally))) for tally in tallies],
        "our posting model (CV)": by_model(lines, matcher),
    }.items():
        each = f1_score(truth, guess, labels=list(CLASSES), average=None, zero_division=0)
        print(
            f"{name:<34} {np.mean(each):8.3f}   "
            + "  ".join(f"{value:{len(c)}.3f}" for c, value in zip(CLASSES, each, strict=True))
        )
    started = time.process_time()
    for reading in readings:
        judge(reading)
    print(f"a verdict takes {(time.process_time() - started) / len(readings) * 1000:.2f} ms after reading")


if __name__ == "__main__":
    main()
