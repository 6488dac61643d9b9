from __future__ import annotations

import pytest

from rolecall.render.figures import class_in_words, duration, pay, plural, share, short_range


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "long", "short"),
    [
        (150000, 180000, "USD", "year", "USD 150,000-180,000 a year", "USD 150k-180k"),
        (62.5, None, "GBP", "hour", "GBP from 62.50 an hour", "GBP from 62.50/hour"),
        (None, 1200000, "INR", "year", "INR up to 1,200,000 a year", "INR up to 1.2M"),
        (5000, 5000, None, "month", "5,000 (currency not stated) a month", "? 5,000/month"),
    ],
)
def test_pay_reads_as_people_write_it(
    low: float | None, high: float | None, currency: str | None, period: str, long: str, short: str
) -> None:
    assert pay(low, high, currency, period) == long
    assert pay(low, high, currency, period, is_short=True) == short


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (100_000, 150_000, "100k-150k"),
        (150_000, 100_000, "100k-150k"),
        (None, 150_000, "up to 150k"),
        (100_000, None, "from 100k"),
        (None, None, ""),
        (0, 0, "0"),
    ],
)
def test_a_range_of_which_a_side_is_unknown(low: float | None, high: float | None, text: str) -> None:
    assert short_range(low, high) == text


def test_silence_is_said_to_be_silence() -> None:
    assert class_in_words("on-site", "unstated") == "on-site (not stated)"
    assert class_in_words("on-site", "onsite") == "on-site"


def test_small_words() -> None:
    assert plural(1, "source") == "1 source"
    assert plural(1200, "source") == "1,200 sources"
    assert share(57, 100) == "57 %"
    assert share(0, 0) == "-"
    assert (duration(1.25), duration(41), duration(192)) == ("1.2 s", "41 s", "3 m 12 s")
