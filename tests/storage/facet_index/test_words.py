"""Values of facets read as the filters read them; the steps are in order."""

from __future__ import annotations

import pytest

from pipeline.filters import parse_filters
from storage.facet_index.facets import hours_word
from storage.facet_index.steps import steps


@pytest.mark.parametrize(
    ("utc", "word"), [(0.0, "+0"), (1.0, "+1"), (-5.0, "-5"), (5.5, "+5:30"), (-9.5, "-9:30"), (12.75, "+12:45")]
)
def test_hours_are_written_as_the_filter_takes_them(utc: float, word: str) -> None:
    assert hours_word(utc) == word
    assert parse_filters({"utc": word}).utc == utc


def test_steps_ascend() -> None:
    for name in ("utc_hours", "pay_min", "pay_bins_usd", "since_days"):
        values = getattr(steps(), name)
        assert list(values) == sorted(set(values))
    assert steps().pay_bins_usd[0] == 0
