"""The corpus of clauses: well formed, and, each clause being a posting of its own, not at odds with the verdict.

That is a check that corpus, rules and models fit together, no measure of accuracy: the window model learned from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from importlib.resources import files

import pytest

from pipeline.labels import RemoteVerdict

Judge = Callable[..., RemoteVerdict]
LABELS = {"first", "async", "pay", "benefit", "remote", "hybrid", "onsite", "silent", "perk", "temporary", "some"}
LANGUAGES = ("en", "de", "fr", "es", "nl", "pt", "it", "pl")
SIGNALS = {"first": "says_remote_first", "async": "async", "pay": "location_independent_pay", "benefit": "remote_benefits"}
LEAST_AGREEMENT = 0.87


def rows() -> list[list[str]]:
    text = (files("classifiers") / "corpus" / "remote" / "windows.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def agrees(verdict: RemoteVerdict, label: str) -> bool:
    if label in SIGNALS:
        return SIGNALS[label] in verdict.signals
    if label in ("remote", "hybrid"):
        return verdict.arrangement == label
    if label == "onsite":
        return verdict.remote_class == "on-site" and verdict.arrangement == "onsite"
    return verdict.remote_class == "on-site" and verdict.arrangement == "unstated"


def test_every_row_has_a_known_label_a_language_and_a_text() -> None:
    seen = rows()
    assert all(len(row) == 3 and row[0] in LABELS and row[1] in LANGUAGES and row[2].strip() == row[2] != "" for row in seen)
    assert not [text for text, count in Counter(row[2] for row in seen).items() if count > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_agrees_with_the_corpus(verdict_of: Judge, language: str) -> None:
    cases = [(label, text) for label, lang, text in rows() if lang == language and label != "some"]
    wrong = [(label, text) for label, text in cases if not agrees(verdict_of(text, location=""), label)]
    assert len(wrong) <= max(1, (1 - LEAST_AGREEMENT) * len(cases)), wrong
