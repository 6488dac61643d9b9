"""Figures of the remote verdict."""

from __future__ import annotations

from typing import Any

import pytest

from classifiers.evaluation.remote import score_remote
from classifiers.evaluation.sheet import sheet_as_json, sheet_of

CLASSES = ("remote-first", "remote-friendly", "on-site")


def gold(remote_class: str, arrangement: str, *evidence: str, days: float | None = None) -> dict[str, Any]:
    return {"remote_class": remote_class, "arrangement": arrangement, "office_days": days, "evidence": list(evidence)}


def guess(remote_class: str, arrangement: str, *quotes: str, sure: float = 0.9, days: float | None = None) -> dict[str, Any]:
    shares = {name: sure if name == remote_class else (1 - sure) / 2 for name in CLASSES}
    evidence = [{"quote": quote} for quote in quotes]
    said = {"remote_class": remote_class, "arrangement": arrangement, "office_days": days}
    return {**said, "evidence": evidence, "remote_probability": shares}


GOLD = [
    gold("remote-first", "remote", "We are a fully distributed company"),
    gold("remote-friendly", "hybrid", "Hybrid", days=2),
    gold("on-site", "unstated"),
    gold("on-site", "onsite", "work in our Leeds office every day"),
]
GUESS = [
    guess("remote-first", "remote", "a FULLY distributed\u00a0company, since 2012"),
    guess("remote-friendly", "hybrid", "workplaceType=Hybrid", days=3),
    guess("on-site", "unstated"),
    guess("remote-friendly", "remote", "remote", sure=0.5),
]


def test_classes_arrangement_days_and_evidence() -> None:
    found = score_remote(GOLD, GUESS)
    assert found.per_class["remote-first"].f1 == 1
    assert found.per_class["on-site"].recall == 0.5
    assert found.per_class["remote-friendly"].precision == 0.5
    assert found.macro_f1 == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)
    assert found.accuracy == found.arrangement_accuracy == 0.75
    assert found.office_days_accuracy == 0
    assert found.evidence_share == pytest.approx(2 / 3)
    assert found.confusion["on-site"] == {"remote-first": 0, "remote-friendly": 1, "on-site": 1}
    assert found.macro_f1_interval[0] <= found.macro_f1 <= found.macro_f1_interval[1]


def test_a_label_that_is_not_silence_needs_its_quote_though_its_arrangement_is_unstated() -> None:
    benefit = gold("remote-friendly", "unstated", "home office allowance of 500 euros")
    quoted = guess("remote-friendly", "unstated", "Home office allowance of 500 euros a year")
    assert score_remote([benefit], [quoted]).evidence_share == 1
    assert score_remote([benefit], [guess("remote-friendly", "unstated")]).evidence_share == 0


def test_a_sure_error_costs_calibration() -> None:
    sure = [*GUESS[:3], guess("remote-friendly", "remote", "remote", sure=0.99)]
    assert score_remote(GOLD, sure).calibration_error > score_remote(GOLD, GUESS).calibration_error


def test_as_many_predictions_as_gold_lines() -> None:
    with pytest.raises(ValueError, match="shorter"):
        score_remote(GOLD, GUESS[:2])


def test_figures_as_plain_values() -> None:
    others = {"pay_bands": [], "tech_stack": [], "level": "senior", "role_family": "software"}
    plain = sheet_as_json(
        sheet_of(
            [{"id": at, **others, **line} for at, line in enumerate(GOLD)],
            [{"id": at, **others, **line} for at, line in enumerate(GUESS)],
        )
    )
    assert plain["role"]["level_accuracy"] == 1.0
    assert plain["remote"]["postings"] == 4
    assert plain["remote"]["per_class"]["remote-first"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1}
