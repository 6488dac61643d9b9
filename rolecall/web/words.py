"""What the pages call things: labels of filters and values, dates, pay and places as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pipeline.countries import country_name
from pipeline.terms import platforms
from rolecall.render import figures

LEGENDS: Mapping[str, str] = {
    "remote": "Remote class",
    "arrangement": "Arrangement",
    "stack": "Stack",
    "any_stack": "Any of the stack",
    "role": "Role",
    "level": "Level",
    "country": "Open to people in",
    "utc": "Time zone",
    "visa": "Visa",
    "pay_min": "Pay",
    "currency": "Currency",
    "company": "Company",
    "industry": "Industry",
    "stage": "Stage",
    "size": "Size",
    "signal": "Signs of remote work",
    "since": "First seen",
    "as_of": "As it was on",
    "state": "State",
    "platform": "Source",
    "text": "Words",
    "sort": "Order",
    "limit": "Rows",
}
"""What a filter is called on a page, by its name."""
SORTS: Mapping[str, str] = {
    "newest": "newest", "oldest": "oldest", "pay": "best paid", "title": "title", "company": "company",
}  # fmt: skip
_VALUES: Mapping[str, str] = {
    "ml-engineering": "ML engineering",
    "unstated": "not stated",
    "onsite": "on-site",
    "unknown": "unknown (stale)",
    "1d": "in the last day",
    "7d": "in the last 7 days",
    "30d": "in the last 30 days",
    "all": "every state",
}


def value_in_words(name: str, value: Any, currency: str = "USD") -> str:
    """A filter's value as a person reads it: ``Germany``, ``reaches USD 150,000``, ``UTC+1``."""
    if name == "country":
        return country_name(str(value))
    if name == "platform":
        known = platforms().get(str(value))
        return known.title if known else str(value)
    if name == "utc":
        return f"UTC{value}" if isinstance(value, str) else utc(float(value))
    if name == "pay_min":
        return f"reaches {currency} {figures.amount(float(value))}"
    if name == "visa":
        return "sponsored"
    if name == "since" and str(value) not in _VALUES:
        return f"since {value}"
    if name == "signal":
        return str(value).replace("_", " ")
    if name in ("stack", "any_stack", "company", "text", "industry", "size"):
        return str(value)
    if name == "stage":
        return _stage(str(value))
    return _VALUES.get(str(value), str(value).replace("-", " ") if name == "role" else str(value))


def _stage(value: str) -> str:
    """``Series A``, ``venture backed``."""
    kind, _, letter = value.partition("-")
    return f"Series {letter.upper()}" if kind == "series" else value.replace("-", " ")


def source_name(platform: str, board: str) -> str:
    """``greenhouse:acme``; a feed, which is one board, by its platform alone: ``hn``."""
    return platform if platforms()[platform].feed and board == platform else f"{platform}:{board}"


def utc(hours: float) -> str:
    """``UTC+1``, ``UTC-3:30``."""
    whole, minutes = divmod(round(abs(hours) * 60), 60)
    return f"UTC{'-' if hours < 0 else '+'}{whole}" + (f":{minutes:02d}" if minutes else "")


def day(value: date | datetime | None) -> str:
    """``12 Jan 2026``; nothing for None."""
    return f"{value.day} {value:%b %Y}" if value else ""


def clock(value: datetime | None) -> str:
    """``12 Jan 2026, 02:00 UTC``."""
    return f"{day(value)}, {value:%H:%M} UTC" if value else ""


def ago(then: date | datetime | None, night: date) -> str:
    """``today``, ``yesterday``, ``6 days ago``, as seen from a night; months from ninety days on."""
    if then is None:
        return ""
    days = (night - (then.date() if isinstance(then, datetime) else then)).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 90 else f"{round(days / 30.4)} months ago"


def dashed(pay: str) -> str:
    """Pay with the dash that books put between two figures."""
    return pay.replace("-", "\N{EN DASH}", 1)


def short_range(low: float | None, high: float | None) -> str:
    """``100k–150k``, for tables whose heading says of what."""
    return dashed(figures.short_range(low, high))


def pay_of(row: Mapping[str, Any]) -> str:
    """The stated pay of a row: ``USD 150,000–180,000 a year``; nothing where none is stated."""
    low, high = row["pay_min"], row["pay_max"]
    if low is None and high is None:
        return ""
    return dashed(figures.pay(low, high, row["pay_currency"], row["pay_period"] or "year"))


def comparable_pay(row: Mapping[str, Any]) -> str:
    """The same a year in US dollars; nothing where it is stated so."""
    low, high = row["pay_min_annual_usd"], row["pay_max_annual_usd"]
    if (low is None and high is None) or (row["pay_currency"] == "USD" and row["pay_period"] == "year"):
        return ""
    return dashed(figures.pay(low, high, "USD", "year", is_short=True))


_MOST_PLACES = 4


def places_of(row: Mapping[str, Any]) -> str:
    """Who may hold the job, in a few words."""
    scope = [one for one in row["remote_scope"] or [] if one != "worldwide"]
    if row["is_worldwide"]:
        text = "worldwide"
    elif scope:
        text = "open to " + _some([_place(one) for one in scope])
    elif row["eligible_countries"]:
        text = _some([country_name(one) for one in row["eligible_countries"]])
    else:
        text = ""
    if row["excluded_places"]:
        text += (" but " if text else "") + "not " + _some([_place(one) for one in row["excluded_places"]])
    if row["utc_min"] is not None and row["utc_max"] is not None:
        hours = utc(row["utc_min"]) if row["utc_min"] == row["utc_max"] else f"{utc(row['utc_min'])} to {utc(row['utc_max'])}"
        text += (", " if text else "") + hours
    return text


def _place(word: str) -> str:
    return country_name(word) if len(word) == 2 and word.isupper() else word


def _some(words: list[str]) -> str:
    more = len(words) - _MOST_PLACES
    return ", ".join(words[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
