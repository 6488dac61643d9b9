"""Composed practice postings."""

from __future__ import annotations

from collections import Counter

from classifiers.training.composing import composed
from classifiers.training.corpus import clauses, corpus_text
from pipeline.vocabulary import Arrangement, RemoteClass


def test_they_are_the_same_each_time_and_hold_what_their_plan_says() -> None:
    one, two = list(composed(200)), list(composed(200))
    assert one == two
    known = {clause.text.rstrip(".!?") for clause in clauses()} | {
        line.split("\t")[1].rstrip(".!?") for line in corpus_text("fillers.tsv").splitlines()
    }
    for line in one:
        assert line["remote_class"] in set(RemoteClass)
        assert line["arrangement"] in set(Arrangement)
        assert any(text in line["description_text"] for text in known)


def test_every_class_and_arrangement_is_among_them() -> None:
    counts = Counter((line["remote_class"], line["arrangement"]) for line in composed())
    assert min(counts.values()) >= 5
    assert {name for name, _ in counts} == {name.value for name in RemoteClass}
