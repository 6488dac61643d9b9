"""Scores of level and role family."""

from __future__ import annotations

from classifiers.evaluation.role import RoleScore, score


def test_each_question_has_its_own_share() -> None:
    gold = [{"id": 1, "level": "senior", "role_family": "software"}, {"id": 2, "level": "mid", "role_family": "design"}]
    found = [{"id": 2, "level": "mid", "role_family": "design"}, {"id": 1, "level": "senior", "role_family": "product"}]
    assert score(gold, found) == RoleScore(2, 1.0, 0.5)


def test_no_prediction_is_a_wrong_one_and_no_gold_is_nought() -> None:
    assert score([{"id": 1, "level": "mid", "role_family": "other"}], [{"id": 1, "error": "x"}]) == RoleScore(1, 0.0, 0.0)
    assert score([], []) == RoleScore(0, 0.0, 0.0)
