"""Pay as postings write it: one band in many currencies, periods and styles, with the figures that it means."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Band = dict[str, Any]
SENIORITY = {
    "junior": 0.7,
    "mid": 1.0,
    "unstated": 1.0,
    "senior": 1.3,
    "lead": 1.4,
    "staff": 1.6,
    "manager": 1.5,
    "director": 1.9,
    "intern": 0.4,
}
_COUNTRIES = {
    "US": ("USD", 120_000), "CA": ("CAD", 125_000), "GB": ("GBP", 75_000), "AU": ("AUD", 140_000), "CH": ("CHF", 130_000),
    "IN": ("INR", 2_800_000), "PL": ("PLN", 240_000), "NO": ("NOK", 850_000), "DK": ("DKK", 680_000),
}  # fmt: skip
_EURO = ("EUR", 72_000)


@dataclass(frozen=True, slots=True)
class Pay:
    """A pay text and the bands that it states."""

    text: str
    bands: tuple[Band, ...]
    structured: tuple[int, int, str] | None = None
    """Yearly range as a platform's own field would carry it."""


def _band(
    low: float | None, high: float | None, currency: str, period: str = "year", kind: str = "base", zone: str | None = None
) -> Band:
    return {"min": low, "max": high, "currency": currency, "period": period, "kind": kind, "zone": zone}


def draw_pay(draw: random.Random, country: str, level: str) -> Pay:
    """A pay text for a job in a country; about four in ten postings state none."""
    if draw.random() < 0.4:
        return Pay("", ())
    currency, middle = _COUNTRIES.get(country, _EURO)
    step = 5_000 if middle < 1_000_000 else 100_000
    low = round(middle * SENIORITY[level] * draw.uniform(0.8, 1.1) / step) * step
    high = low + step * draw.randint(3, 9)
    styles = _STYLES.get(currency, _EURO_STYLES if currency == "EUR" else _OTHER_STYLES)
    return draw.choice(styles)(low, high, currency)


def _plain(low: int, high: int, currency: str) -> Pay:
    text = f"The salary range for this position is {currency} {low:,} - {high:,} per year."
    return Pay(text, (_band(low, high, currency),), (low, high, currency))


def _dollars(low: int, high: int, currency: str) -> Pay:
    return Pay(
        f"The base salary range for this role is ${low:,} - ${high:,} USD annually.",
        (_band(low, high, currency),),
        (low, high, currency),
    )


def _thousands(low: int, high: int, currency: str) -> Pay:
    text = f"Compensation: ${low // 1000}k–${high // 1000}k base, plus benefits."
    return Pay(text, (_band(low // 1000 * 1000, high // 1000 * 1000, currency),))


def _up_to(low: int, high: int, currency: str) -> Pay:
    return Pay(f"We pay up to ${high:,} a year.", (_band(None, high, currency),))


def _from(low: int, high: int, currency: str) -> Pay:
    return Pay(f"Salary: from ${low:,} per year, depending on experience.", (_band(low, None, currency),))


def _zones(low: int, high: int, currency: str) -> Pay:
    second, third = int(low * 0.9), int(high * 0.9)
    text = f"Base pay by zone.\nZone 1: ${low:,} - ${high:,} per year\nZone 2: ${second:,} - ${third:,} per year"
    return Pay(text, (_band(low, high, currency, zone="Zone 1"), _band(second, third, currency, zone="Zone 2")))


def _with_ote(low: int, high: int, currency: str) -> Pay:
    text = f"Base salary: ${low:,} - ${high:,} per year. On-target earnings (OTE): ${low * 2:,} - ${high * 2:,} per year."
    return Pay(text, (_band(low, high, currency), _band(low * 2, high * 2, currency, kind="ote")))


def _hourly(low: int, high: int, currency: str) -> Pay:
    a, b = round(low / 2080), round(high / 2080)
    return Pay(f"The hourly rate is ${a}.00 - ${b}.00 per hour.", (_band(a, b, currency, "hour"),))


def _pounds(low: int, high: int, currency: str) -> Pay:
    return Pay(f"Salary: £{low:,} to £{high:,} per annum.", (_band(low, high, currency),), (low, high, currency))


def _pounds_short(low: int, high: int, currency: str) -> Pay:
    return Pay(
        f"£{low // 1000}k - £{high // 1000}k depending on experience", (_band(low // 1000 * 1000, high // 1000 * 1000, currency),)
    )


def _day_rate(low: int, high: int, currency: str) -> Pay:
    a, b = round(low / 200 / 25) * 25, round(high / 200 / 25) * 25
    return Pay(f"Contract at a day rate of £{a} - £{b} per day, outside IR35.", (_band(a, b, currency, "day"),))


def _euros(low: int, high: int, currency: str) -> Pay:
    dotted = f"{low:,}".replace(",", "."), f"{high:,}".replace(",", ".")
    return Pay(f"Gross annual salary: {dotted[0]} € – {dotted[1]} €.", (_band(low, high, currency),))


def _euros_month(low: int, high: int, currency: str) -> Pay:
    a, b = round(low / 12 / 100) * 100, round(high / 12 / 100) * 100
    return Pay(f"The gross salary is €{a:,} to €{b:,} per month.", (_band(a, b, currency, "month"),))


def _euros_blanks(low: int, high: int, currency: str) -> Pay:
    spaced = f"{low:,}".replace(",", "\u00a0"), f"{high:,}".replace(",", "\u00a0")
    return Pay(f"Annual salary between {spaced[0]} and {spaced[1]} EUR.", (_band(low, high, currency),))


def _lakhs(low: int, high: int, currency: str) -> Pay:
    a, b = low // 100_000, high // 100_000
    return Pay(f"CTC: {a}-{b} LPA.", (_band(a * 100_000, b * 100_000, currency, kind="total"),))


Style = Callable[[int, int, str], Pay]
_EURO_STYLES: tuple[Style, ...] = (_euros, _euros_month, _euros_blanks, _plain)
_OTHER_STYLES: tuple[Style, ...] = (_plain,)
_STYLES: dict[str, tuple[Style, ...]] = {
    "USD": (_dollars, _dollars, _thousands, _up_to, _from, _zones, _with_ote, _hourly, _plain),
    "GBP": (_pounds, _pounds_short, _day_rate, _plain),
    "INR": (_lakhs,),
}
