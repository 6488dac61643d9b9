"""Scores of the tech stack."""

from __future__ import annotations

import pytest

from classifiers.evaluation.tech import TechScore, canonical, score


def test_counts_are_over_all_postings_together() -> None:
    gold = [{"id": 1, "tech_stack": ["Python", "Postgres", "Go"]}, {"id": 2, "tech_stack": ["Java"]}]
    found = [{"id": 2, "tech_stack": []}, {"id": 1, "tech_stack": [{"name": "PostgreSQL"}, {"name": "Go"}, {"name": "R"}]}]
    result = score(gold, found)
    assert result.postings == 2
    assert result.precision == pytest.approx(2 / 3)
    assert result.recall == pytest.approx(2 / 4)
    assert result.f1 == pytest.approx(4 / 7)
    assert (result.weak_found, result.weak_precision) == (2, 0.5)


def test_a_posting_without_a_prediction_has_found_nothing() -> None:
    assert score([{"id": 1, "tech_stack": ["Python"]}], []) == TechScore(1, 0.0, 0.0, 0.0, 0, 0.0)


def test_nothing_asked_and_nothing_found() -> None:
    assert score([], []).postings == 0
    assert score([{"id": 1, "tech_stack": None}], [{"id": 1, "error": "x"}]).f1 == 0.0


@pytest.mark.parametrize(
    ("name", "expected"), [("golang", "Go"), ("Go", "Go"), ("k8s", "Kubernetes"), ("Our Own Tool", "our own tool")]
)
def test_spellings_are_one(name: str, expected: str) -> None:
    assert canonical(name) == expected
