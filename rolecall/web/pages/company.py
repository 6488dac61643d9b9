"""One employer, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pipeline.filters import Filters
from pipeline.terms import forbids
from pipeline.vocabulary import RemoteClass
from rolecall.render import figures
from rolecall.web.links import Links
from rolecall.web.pages.cards import Card, cards
from rolecall.web.pictures import Picture, class_mix, company_weeks
from rolecall.web.shelf import SITE, Shown
from rolecall.web.words import ago, day, short_range, source_name, value_in_words
from storage.facet_index.answer import NOT_STATED
from storage.queries.companies import CompanyRow, companies, company_by_key
from storage.queries.company_figures import Company, CompanyBoard, CompanyJob, Fact, PaySpan

MOST_COMPANIES = 300
"""Of the list; the command gives them all."""
_MOST_CARDS = 25
_MOST_SKILLS = 30
_SOURCES = {"configuration": "from this site's settings", "platform": "from the job board", "posting": "from a posting"}
_SPANS = {"all": "all jobs", "unstated": "level not stated"}


@dataclass(frozen=True, slots=True)
class Span:
    """Stated pay of some jobs."""

    name: str
    jobs: str
    middle: str
    """Median of the lower to median of the upper figures."""
    span: str
    """The lowest to the highest."""


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """An employer in full."""

    company: Company
    """Its figures are of all jobs; those whose source keeps them from sites are not named."""
    facts: tuple[tuple[str, str, str], ...]
    """Name, value, where it is from."""
    pictures: tuple[Picture, ...]
    pay: tuple[Span, ...]
    skills: tuple[tuple[str, int], ...]
    cards: tuple[Card, ...]
    more: int
    """Open jobs that are not shown here."""
    list_address: str | None
    kept_out: int
    """Open jobs that the terms of their source keep from sites."""
    closed: tuple[tuple[str, str, str], ...]
    """Title, when it closed, address of its page."""
    days_open: str
    boards: tuple[tuple[str, str, str], ...]
    """Source, open postings, last success."""


@dataclass(frozen=True, slots=True)
class CompaniesPage:
    """The employers with jobs that pass the filters."""

    rows: tuple[CompanyRow, ...]
    is_cut: bool

    def to_json(self) -> list[dict[str, Any]]:
        """As ``rolecall companies list --json``."""
        return [row.to_json() for row in self.rows]


def companies_page(shown: Shown, filters: Filters) -> CompaniesPage:
    """Employers, those with most jobs first.

    Raises:
        UsageError: a value that no posting has.
    """
    found = companies(shown.store, filters, MOST_COMPANIES + 1)
    return CompaniesPage(tuple(found[:MOST_COMPANIES]), len(found) > MOST_COMPANIES)


def company_page(shown: Shown, key: str, links: Links) -> CompanyPage:
    """The page of an employer.

    Raises:
        LookupError: there is none of that name.
    """
    whole = company_by_key(shown.store, key)
    company = replace(whole, open_jobs=_newest_first(_may_show(whole.open_jobs)), closed_jobs=_may_show(whole.closed_jobs))
    picked = company.open_jobs[:_MOST_CARDS]
    on_site = company.by_class[RemoteClass.ON_SITE] - company.not_stated
    mix = {**company.by_class, RemoteClass.ON_SITE.value: on_site, NOT_STATED: company.not_stated}
    spans = (replace(company.pay, name="all"), *company.pay_by_level, *company.pay_by_role)
    return CompanyPage(
        company=company,
        facts=tuple(_fact(one) for one in company.facts),
        pictures=(class_mix(mix), company_weeks(company.weeks)) if whole.open_jobs or whole.closed else (),
        pay=tuple(_span(one) for one in spans if one.jobs),
        skills=company.stack[:_MOST_SKILLS],
        cards=cards(shown.store, [job.posting_id for job in picked], shown.night),
        more=len(company.open_jobs) - len(picked),
        list_address=links.jobs(Filters(company=company.company, as_of=shown.store.as_of)),
        kept_out=len(whole.open_jobs) - len(company.open_jobs),
        closed=tuple((job.title, _closed(job, shown), links.job(job.job_id)) for job in company.closed_jobs),
        days_open=f"{company.days_open_median:.0f}" if company.days_open_median is not None else "",
        boards=tuple(_board(one) for one in company.boards),
    )


def _may_show(jobs: Iterable[CompanyJob]) -> tuple[CompanyJob, ...]:
    return tuple(job for job in jobs if not forbids(job.platform, SITE))


def _newest_first(jobs: Iterable[CompanyJob]) -> tuple[CompanyJob, ...]:
    """In the order of the list of jobs, since the cards say when a job was posted."""
    return tuple(sorted(jobs, key=lambda job: (-(job.published_on or job.opened_at.date()).toordinal(), job.posting_id)))


def _fact(one: Fact) -> tuple[str, str, str]:
    return one.name, value_in_words(one.name, one.value), _SOURCES[one.source]


def _board(one: CompanyBoard) -> tuple[str, str, str]:
    return source_name(one.platform, one.board), figures.count(one.open_postings), day(one.last_complete_on)


def _closed(job: CompanyJob, shown: Shown) -> str:
    return f"{day(job.closed_at)}, {ago(job.closed_at, shown.night)}"


def _span(one: PaySpan) -> Span:
    return Span(
        _SPANS.get(one.name) or value_in_words("role", one.name),
        figures.count(one.jobs),
        short_range(one.lower_median_usd, one.upper_median_usd),
        short_range(one.lowest_usd, one.highest_usd),
    )
