"""The filters of a list of jobs: one spelling on the command line, in an address and in a saved search.

An unknown name or value is refused with the nearest one that exists; no filter is ever dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from pipeline.amounts import amount, checked_amount
from pipeline.countries import country_asked, nearest_country
from pipeline.errors import UsageError, did_you_mean
from pipeline.terms import platforms
from pipeline.vocabulary import Arrangement, Level, PostingState, RemoteClass, RoleFamily


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    PAY = "pay"
    TITLE = "title"
    COMPANY = "company"


class CompanySort(StrEnum):
    """Orders of a list of companies."""

    JOBS = "jobs"
    NAME = "name"
    REMOTE = "remote"
    """Most remote-first jobs first."""
    PAY = "pay"
    """Highest median of the upper figures first."""
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of jobs is narrowed to; an empty value narrows nothing."""

    remote: tuple[str, ...] = ()
    """Remote classes, any of them."""
    arrangement: tuple[str, ...] = ()
    stack: tuple[str, ...] = ()
    """Technologies, all of them."""
    any_stack: tuple[str, ...] = ()
    """Technologies, any of them."""
    role: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    """ISO 3166: jobs that someone who lives in one of them may hold, worldwide ones included; unknown scope is left out."""
    utc: float | None = None
    """Hours from UTC of the worker's clock: jobs whose time zones allow it; one that states none must be worldwide."""
    visa: bool = False
    """Only jobs whose employer sponsors a visa."""
    pay_min: float | None = None
    """Least annual pay in ``currency``: the upper figure of a base or total band reaches it."""
    currency: str = "USD"
    """Currency of ``pay_min``; leaves no job out."""
    company: str | None = None
    """Part of the company's name."""
    industry: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    signal: tuple[str, ...] = ()
    """Remote-work signals, all of them."""
    since: str | None = None
    """First seen since: ``7d`` or a date."""
    as_of: date | None = None
    """The night whose end is asked about; None is now."""
    state: str = "open"
    """``open``, ``closed``, ``unknown`` or ``all``."""
    platform: tuple[str, ...] = ()
    text: str | None = None
    """Words that title, company or description hold."""
    sort: str = Sort.NEWEST.value
    limit: int | None = None

    def without(self, name: str) -> Filters:
        """The same filters less one."""
        return replace(self, **{name: _DEFAULTS[name]})

    def narrowing(self) -> tuple[str, ...]:
        """Names of the filters that narrow the list (sort, limit and currency do not)."""
        return tuple(name for name in _DEFAULTS if name not in _NOT_NARROWING and getattr(self, name) != _DEFAULTS[name])


_DEFAULTS: Mapping[str, Any] = {item.name: item.default for item in fields(Filters)}
_NOT_NARROWING = ("sort", "limit", "currency", "as_of")
_LISTS = frozenset(name for name, default in _DEFAULTS.items() if isinstance(default, tuple))
_STAGES = (
    "seed", "series-a", "series-b", "series-c", "series-d", "series-e", "public", "bootstrapped", "non-profit", "government",
)  # fmt: skip
_STATES = (*(state.value for state in PostingState), "all")
CLOSED_VALUES: Mapping[str, tuple[str, ...]] = {
    "remote": tuple(value.value for value in RemoteClass),
    "arrangement": tuple(value.value for value in Arrangement),
    "role": tuple(value.value for value in RoleFamily),
    "level": tuple(value.value for value in Level),
    "stage": _STAGES,
    "state": _STATES,
    "sort": tuple(value.value for value in Sort),
}
"""Values of the filters whose vocabulary is closed, apart from ``platform``, whose words are those of the terms file."""
_UTC = re.compile(r"(?:utc|gmt)? ?(?P<sign>[+-]?) ?(?P<hours>\d{1,2}(?:\.\d+)?)(?::(?P<minutes>[0-5]\d))?")
_MOST_HOURS = 14
_DAYS = re.compile(r"(\d{1,5})\s*d$")


def parse_filters(given: Mapping[str, Any]) -> Filters:
    """Filters from names and values as a person wrote them; None and empty values are as if not given.

    Args:
        given: by name, with ``_`` or ``-``; a text, a number, or a list of texts.

    Raises:
        UsageError: an unknown name or value, with the nearest one that exists.
    """
    values: dict[str, Any] = {}
    for written, value in given.items():
        name = written.replace("-", "_")
        if name not in _DEFAULTS:
            hint = did_you_mean(name, _DEFAULTS) or f"; choose from {', '.join(_DEFAULTS)}"
            raise UsageError(f"filter '{written}' is unknown{hint}")
        if value is None or value in ("", [], ()):
            continue
        if any("\ud800" <= character <= "\udfff" for character in str(value)):
            raise UsageError(f"--{name.replace('_', '-')}: the value is not valid UTF-8; type it again")
        values[name] = _list(name, value) if name in _LISTS else _single(name, value)
    return Filters(**values)


def since_date(since: str, today: date) -> date:
    """First day of ``7d`` or of a date."""
    match = _DAYS.match(since)
    return today - timedelta(days=int(match[1])) if match else date.fromisoformat(since)


def night_date(text: str, option: str) -> date:
    """The night that an option names.

    Raises:
        UsageError: no date.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{option}: '{text}' must be a date, as in 2026-01-05") from None


def _list(name: str, value: Any) -> tuple[str, ...]:
    items: Iterable[Any] = value if isinstance(value, list | tuple) else [value]
    words = tuple(dict.fromkeys(str(item).strip() for item in items if str(item).strip()))
    if name == "country":
        return tuple(dict.fromkeys(_country(word) for word in words))
    choices = tuple(platforms()) if name == "platform" else CLOSED_VALUES.get(name)
    return tuple(_known(name, word, choices) for word in words) if choices else words


def _known(name: str, word: str, choices: tuple[str, ...]) -> str:
    folded = word.lower().replace(" ", "-").replace("_", "-")
    if folded not in choices:
        option = "--" + name.replace("_", "-")
        hint = did_you_mean(folded, choices) or ";"
        raise UsageError(f"{option}: '{word}' is unknown{hint} choose from {', '.join(choices)}")
    return folded


def _single(name: str, value: Any) -> Any:
    if name in CLOSED_VALUES:
        return _known(name, str(value), CLOSED_VALUES[name])
    if name == "utc":
        return _utc(str(value))
    if name == "visa":
        return _yes(str(value))
    if name == "pay_min":
        return _pay(value)
    if name == "limit":
        return _limit(value)
    if name == "currency":
        code = str(value).strip().upper()
        if not re.fullmatch(r"[A-Z]{3}", code):
            raise UsageError(f"--currency: '{value}' must be a code of three letters, as in USD or EUR")
        return code
    if name == "since":
        return _since(str(value).strip())
    if name == "as_of":
        return night_date(str(value), "--as-of")
    return str(value).strip()


def _country(word: str) -> str:
    code = country_asked(word)
    if code is None:
        hint = nearest_country(word) or "; give its letters or its English name, as in DE, DEU or Germany"
        raise UsageError(f"--country: '{word}' is no country{hint}")
    return code


def _utc(text: str) -> float:
    """``+1``, ``-5``, ``5.5``, ``+05:30``, ``UTC+1``."""
    match = _UTC.fullmatch(text.strip().lower())
    if match is None:
        raise UsageError(f"--utc: '{text}' must be hours from UTC, as in +1 or -5:30")
    hours = float(match["hours"]) + (int(match["minutes"]) / 60 if match["minutes"] else 0.0)
    if hours > _MOST_HOURS:
        raise UsageError(f"--utc: '{text}' is no time zone; offsets reach from -12 to +14")
    return -hours if match["sign"] == "-" else hours


def _yes(text: str) -> bool:
    word = text.strip().lower()
    if word in ("true", "yes", "1"):
        return True
    if word in ("false", "no", "0"):
        return False
    raise UsageError(f"--visa: '{text}' must be yes or no")


def _pay(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return checked_amount(float(value), value, "--pay-min")
    return amount(str(value), "--pay-min")


def _limit(value: Any) -> int:
    try:
        number = int(str(value).replace(",", "").replace("_", ""))
    except ValueError:
        raise UsageError(f"--limit: '{value}' must be a number, as in 20") from None
    if number < 0:
        raise UsageError(f"--limit: '{value}' must be a number of at least 0")
    return number


def _since(text: str) -> str:
    if not _DAYS.match(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            raise UsageError(f"--since: '{text}' must be a number of days or a date, as in 7d or 2026-01-05") from None
    return text
