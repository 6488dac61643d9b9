"""The arithmetic of evaluation."""

from __future__ import annotations

import pytest

from classifiers.evaluation.figures import Bin, Score, calibration_error, interval, reliability, score


def test_precision_recall_f1() -> None:
    assert score(8, 2, 8) == Score(0.8, 0.5, pytest.approx(8 / 13), 16)  # type: ignore[arg-type]
    assert score(0, 0, 0) == Score(0.0, 0.0, 0.0, 0)


def test_bins_have_equal_mass_and_are_in_order() -> None:
    bins = reliability([0.9, 0.5, 0.7, 0.6, 0.8], [True, False, True, False, True], 2)
    assert [found.count for found in bins] == [2, 3]
    assert bins[0] == Bin(pytest.approx(0.55), 0.0, 2)  # type: ignore[arg-type]
    assert bins[1].accuracy == 1.0


def test_calibration_error_is_the_mean_gap() -> None:
    assert calibration_error([Bin(0.8, 0.6, 30), Bin(0.9, 0.9, 10)]) == pytest.approx(0.15)
    assert calibration_error([]) == 0


def test_an_interval_holds_the_figure_and_is_the_same_each_time() -> None:
    items = [1.0] * 80 + [0.0] * 20

    def mean(drawn: object) -> float:
        assert isinstance(drawn, list)
        return float(sum(drawn) / len(drawn))

    low, high = interval(items, mean, 500)
    assert low < 0.8 < high
    assert high - low < 0.2
    assert interval(items, mean, 500) == (low, high)
