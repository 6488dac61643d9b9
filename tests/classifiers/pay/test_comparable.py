from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipeline.rates import rate

PUBLISHED = "2026-03-02"


@pytest.mark.parametrize(
    ("text", "annual"),
    [
        ("Pay: $50 per hour", 104000),
        ("Rate: $400 per day", 104000),
        ("Pay: $2,000 per week", 104000),
        ("Salary: $8,000 per month", 96000),
        ("Salary: $104,000 per year", 104000),
    ],
)
def test_a_year_has_2080_hours_260_days_52_weeks_12_months(judge: Callable[..., Any], text: str, annual: float) -> None:
    (band,) = judge(text).bands
    assert (band.min_annual_usd, band.max_annual_usd) == (annual, annual)
    assert (band.usd_rate, band.usd_rate_on) == (1.0, None)


def test_other_currencies_take_the_rate_of_the_postings_date(judge: Callable[..., Any]) -> None:
    (band,) = judge("Gehalt: 50.000 - 60.000 € pro Jahr", published=PUBLISHED).bands
    quoted = rate("EUR", date.fromisoformat(PUBLISHED))
    assert quoted is not None
    assert band.min_annual_usd == pytest.approx(50000 * quoted.usd, abs=0.01)
    assert band.usd_rate_on == quoted.on.isoformat()
    assert (band.min, band.currency) == (50000, "EUR")


def test_a_day_without_a_rate_takes_the_last_one_before_it() -> None:
    sunday = rate("GBP", date(2026, 3, 1))
    friday = rate("GBP", date(2026, 2, 27))
    assert sunday == friday
    assert friday is not None
    assert friday.on == date(2026, 2, 27)


def test_agrees_with_currencyconverter() -> None:
    from currency_converter import ECB_URL, CurrencyConverter

    assert ECB_URL
    converter = CurrencyConverter()
    for code in ("EUR", "GBP", "INR", "PLN", "JPY"):
        ours = rate(code, date(2026, 3, 2))
        assert ours is not None
        assert ours.usd == pytest.approx(converter.convert(1, code, "USD", date=date(2026, 3, 2)))


def test_no_rate_no_figure(judge: Callable[..., Any]) -> None:
    assert rate("ETB", date(2026, 3, 2)) is None
    assert rate("EUR", date(1990, 1, 1)) is None
    (band,) = judge("Salary: 45,000 ETB per month", location="Addis Ababa, Ethiopia").bands
    assert (band.min_annual_usd, band.usd_rate) == (None, None)


def test_a_project_has_no_annual_figure(judge: Callable[..., Any]) -> None:
    (band,) = judge("Project fee: $5,000 per project").bands
    assert band.min_annual_usd is None


def test_us_dollars_never_load_the_rates() -> None:
    code = (
        "import sys\n"
        "import classifiers.pay\n"
        "from classifiers.matching import Matcher\n"
        "from classifiers.reading import read\n"
        "from pipeline.lines import posting_from_line\n"
        "line = {'title': 'Engineer', 'description_text': 'Salary: $100,000 - $120,000 a year', 'location': 'Austin, TX'}\n"
        "verdict = classifiers.pay.judge(read(posting_from_line(line).posting, Matcher(classifiers.pay.terms())))\n"
        "from pipeline import rates\n"
        "assert verdict.bands[0].min_annual_usd == 100000\n"
        "assert rates._history.cache_info().currsize == 0\n"
        "assert 'currency_converter' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
