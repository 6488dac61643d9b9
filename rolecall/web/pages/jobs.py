"""The list of jobs: what an address asks for, with its facets, pictures and the ways on from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.filter_words import filter_pairs
from pipeline.filters import Filters
from pipeline.search_config import SearchConfig
from pipeline.terms import platforms
from rolecall.render import figures
from rolecall.web.addresses import Asked, with_value, without_value
from rolecall.web.facets import Group, groups
from rolecall.web.links import Links
from rolecall.web.pages.cards import Card, cards
from rolecall.web.pictures import Picture, class_mix, new_by_week, pay_histogram
from rolecall.web.shelf import Shown
from rolecall.web.words import LEGENDS, SORTS, value_in_words
from storage.facet_index.answer import Answer, FacetValue

FURTHEST = 10_000
"""Jobs that pages lead to; who wants more takes an export."""


@dataclass(frozen=True, slots=True)
class Active:
    """A filter that narrows the list, and the list without it."""

    legend: str
    label: str
    without: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A link of the pager or of the orders."""

    label: str
    address: str | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class JobsPage:
    """A page of a list."""

    asked: Asked
    heading: str
    cards: tuple[Card, ...]
    groups: tuple[Group, ...]
    active: tuple[Active, ...]
    notes: tuple[str, ...]
    """What is left out, and why."""
    orders: tuple[Step, ...]
    pages: tuple[Step, ...]
    last: Step
    """The last page; the first where nothing is found."""
    pictures: tuple[Picture, ...]
    answer: Answer
    thresholds: tuple[Step, ...]
    """The list at each pay minimum, without it at the chosen one; no address where no job pays as much."""


def jobs_page(shown: Shown, asked: Asked, links: Links, search: SearchConfig | None = None, most: int = FURTHEST) -> JobsPage:
    """A page of the list that an address asks for.

    Args:
        shown: what is stored.
        asked: filters and page.
        links: where the page leads.
        search: the saved search whose list it is; its pages are the search's own.
        most: jobs that pages lead to.

    Raises:
        UsageError: a value that no posting has.
    """
    filters = asked.filters
    rows = max(0, min(asked.rows, most - asked.offset))
    answer = shown.index.answer(shown.store, filters, asked.offset, rows)
    return JobsPage(
        asked=asked,
        heading=_heading(filters, answer.total),
        cards=cards(shown.store, answer.posting_ids, shown.night, filters.text, (*filters.stack, *filters.any_stack)),
        groups=groups(filters, answer.facets),
        active=_active(filters, links),
        notes=tuple(_notes(asked, answer, most)),
        orders=_orders(filters, links),
        pages=_pages(asked, min(answer.total, most), links, search),
        last=_last(asked, min(answer.total, most), links, search),
        pictures=_pictures(answer),
        answer=answer,
        thresholds=_thresholds(filters, answer, links),
    )


def jobs_json(page: JobsPage, shown: Shown) -> dict[str, Any]:
    """The page for machines."""
    answer, last = page.answer, page.pages[-1] if page.pages else None
    following = last.address if last and last.label == "Next" else None
    return {
        "count": answer.total,
        "page": page.asked.page,
        "next": following,
        "filters": [list(pair) for pair in filter_pairs(page.asked.filters)],
        "night": shown.night.isoformat(),
        "run_id": shown.summary.run_id if shown.summary else None,
        "jobs": [card.row for card in page.cards],
        "attribution": sorted({card.row["attribution"] for card in page.cards}),
        **{name: value for name, value in answer.to_json().items() if name not in ("total", "posting_ids")},
    }


def _heading(filters: Filters, total: int) -> str:
    state = "" if filters.state == "all" else f"{filters.state} "
    return figures.plural(total, f"{state}job")


def _active(filters: Filters, links: Links) -> tuple[Active, ...]:
    """Each value that narrows, alone removable; the past night is one too."""
    found = []
    for name in (*filters.narrowing(), *(["as_of"] if filters.as_of else [])):
        value = getattr(filters, name)
        for one in value if isinstance(value, tuple) else (value,):
            label = value_in_words(name, one, filters.currency)
            without = replace(without_value(filters, name, one), limit=filters.limit)
            found.append(Active(LEGENDS[name], label, links.jobs(without)))
    return tuple(found)


def _notes(asked: Asked, answer: Answer, most: int) -> Sequence[str]:
    told = answer.left_out
    silent = (
        (told.without_pay, "no pay is stated", "pay-min"),
        (told.without_country, "nothing says where one may live", "country"),
        (told.without_hours, "no time zone is stated", "utc"),
    )
    notes = [f"{figures.plural(number, 'job')} left out because {why} ({name})" for number, why, name in silent if number]
    for platform, number in answer.kept_out.items():
        notes.append(f"{figures.plural(number, 'job')} not shown: the terms of {platforms()[platform].title} keep them from sites")
    if answer.total > most and asked.offset + asked.rows >= most:
        notes.append(f"Pages lead to the first {figures.count(most)} jobs; the files below, or `rolecall export`, hold them all")
    return notes


def _orders(filters: Filters, links: Links) -> tuple[Step, ...]:
    return tuple(Step(label, links.jobs(replace(filters, sort=name)), filters.sort == name) for name, label in SORTS.items())


def _pages(asked: Asked, total: int, links: Links, search: SearchConfig | None) -> tuple[Step, ...]:
    """Back, the pages around this one, on; nothing where one page holds all."""

    last = _pages_of(asked, total)
    if last <= 1:
        return ()
    near = sorted({1, last, *range(max(1, asked.page - 2), min(last, asked.page + 2) + 1)})
    steps = [Step(figures.count(page), _at(asked, page, links, search), page == asked.page) for page in near]
    if asked.page > 1:
        steps.insert(0, Step("Previous", _at(asked, min(asked.page - 1, last), links, search), is_current=False))
    if asked.page < last:
        steps.append(Step("Next", _at(asked, asked.page + 1, links, search), is_current=False))
    return tuple(steps)


def _last(asked: Asked, total: int, links: Links, search: SearchConfig | None) -> Step:
    page = _pages_of(asked, total)
    return Step(figures.count(page), _at(asked, page, links, search), page == asked.page)


def _pages_of(asked: Asked, total: int) -> int:
    return max(1, -(-total // asked.rows))


def _at(asked: Asked, page: int, links: Links, search: SearchConfig | None) -> str | None:
    return links.search(search.id, page) if search else links.jobs(asked.filters, page)


def _thresholds(filters: Filters, answer: Answer, links: Links) -> tuple[Step, ...]:
    facet = answer.facets.get("pay_min")
    if facet is None:
        return ()
    return tuple(_threshold(filters, one, links) for one in facet.values)


def _threshold(filters: Filters, one: FacetValue, links: Links) -> Step:
    label = f"{value_in_words('pay_min', one.value, filters.currency)} ({figures.count(one.count)})"
    if one.is_chosen:
        return Step(label, links.jobs(filters.without("pay_min")), is_current=True)
    return Step(label, links.jobs(with_value(filters, "pay_min", float(one.value))) if one.count else None, is_current=False)


def _pictures(answer: Answer) -> tuple[Picture, ...]:
    if not answer.total:
        return ()
    return (class_mix(answer.by_class), pay_histogram(answer.pay, answer.pay_unstated), new_by_week(answer.weeks))
