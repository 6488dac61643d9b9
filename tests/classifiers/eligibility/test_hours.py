"""Time zones as clauses state them."""

from __future__ import annotations

import pytest

from classifiers.eligibility.hours import Hours, hours_in
from pipeline.folding import fold


@pytest.mark.parametrize(
    ("clause", "low", "high", "overlap"),
    [
        ("Remote (UTC-1 to UTC+2)", -1, 2, None),
        ("GMT+5:30 only", 5.5, 5.5, None),
        ("between UTC -8 and -5", -8, -5, None),
        ("your time zone is within 3 hours of CET", -2, 4, None),
        ("time zone EST +/- 2 hours", -7, -3, None),
        ("at least 4 hours of overlap with CET", -3, 5, 4),
        ("overlap of 6 hours with Eastern Time", -7, -3, 6),
        ("Four hours of overlap with CET", -3, 5, 4),
        ("EST or CST time zones", -6, -5, None),
        ("8:00 AM - 5:00 PM Pacific Time", -8, -8, None),
        ("mindestens 4 Stunden Überschneidung mit CET (Zeitzone)", -3, 5, 4),
    ],
)
def test_hours(clause: str, low: float, high: float, overlap: float | None) -> None:
    found = hours_in(fold(clause).text, clause)
    assert found == Hours(low, high, overlap)


@pytest.mark.parametrize(
    "clause", ["state of the art remote sensing", "Le poste est hybride", "das ist remote", "We meet at EST Ltd.", "CET"]
)
def test_no_hours(clause: str) -> None:
    assert hours_in(fold(clause).text, clause) is None
