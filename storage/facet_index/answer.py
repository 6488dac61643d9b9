"""What the index answers, as frozen records that say themselves as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from storage.queries.jobs import LeftOut

NOT_STATED = "on-site (not stated)"
"""Jobs that are on-site because nothing was said; counted apart."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that a filter can take."""

    value: str
    """As the filter of the same name takes it."""
    count: int
    """Jobs."""
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one filter with the jobs of each, the other filters applied."""

    values: tuple[FacetValue, ...]
    unstated: int
    """Jobs that do not say; 0 where every job has a value."""
    more: int = 0
    """Values with a job that are not among those shown."""

    def to_json(self) -> dict[str, Any]:
        return {"values": [asdict(value) for value in self.values], "unstated": self.unstated, "more": self.more}


@dataclass(frozen=True, slots=True)
class PayBin:
    """Jobs whose upper annual figure, in US dollars, lies from one step up to the next."""

    from_usd: int
    to_usd: int | None
    """The first figure that is out of it; None for the last bin."""
    count: int


@dataclass(frozen=True, slots=True)
class Week:
    """New postings of one ISO week."""

    week: str
    """``2026-W02``."""
    begins_on: date
    """Its Monday."""
    by_class: Mapping[str, int]
    """As ``Answer.by_class``."""

    def to_json(self) -> dict[str, Any]:
        return {"week": self.week, "begins_on": self.begins_on.isoformat(), "by_class": dict(self.by_class)}


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of a list of jobs, and what the whole list holds."""

    total: int
    """Jobs that match and may be shown."""
    posting_ids: tuple[str, ...]
    """The page, in the order asked for."""
    facets: Mapping[str, Facet]
    """By the filter's name."""
    left_out: LeftOut
    kept_out: Mapping[str, int]
    """Jobs that match, but whose platform's terms forbid the target, by platform."""
    by_class: Mapping[str, int]
    """Jobs by remote class, those on-site where nothing is stated apart."""
    pay: tuple[PayBin, ...]
    pay_unstated: int
    """Jobs without an annual figure of base or total pay."""
    weeks: tuple[Week, ...]
    """By the date that ``newest`` sorts by: of publication, else the night that first held it; oldest week first."""

    def to_json(self) -> dict[str, Any]:
        """Plain values under the names of the fields."""
        return {
            "total": self.total,
            "posting_ids": list(self.posting_ids),
            "facets": {name: facet.to_json() for name, facet in self.facets.items()},
            "left_out": asdict(self.left_out),
            "kept_out": dict(self.kept_out),
            "by_class": dict(self.by_class),
            "pay": [asdict(one) for one in self.pay],
            "pay_unstated": self.pay_unstated,
            "weeks": [week.to_json() for week in self.weeks],
        }
