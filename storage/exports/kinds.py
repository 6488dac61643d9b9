"""What kind of value each column of an export holds: said once, for typed files, sheets and the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import Boolean, Date, Float, Integer

from storage.columns import UtcDateTime
from storage.queries.jobs import LISTS
from storage.queries.selecting import POSTINGS


class Kind(StrEnum):
    """Kind of a column, in words."""

    TEXT = "text"
    TEXTS = "list of texts"
    LINK = "web address"
    NUMBER = "number"
    WHOLE = "whole number"
    FLAG = "true or false"
    DATE = "date"
    INSTANT = "instant"


_OTHERS = {
    "url": Kind.LINK,
    "apply_url": Kind.LINK,
    "source_url": Kind.LINK,
    "remote_class_probability": Kind.NUMBER,
    "sightings": Kind.WHOLE,
    "moved_at": Kind.INSTANT,
}
_SQL = {Boolean: Kind.FLAG, Integer: Kind.WHOLE, Float: Kind.NUMBER, Date: Kind.DATE, UtcDateTime: Kind.INSTANT}
_UNITS: Mapping[str, str] = {
    "remote_class_probability": "0 to 1",
    "office_days": "days a week",
    "utc_min": "hours from UTC",
    "utc_max": "hours from UTC",
    "pay_min": "pay_currency, pay_period",
    "pay_max": "pay_currency, pay_period",
    "pay_min_annual_usd": "US dollars a year",
    "pay_max_annual_usd": "US dollars a year",
    "sightings": "postings",
}


def kind(name: str) -> Kind:
    """Kind of a column of ``storage.queries.jobs.COLUMNS``."""
    if name in LISTS:
        return Kind.TEXTS
    if name in _OTHERS:
        return _OTHERS[name]
    type_ = POSTINGS.c[name].type if name in POSTINGS.c else None
    return next((found for sql, found in _SQL.items() if isinstance(type_, sql)), Kind.TEXT)


def unit(name: str) -> str:
    """Unit of a column; empty where it has none."""
    return "UTC" if kind(name) is Kind.INSTANT else _UNITS.get(name, "")
