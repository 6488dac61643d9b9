"""The remote class beside three kinds of baseline, in one run: ``python -m benchmarks.remote GOLD.jsonl``.

Keyword rules; the structured field alone; TF-IDF with a linear SVC, over the whole text and over the windows of our anchors. What
learns from labels, ours too, is judged on folds that share no company. Prints macro-F1 and the F1 of each class.
"""

from __future__ import annotations

import json
import sys
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
from classifiers.remote.anchors import terms
from classifiers.remote.features import witnesses
from classifiers.remote.judge import judge
from classifiers.remote.models import shipped
from classifiers.remote.rules import arrangement_of, class_of, tally_of
from classifiers.remote.structured import Statement, fields_of
from classifiers.remote.windows import anchored
from classifiers.training.folds import FOLDS, cross_judged
from classifiers.training.remote import train
from pipeline.lines import posting_from_line

Line = dict[str, Any]
CLASSES = ("remote-first", "remote-friendly", "on-site")


def by_keywords(line: Line) -> str:
    """What a keyword search would say."""
    text = whole_text(line).lower()
    if "remote-first" in text or "fully distributed" in text:
        return "remote-first"
    return "remote-friendly" if any(word in text for word in ("remote", "hybrid", "work from home")) else "on-site"


def by_field(line: Line) -> str:
    """What the structured field alone says."""
    stated = {field.statement for field in fields_of(posting_from_line(line).posting.structured_remote)}
    return "remote-friendly" if stated & {Statement.REMOTE, Statement.HYBRID, Statement.PLACES} else "on-site"


def whole_text(line: Line) -> str:
    """Title, place and text."""
    return f"{line['title']} {line.get('location') or ''} {line['description_text']}"


def windows_text(line: Line, matcher: Matcher) -> str:
    """Title, place and the clauses around our anchors."""
    reading = read(posting_from_line(line).posting, matcher)
    spots = [spot for passage in reading.passages for spot in anchored(passage)]
    return " . ".join((line["title"], line.get("location") or "", *(" ".join(spot.wording) for spot in spots)))


def by_svc(lines: Sequence[Line], texts: Sequence[str]) -> list[str]:
    """TF-IDF of some text with a linear SVC, on folds by company."""
    data, labels = np.array(texts, dtype=object), np.array([line["remote_class"] for line in lines])
    guess = np.empty(len(lines), dtype=object)
    for taught, asked in GroupKFold(FOLDS).split(data, groups=[line["company"] for line in lines]):
        model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True), LinearSVC())
        guess[asked] = model.fit(data[taught], labels[taught]).predict(data[asked])
    return [str(name) for name in guess]


def main() -> None:
    """Print the table."""
    lines = [json.loads(text) for text in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n") if text.strip()]
    matcher, written, windows = Matcher(terms()), train(), shipped().windows
    readings = [read(posting_from_line(line).posting, matcher) for line in lines]
    tallies = [tally_of(witnesses(reading, windows)) for reading in readings]
    methods = {
        "structured field only": [by_field(line) for line in lines],
        "keyword rules": [by_keywords(line) for line in lines],
        "TF-IDF of the whole text, SVC": by_svc(lines, [whole_text(line) for line in lines]),
        "TF-IDF of our windows, SVC": by_svc(lines, [windows_text(line, matcher) for line in lines]),
        "our points alone": [class_of(tally, arrangement_of(tally)).value for tally in tallies],
        "our models, from the repository alone": [judge(reading, written).remote_class.value for reading in readings],
        "our models, folds by company": [verdict.remote_class.value for verdict in cross_judged(lines, windows)],
    }
    print(f"{'method':<38} macro-F1   " + "  ".join(CLASSES))
    for name, guess in methods.items():
        each = f1_score([line["remote_class"] for line in lines], guess, labels=list(CLASSES), average=None, zero_division=0)
        columns = "  ".join(f"{value:{len(c)}.3f}" for c, value in zip(CLASSES, each, strict=True))
        print(f"{name:<38} {np.mean(each):8.3f}   {columns}")


if __name__ == "__main__":
    main()
