"""A page's address and the filters it stands for: the names of the command line without their dashes in front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from pipeline.errors import UsageError, did_you_mean
from pipeline.filter_words import as_query
from pipeline.filters import Filters, parse_filters

PAGE_ROWS = 25
"""Jobs of a page where the address names no ``limit``."""
MOST_PAGE_ROWS = 200
LONGEST_VALUE = 500
"""Characters of a value."""
MOST_VALUES = 40
"""Values that one address may hold."""
_FILTERS = {item.name.replace("_", "-"): item for item in fields(Filters)}
_LISTS = frozenset(name for name, item in _FILTERS.items() if isinstance(item.default, tuple))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list asks for."""

    filters: Filters
    page: int = 1

    @property
    def rows(self) -> int:
        """Jobs of a page."""
        return self.filters.limit or PAGE_ROWS

    @property
    def offset(self) -> int:
        """Jobs on the pages before."""
        return (self.page - 1) * self.rows


def read_query(pairs: Iterable[tuple[str, str]], more: Iterable[str] = ("page",)) -> Asked:
    """What the name=value pairs of an address ask for; empty values are as if not given.

    Args:
        pairs: as they stand in the address.
        more: names that may stand there besides the filters.

    Raises:
        UsageError: an unknown name or value, with the nearest one that exists; a name twice that may stand once; too many values.
    """
    given: dict[str, Any] = {}
    page, number = 1, 0
    known = (*_FILTERS, *more)
    for written, value in pairs:
        name = written.replace("_", "-")
        if name not in known:
            hint = did_you_mean(name, known) or f"; choose from {', '.join(known)}"
            raise UsageError(f"filter '{written[:60]}' is unknown{hint}")
        number += 1
        if number > MOST_VALUES:
            raise UsageError(f"the address holds more than {MOST_VALUES} values; leave some out")
        if len(value) > LONGEST_VALUE:
            raise UsageError(f"'{name}' holds a value of {len(value):,} characters; {LONGEST_VALUE} are the most")
        if not value.strip():
            continue
        if name == "page":
            page = _page(value)
        elif name in _LISTS:
            given.setdefault(name, []).append(value)
        elif name in given:
            raise UsageError(f"'{name}' stands twice in the address; leave one out")
        else:
            given[name] = value
    filters = parse_filters(given)
    if filters.limit is not None and not 1 <= filters.limit <= MOST_PAGE_ROWS:
        raise UsageError(f"limit: a page holds 1 to {MOST_PAGE_ROWS} jobs; the exports hold them all")
    return Asked(filters, page)


def query(filters: Filters, page: int = 1) -> str:
    """The address's part after ``?`` in one fixed order; empty where nothing is asked for."""
    return "&".join(filter(None, [as_query(filters), f"page={page}" if page > 1 else ""]))


def with_value(filters: Filters, name: str, value: Any) -> Filters:
    """The filters and one value more (a list) or another value (a single filter)."""
    before = getattr(filters, name)
    changed: Any = {name: (*before, value) if isinstance(before, tuple) else value}
    return replace(filters, **changed)


def without_value(filters: Filters, name: str, value: Any) -> Filters:
    """The filters less one value; a single filter goes back to its default."""
    before = getattr(filters, name)
    if not isinstance(before, tuple):
        return filters.without(name)
    changed: Any = {name: tuple(one for one in before if one != value)}
    return replace(filters, **changed)


def _page(value: str) -> int:
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value[:9]) < 1_000_000:
        raise UsageError(f"page: '{value[:20]}' must be a number from 1 on")
    return int(value)
