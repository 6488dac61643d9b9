"""The filters beside a list as a person sees them: groups of choices with counts, the chosen ones marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.filters import Filters
from rolecall.web.words import LEGENDS, value_in_words
from storage.facet_index.answer import Facet


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One filter."""

    name: str
    """As it stands in an address."""
    legend: str
    kind: str
    """``check`` (any of), ``all`` (all of, with a field for another), ``radio`` (one of), ``amount`` or ``words``."""
    choices: tuple[Choice, ...]
    unstated: int
    """Jobs that do not say."""
    more: int
    """Values that are not shown."""
    is_open: bool
    hint: str = ""
    field: str = ""
    """What the field for another value holds."""


_KINDS: Mapping[str, str] = {
    "remote": "check", "arrangement": "check", "stack": "all", "role": "check", "level": "check", "country": "check",
    "utc": "radio", "pay_min": "amount", "visa": "check", "company": "words", "stage": "check", "size": "check",
    "industry": "check", "platform": "check", "signal": "all", "since": "radio", "state": "radio",
}  # fmt: skip
_OPEN = frozenset({"remote", "stack", "role", "level", "country", "pay_min"})
_FIELDS: Mapping[str, str] = {"stack": "Another technology", "country": "Another country", "industry": "Another industry"}
_HINTS: Mapping[str, str] = {
    "stack": "Jobs that name all of them.",
    "signal": "Jobs with all of them.",
    "country": "Jobs that someone living there may hold, worldwide ones included.",
    "utc": "Jobs whose time zones allow this clock.",
    "pay_min": "At least, a year: the upper figure of a stated band reaches it.",
    "company": "Part of the name.",
}


def groups(filters: Filters, facets: Mapping[str, Facet]) -> tuple[Group, ...]:
    """The filters in the order of the page."""
    return tuple(_group(filters, name, facets[name]) for name in _KINDS if name in facets)


def _group(filters: Filters, name: str, facet: Facet) -> Group:
    narrowed = name in filters.narrowing()
    choices = tuple(
        Choice(one.value, value_in_words(name, one.value, filters.currency), one.count, one.is_chosen) for one in facet.values
    )
    return Group(
        name=name.replace("_", "-"),
        legend=LEGENDS[name],
        kind=_KINDS[name],
        choices=choices,
        unstated=facet.unstated,
        more=facet.more,
        is_open=name in _OPEN or narrowed,
        hint=_HINTS.get(name, ""),
        field=_FIELDS.get(name, ""),
    )
