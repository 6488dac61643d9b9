"""Figures of the pay bands."""

from __future__ import annotations

from typing import Any

import pytest

from classifiers.evaluation.pay import score_pay


def band(
    low: float | None, high: float | None, kind: str = "base", zone: str | None = None, period: str = "year"
) -> dict[str, Any]:
    return {"min": low, "max": high, "currency": "USD", "period": period, "kind": kind, "zone": zone}


def line(*bands: dict[str, Any], equity: bool = False) -> dict[str, Any]:
    return {"pay_bands": list(bands), "equity": equity}


def test_a_band_counts_where_figures_currency_and_period_agree() -> None:
    gold = [line(band(1, 2), band(3, 4)), line(band(5, None)), line()]
    guess = [line(band(1.001, 2.0), band(3, 4, period="month")), line(band(5, None)), line(band(6, 7))]
    found = score_pay(gold, guess)
    assert (found.bands.precision, found.bands.recall) == (0.5, pytest.approx(2 / 3))
    assert found.presence_accuracy == pytest.approx(2 / 3)


def test_kind_and_zone_are_judged_on_bands_that_were_found() -> None:
    gold = [line(band(1, 2, "ote", "Zone A: California"), band(3, 4), band(5, 6, "base", "Senior"))]
    guess = [line(band(1, 2, "base", "California"), band(3, 4, "base", "Level 2"), band(5, 6, "base", "SENIOR level"))]
    found = score_pay(gold, guess)
    assert found.kind_accuracy == pytest.approx(2 / 3)
    assert found.zone_accuracy == pytest.approx(2 / 3)


def test_equity_and_silence() -> None:
    found = score_pay([line(equity=True), line()], [line(), line()])
    assert (found.equity_accuracy, found.presence_accuracy, found.bands.f1) == (0.5, 1.0, 0.0)
