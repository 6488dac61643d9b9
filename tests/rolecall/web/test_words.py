"""What pages call things."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from rolecall.web import words

NIGHT = date(2026, 1, 12)
ROW: dict[str, Any] = {
    "pay_min": 50.0, "pay_max": 60.0, "pay_currency": "EUR", "pay_period": "hour", "pay_min_annual_usd": 110_000.0,
    "pay_max_annual_usd": 132_000.0, "remote_scope": None, "is_worldwide": False, "eligible_countries": [], "excluded_places": [],
    "utc_min": None, "utc_max": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (NIGHT, "today"), (date(2026, 1, 11), "yesterday"), (date(2026, 1, 6), "6 days ago"), (date(2025, 9, 1), "4 months ago"),
        (datetime(2026, 1, 11, 23, tzinfo=UTC), "yesterday"), (date(2026, 2, 1), "today"), (None, ""),
    ],
)  # fmt: skip
def test_ago(then: Any, said: str) -> None:
    assert words.ago(then, NIGHT) == said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("country", "DE", "Germany"), ("platform", "greenhouse", "Greenhouse"), ("utc", 1.0, "UTC+1"), ("utc", "-3:30", "UTC-3:30"),
        ("utc", -3.5, "UTC-3:30"), ("pay_min", 150_000.0, "reaches EUR 150,000"), ("visa", True, "sponsored"),
        ("since", "7d", "in the last 7 days"),
        ("since", "2026-01-05", "since 2026-01-05"), ("level", "unstated", "not stated"), ("role", "data-science", "data science"),
        ("remote", "on-site", "on-site"), ("signal", "home_office_budget", "home office budget"), ("company", "data-x", "data-x"),
        ("stage", "series-a", "Series A"), ("stage", "venture-backed", "venture backed"), ("stage", "seed", "seed"),
    ],
)  # fmt: skip
def test_values(name: str, value: Any, said: str) -> None:
    assert words.value_in_words(name, value, "EUR") == said


def test_a_feed_is_called_by_its_platform_and_a_board_by_both() -> None:
    assert [words.source_name(*one) for one in (("hn", "hn"), ("remoteok", "remoteok"), ("lever", "lever"))] == [
        "hn", "remoteok", "lever:lever",
    ]  # fmt: skip


def test_pay_as_stated_and_comparable() -> None:
    assert words.pay_of(ROW) == "EUR 50–60 an hour"
    assert words.comparable_pay(ROW) == "USD 110k–132k"
    assert words.comparable_pay({**ROW, "pay_currency": "USD", "pay_period": "year"}) == ""
    assert words.pay_of({**ROW, "pay_min": None, "pay_max": None}) == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"is_worldwide": True}, "worldwide"),
        ({"remote_scope": ["US", "CA"]}, "open to United States, Canada"),
        ({"remote_scope": ["EMEA"], "excluded_places": ["GB"]}, "open to EMEA but not United Kingdom"),
        ({"eligible_countries": ["AT", "DE", "FR", "IT", "ES"]}, "Austria, Germany, France, Italy and 1 more"),
        ({"is_worldwide": True, "utc_min": -5.0, "utc_max": 2.0}, "worldwide, UTC-5 to UTC+2"),
        ({}, ""),
    ],
)
def test_places(more: dict[str, Any], said: str) -> None:
    assert words.places_of({**ROW, **more}) == said
