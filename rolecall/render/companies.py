"""Companies as a table, and one company as a page of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from rolecall.render.figures import class_in_words, count, plural, share, short_range
from rolecall.render.jobs import ID_CELLS, labelled, pay_cell
from rolecall.render.tables import Column, fitting, table

if TYPE_CHECKING:
    from storage.queries.company_figures import Company, CompanyJob, Fact, PaySpan, WeekMix

_LIST = (
    Column("company", weight=3, least=10),
    Column("jobs", is_number=True),
    Column("first", is_number=True),
    Column("friendly", is_number=True),
    Column("on-site", is_number=True),
    Column("with pay", is_number=True),
    Column("median pay", weight=20, least=10),
    Column("newest"),
    Column("stack", weight=4, least=12),
    Column("industry", weight=2, least=8),
)
_JOBS = (
    Column("id"),
    Column("title", weight=5, least=16),
    Column("remote class"),
    Column("since"),
    Column("pay", weight=20, least=10),
)
_CLOSED = (*_JOBS[:3], Column("closed"), *_JOBS[3:])
_WEEKS = (
    Column("week of"),
    Column("remote-first", is_number=True),
    Column("remote-friendly", is_number=True),
    Column("on-site", is_number=True),
)
_SPANS = (
    Column("level or role", weight=1, least=10),
    Column("jobs", is_number=True),
    Column("lowest", is_number=True),
    Column("lower median", is_number=True),
    Column("upper median", is_number=True),
    Column("highest", is_number=True),
)
_MOST_STACK = 25
_MOST_QUOTE = 100


def companies_table(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """One line a company; what there is no room for is left out at the right."""
    cells = [_cells(row) for row in rows]
    room = fitting(_LIST, cells, width)
    return table(_LIST[:room], [row[:room] for row in cells], width)


def _cells(row: Mapping[str, Any]) -> list[str]:
    jobs = row["jobs"]
    shares = [f"{count(row[name])} ({share(row[name], jobs)})" for name in ("remote_first", "remote_friendly", "on_site")]
    return [
        row["company"],
        count(jobs),
        *shares,
        count(row["with_pay"]),
        f"USD {pay}" if (pay := short_range(row["pay_lower_median_usd"], row["pay_upper_median_usd"])) else "",
        str(row["newest_on"]),
        ", ".join(row["stack"]),
        row["industry"] or "",
    ]


def whole_company(company: Company, width: int) -> str:
    """Everything that is told of a company."""
    names = f" (also {', '.join(company.other_names)})" if company.other_names else ""
    parts = [
        click.style(company.company, bold=True) + f"{names}\n",
        _facts(company, width),
        _section("Open jobs", _jobs_table(_JOBS, company.open_jobs, width)),
        _section(_closed_title(company), _jobs_table(_CLOSED, company.closed_jobs, width)),
        _section("New jobs a week", _weeks_table(company.weeks, width)),
        _section("Stated pay, USD a year", _spans_table(company, width)),
    ]
    return "\n".join(part for part in parts if part)


def _facts(company: Company, width: int) -> str:
    open_jobs = sum(company.by_class.values())
    mix = ", ".join(f"{name} {count(jobs)} ({share(jobs, open_jobs)})" for name, jobs in company.by_class.items())
    silent = f", {count(company.not_stated)} of them not stated" if company.not_stated else ""
    stack = ", ".join(f"{name} {jobs}" for name, jobs in company.stack[:_MOST_STACK])
    boards = [
        f"{board.platform}:{board.board}, {plural(board.open_postings, 'open posting')}, "
        f"last read in full {board.last_complete_on or 'never'}"
        for board in company.boards
    ]
    days = company.days_open_median
    lines = [
        *((fact.name, _fact(fact)) for fact in company.facts),
        ("open jobs", f"{count(open_jobs)}: {mix}{silent}" if open_jobs else "none"),
        ("days open", f"{days:g}, median of {plural(company.closed, 'closed job')}" if days is not None else ""),
        ("stack", stack),
        *(("read from" if number == 0 else "", text) for number, text in enumerate(boards)),
    ]
    return "".join(labelled(name, text, width) for name, text in lines if text)


def _fact(fact: Fact) -> str:
    quote = f': "{fact.quote[:_MOST_QUOTE]}"' if fact.quote else ""
    return f"{fact.value} ({fact.source}, {plural(fact.jobs, 'job')}){quote}"


def _closed_title(company: Company) -> str:
    more = company.closed - len(company.closed_jobs)
    return "Closed jobs" + (f", the last {len(company.closed_jobs)} of {count(company.closed)}" if more else "")


def _section(title: str, text: str) -> str:
    return click.style(title, bold=True) + "\n" + text if text else ""


def _jobs_table(columns: Sequence[Column], jobs: Sequence[CompanyJob], width: int) -> str:
    if not jobs:
        return ""
    cells = [_job_cells(job, is_closed=columns is _CLOSED) for job in jobs]
    room = fitting(columns, cells, width)
    return table(columns[:room], [row[:room] for row in cells], width)


def _job_cells(job: CompanyJob, *, is_closed: bool) -> list[str]:
    closed = [f"{job.closed_at:%Y-%m-%d}" if job.closed_at else ""] if is_closed else []
    said = class_in_words(job.remote_class, job.arrangement)
    return [job.job_id[:ID_CELLS], job.title, said, *closed, f"{job.opened_at:%Y-%m-%d}", pay_cell(asdict(job))]


def _weeks_table(weeks: Iterable[WeekMix], width: int) -> str:
    rows = [
        [str(week.week_on), *(count(number) for number in (week.remote_first, week.remote_friendly, week.on_site))]
        for week in weeks
        if week.remote_first or week.remote_friendly or week.on_site
    ]
    return table(_WEEKS, rows, width) if rows else ""


def _spans_table(company: Company, width: int) -> str:
    if not company.pay.jobs:
        return ""
    rows = [_span_cells(span) for span in (company.pay, *company.pay_by_level, *company.pay_by_role)]
    room = fitting(_SPANS, rows, width)
    return table(_SPANS[:room], [row[:room] for row in rows], width)


def _span_cells(span: PaySpan) -> list[str]:
    figures = (span.lowest_usd, span.lower_median_usd, span.upper_median_usd, span.highest_usd)
    return [span.name, count(span.jobs), *("-" if figure is None else f"{figure:,.0f}" for figure in figures)]
