"""What is told of a company, and how it is reckoned from rows: pure functions over what ``storage.queries.companies`` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from pipeline.vocabulary import PayKind

WEEKS = 26
"""Weeks that are looked back over."""
CLASSES = {"remote-first": "remote_first", "remote-friendly": "remote_friendly", "on-site": "on_site"}
"""Names of the figures by remote class."""


@dataclass(frozen=True, slots=True)
class WeekMix:
    """Jobs of a week by remote class."""

    week_on: date
    """Its Monday."""
    remote_first: int = 0
    remote_friendly: int = 0
    on_site: int = 0


@dataclass(frozen=True, slots=True)
class PaySpan:
    """Stated pay of some open jobs, US dollars a year, base or total."""

    name: str
    """The level or role family."""
    jobs: int
    """Open jobs that state it."""
    lowest_usd: float | None
    lower_median_usd: float | None
    upper_median_usd: float | None
    highest_usd: float | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known of the employer, and from where."""

    name: str
    """``industry``, ``stage`` or ``size``."""
    value: str
    jobs: int
    """Jobs whose posting carries it."""
    source: str
    """``configuration``, ``platform``, or ``posting`` where its own sentence says so."""
    quote: str | None = None
    posting_id: str | None = None
    """The posting that is quoted."""


@dataclass(frozen=True, slots=True)
class CompanyBoard:
    """A board or feed that holds postings of the company."""

    platform: str
    board: str
    postings: int
    open_postings: int
    last_complete_on: date | None
    """Night of its last complete answer."""


@dataclass(frozen=True, slots=True)
class CompanyJob:
    """A job of the company; the names are those of the data dictionary."""

    job_id: str
    posting_id: str
    platform: str
    board: str
    title: str
    company: str | None
    url: str
    location: str | None
    remote_class: str
    arrangement: str
    level: str
    role_family: str
    pay_min: float | None
    pay_max: float | None
    pay_currency: str | None
    pay_period: str | None
    pay_kind: str | None
    pay_min_annual_usd: float | None
    pay_max_annual_usd: float | None
    has_pay: bool
    industry: str | None
    stage: str | None
    size: str | None
    state: str
    state_reason: str | None
    published_on: date | None
    opened_at: datetime
    """Clock of the night that first held one of its postings, UTC."""
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Company:
    """Everything that a company's page tells."""

    company_key: str
    company: str
    """The name that most jobs carry."""
    other_names: tuple[str, ...]
    facts: tuple[Fact, ...]
    """By name, the value of most jobs first."""
    by_class: Mapping[str, int]
    """Open jobs by remote class, every class named."""
    not_stated: int
    """Open jobs that are on-site because nothing was said."""
    weeks: tuple[WeekMix, ...]
    """Jobs first seen in each of the last ``WEEKS`` weeks, oldest first, by their class of now."""
    pay: PaySpan
    """Of all open jobs."""
    pay_by_level: tuple[PaySpan, ...]
    pay_by_role: tuple[PaySpan, ...]
    stack: tuple[tuple[str, int], ...]
    """Technologies with the open jobs that name them, the most frequent first."""
    open_jobs: tuple[CompanyJob, ...]
    """Newest first."""
    closed_jobs: tuple[CompanyJob, ...]
    """The last ones that closed, newest first."""
    closed: int
    """How many closed in all."""
    days_open_median: float | None
    """Days that a closed job stayed open."""
    boards: tuple[CompanyBoard, ...]

    def to_json(self) -> dict[str, Any]:
        value = asdict(self)
        value["stack"] = [{"name": name, "jobs": jobs} for name, jobs in self.stack]
        return value


def most_frequent(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """Values with how often they occur, the most frequent first; None does not count."""
    counted = Counter(value for value in values if value)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def usual(counted: Mapping[str, int]) -> str | None:
    """The most frequent value; None where there is none."""
    return min(counted, key=lambda value: (-counted[value], value), default=None)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks_of(jobs: Iterable[CompanyJob], today: date) -> tuple[WeekMix, ...]:
    """Jobs first seen a week, by class, over the last ``WEEKS`` weeks, that of ``today`` included."""
    counted = Counter((monday(job.opened_at.date()), CLASSES[job.remote_class]) for job in jobs)
    mondays = [monday(today) - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    return tuple(WeekMix(day, **{name: counted[day, name] for name in CLASSES.values()}) for day in mondays)


def comparable(job: CompanyJob) -> tuple[float | None, float | None]:
    """Lower and upper figure a year in US dollars, of a base or total band alone."""
    return (job.pay_min_annual_usd, job.pay_max_annual_usd) if job.pay_kind in (PayKind.BASE, PayKind.TOTAL) else (None, None)


def pay_span(name: str, jobs: Iterable[CompanyJob]) -> PaySpan:
    """What some jobs state."""
    stated = [pair for job in jobs if (pair := comparable(job)) != (None, None)]
    lowers = [lower for lower, _ in stated if lower is not None]
    uppers = [upper for _, upper in stated if upper is not None]
    every = [*lowers, *uppers]
    return PaySpan(name, len(stated), min(every, default=None), middle(lowers), middle(uppers), max(every, default=None))


def middle(values: Sequence[float]) -> float | None:
    """The median; None of nothing."""
    return median(values) if values else None


def pay_spans(jobs: Sequence[CompanyJob], field: str) -> tuple[PaySpan, ...]:
    """What the jobs of each level or role family state, most jobs first; those of which none states pay are left out."""
    names = sorted({str(getattr(job, field)) for job in jobs})
    spans = [pay_span(name, [job for job in jobs if getattr(job, field) == name]) for name in names]
    return tuple(sorted((span for span in spans if span.jobs), key=lambda span: -span.jobs))


def days_open(jobs: Iterable[CompanyJob]) -> list[float]:
    """Days from the first night to the closing one, of closed jobs."""
    return [(job.closed_at - job.opened_at) / timedelta(days=1) for job in jobs if job.closed_at is not None]


def facts_of(
    jobs: Iterable[CompanyJob], configured: Iterable[Mapping[str, Any]], said: Mapping[tuple[str, str], str]
) -> tuple[Fact, ...]:
    """Industry, stage and size with where they come from.

    Args:
        jobs: of the company.
        configured: what the configuration states of its boards.
        said: quote by posting id and name of the fact, where the posting's own sentence says it.
    """
    stated = {(name, facts.get(name)) for facts in configured for name in ("industry", "stage", "size")}
    listed, found = list(jobs), []
    for name in ("industry", "stage", "size"):
        for value, number in most_frequent(getattr(job, name) for job in listed):
            if (name, value) in stated:
                found.append(Fact(name, value, number, "configuration"))
                continue
            quoted = next((job for job in listed if getattr(job, name) == value and (job.posting_id, name) in said), None)
            if quoted is None:
                found.append(Fact(name, value, number, "platform"))
            else:
                quote = said[quoted.posting_id, name]
                found.append(Fact(name, value, number, "posting", quote, quoted.posting_id))
    return tuple(found)
