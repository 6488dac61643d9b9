"""Scoring the remote scope against a gold set."""

from __future__ import annotations

from typing import Any

from classifiers.evaluation.scope import codes_of, score


def test_cities_and_time_zones_are_left_out_and_remarks_stripped() -> None:
    assert codes_of(["US (lower 48)", "Denver", "US time zones", "LATAM"]) == {"US", "LATAM"}
    assert codes_of(None) == frozenset()


def test_counts_right_invented_and_missing_rows() -> None:
    gold: list[dict[str, Any]] = [
        {"id": 1, "remote_scope": ["US", "CA"]},
        {"id": 2, "remote_scope": None},
        {"id": 3, "remote_scope": ["DE"]},
    ]
    predicted: list[dict[str, Any]] = [{"id": 1, "remote_scope": ["CA", "US"]}, {"id": 2, "remote_scope": ["FR"]}]
    result = score(gold, predicted)
    assert (result.rows, result.right, result.stated, result.stated_right, result.invented) == (3, 1, 2, 1, 1)
    assert [miss.id for miss in result.misses] == [2, 3]
    assert score([], []).accuracy == 1.0
