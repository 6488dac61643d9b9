"""Every page as HTML: what it shows (``rolecall.web.pages``) laid out by its template, for the served and the written site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.filter_words import as_options
from pipeline.identity import company_key
from pipeline.search_config import SearchConfig
from rolecall.web.addresses import with_value, without_value
from rolecall.web.desk import Desk
from rolecall.web.pages.company import CompaniesPage, CompanyPage
from rolecall.web.pages.job import JobPage
from rolecall.web.pages.jobs import JobsPage
from rolecall.web.pages.quality import quality_page
from rolecall.web.pages.sources import sources_page
from rolecall.web.shelf import Shown
from rolecall.web.templating import render
from rolecall.web.words import LEGENDS, value_in_words
from storage.exports.formats import FORMATS

_CURRENCIES = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "INR", "PLN", "BRL", "SGD")
_TAKEN = {
    "csv": "CSV", "xlsx": "Excel", "parquet": "Parquet", "jsonl": "JSON lines", "markdown": "Markdown",
    "ics": "Calendar of closing dates", "atom": "Atom feed", "jsonfeed": "JSON Feed",
}  # fmt: skip
"""What a page calls each format, in the order in which it offers them."""


@dataclass(frozen=True, slots=True)
class Looser:
    """The change of the filters that gives most, of a list that is empty."""

    words: str
    count: int
    address: str | None


@dataclass(frozen=True, slots=True)
class Hub:
    """Lists that stand ready where filters cannot be combined freely."""

    title: str
    lists: tuple[tuple[str, int, str], ...]
    """Label, open jobs, address."""


def jobs_html(
    desk: Desk, shown: Shown, page: JobsPage, title: str = "", search: SearchConfig | None = None, hubs: Sequence[Hub] = ()
) -> str:
    """A list of jobs."""
    filters, links = page.asked.filters, desk.links
    taken = [(said, links.jobs_as(FORMATS[name], filters), FORMATS[name]) for name, said in _TAKEN.items()]
    offered = [(name, address, one) for name, address, one in taken if address]
    return render(
        "jobs.html",
        desk.frame(shown),
        "" if title else "jobs",
        page=page,
        title=title,
        search=search,
        hubs=hubs,
        loosest=_loosest(desk, page),
        takes=[(name, address) for name, address, _ in offered],
        feeds=[(name, address, one.media_type) for name, address, one in offered if one.is_feed],
        command=f"rolecall jobs list {as_options(replace(filters, limit=None))}".rstrip(),
        currencies=sorted({*_CURRENCIES, filters.currency}, key=_place_of),
        with_company=lambda name: links.jobs(with_value(filters, "company", name)),
    )


def _place_of(code: str) -> tuple[int, str]:
    return (_CURRENCIES.index(code) if code in _CURRENCIES else len(_CURRENCIES), code)


def _loosest(desk: Desk, page: JobsPage) -> Looser | None:
    found, filters = page.answer.left_out.loosening, page.asked.filters
    if found is None:
        return None
    if found.name == "state":
        return Looser("Closed ones too, there are", found.gives, desk.links.jobs(replace(filters, state="all")))
    held = getattr(filters, found.name)
    values = (found.value,) if found.value else held if isinstance(held, tuple) else (held,)
    told = ", ".join(value_in_words(found.name, one, filters.currency) for one in values)
    looser = without_value(filters, found.name, found.value) if found.value else filters.without(found.name)
    return Looser(f"Without “{LEGENDS[found.name]}: {told}” there are", found.gives, desk.links.jobs(looser))


def job_html(desk: Desk, shown: Shown, page: JobPage) -> str:
    """A job."""
    key = company_key(page.job["company"]) if page.job["company"] else ""
    address = desk.links.as_json(desk.links.job(page.job["job_id"]))
    return render("job.html", desk.frame(shown), page=page, company_key=key, json_address=address)


def company_html(desk: Desk, shown: Shown, page: CompanyPage) -> str:
    """An employer."""
    return render("company.html", desk.frame(shown), page=page)


def companies_html(desk: Desk, shown: Shown, page: CompaniesPage) -> str:
    """All employers."""
    return render("companies.html", desk.frame(shown), "companies", page=page)


def searches_html(desk: Desk, shown: Shown) -> str:
    """The saved searches, with how many jobs each finds."""
    found = [(one, shown.index.answer(shown.store, one.wanted, limit=0).total) for one in desk.searches.values()]
    return render("searches.html", desk.frame(shown), "searches", found=found)


def quality_html(desk: Desk, shown: Shown) -> str:
    """How right the labels are."""
    address = desk.links.as_json(desk.links.page("quality"))
    return render("quality.html", desk.frame(shown), "quality", page=quality_page(shown), json_address=address)


def sources_html(desk: Desk, shown: Shown) -> str:
    """Where the postings come from."""
    return render("sources.html", desk.frame(shown), "sources", page=sources_page(shown))


def about_html(desk: Desk, shown: Shown) -> str:
    """What this is."""
    contact = desk.settings.config.crawler.contact or ""
    return render("about.html", desk.frame(shown), "about", contact=contact)
