"""Office days a week as clauses state them (folded)."""

from __future__ import annotations

import pytest

from classifiers.remote.days import office_days


@pytest.mark.parametrize(
    ("clause", "office"),
    [
        ("three days a week in our office", 3),
        ("2-3 days per week in the office", 2),
        ("onsite (2 days/week)", 2),
        ("in-person 5x/week", 5),
        ("five days a week on-site", 5),
        ("four (4) days per week in the office", 4),
        ("up to 2 days a week from home", 3),
        ("telecommuting permitted up to two (2) times per week", 3),
        ("twice a month in the office", 0.5),
        ("25% in the office", 1.25),
        ("50% remote", 2.5),
        ("2 tage homeoffice pro woche", 3),
        ("bis zu 3 tage pro woche mobiles arbeiten", 2),
        ("3 jours de télétravail par semaine", 2),
        ("dos días a la semana en la oficina", 2),
        ("twee dagen per week thuis", 3),
        ("híbrido - 1x por semana em barueri", 1),
        ("due giorni in sede", 2),
        ("trzy dni w tygodniu w biurze", 3),
        ("we ask for two office days each week", 2),
    ],
)
def test_office_days(clause: str, office: float) -> None:
    days = office_days(clause)
    assert days is not None
    assert days.office == office


def test_the_most_alone_gives_no_fewest() -> None:
    days = office_days("up to 3 days a week in the office")
    assert days is not None
    assert days.office is None


@pytest.mark.parametrize(
    "clause",
    [
        "20 days of vacation",
        "we have won three awards",
        "once again in the office",
        "2 days a year in the office",
        "$500 for your home office",
        "hybrid",
    ],
)
def test_no_days(clause: str) -> None:
    assert office_days(clause) is None
