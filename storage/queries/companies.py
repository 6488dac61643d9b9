"""Companies: a list with the figures of each, and everything that is told of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select, tuple_

from pipeline.filters import CompanySort, Filters
from storage import schema
from storage.queries.company_figures import (
    CLASSES,
    Company,
    CompanyBoard,
    CompanyJob,
    days_open,
    facts_of,
    middle,
    most_frequent,
    pay_span,
    pay_spans,
    usual,
    weeks_of,
)
from storage.queries.known_companies import one_company
from storage.queries.selecting import COMPARABLE, POSTINGS, conditions, looking, newest_night
from storage.store import Store

COLUMNS: Mapping[str, str] = {
    "company_key": "name folded for comparison",
    "company": "name that most of its jobs carry",
    "jobs": "jobs that pass the filters",
    "remote_first": "of them remote-first",
    "remote_friendly": "of them remote-friendly",
    "on_site": "of them on-site",
    "not_stated": "of the on-site ones those that are so because nothing was said",
    "remote_first_pct": "remote-first jobs in a hundred",
    "remote_friendly_pct": "remote-friendly jobs in a hundred",
    "on_site_pct": "on-site jobs in a hundred",
    "with_pay": "jobs that state pay",
    "pay_lower_median_usd": "median of the lower figures, base or total, a year in US dollars",
    "pay_upper_median_usd": "median of the upper figures",
    "industry": "industry that most of its jobs carry",
    "stage": "stage that most of its jobs carry",
    "size": "band of the head count that most of its jobs carry",
    "stack": "technologies that most of its jobs name",
    "newest_on": "date of its newest job",
}
"""Every column of a list of companies, with its line in the data dictionary."""
TOP_STACK = 5
CLOSED_SHOWN = 20
_PERCENT = 100
_FEW_COMPANIES = 500
_FACT_OF = {"industry": "industry", "company_stage": "stage", "company_size": "size"}
"""Fact by the signal of its evidence."""


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """One company of a list, over the jobs that pass the filters."""

    company_key: str
    company: str
    jobs: int
    remote_first: int
    remote_friendly: int
    on_site: int
    not_stated: int
    with_pay: int
    newest_on: date
    pay_lower_median_usd: float | None = None
    pay_upper_median_usd: float | None = None
    industry: str | None = None
    stage: str | None = None
    size: str | None = None
    stack: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Values under the names of ``COLUMNS``, in their order."""
        shares = {f"{name}_pct": round(_PERCENT * getattr(self, name) / self.jobs, 1) for name in CLASSES.values()}
        return {name: shares[name] if name in shares else getattr(self, name) for name in COLUMNS}


def companies(store: Store, filters: Filters, limit: int | None = None, order: str = CompanySort.JOBS) -> list[CompanyRow]:
    """Companies with jobs that pass the filters; jobs that name no employer belong to none.

    Args:
        store: where they are.
        filters: as of a list of jobs; sort and limit change nothing.
        limit: most companies; None is all.
        order: one of ``CompanySort``; what is equal stands by name.

    Raises:
        UsageError: a technology, currency or other word that is not known.
    """
    with looking(store, filters) as connection:
        wanted = _wanted(connection, filters)
        is_by_pay = order == CompanySort.PAY
        found = _counted(connection, wanted, None if is_by_pay else limit, order)
        found = _with_pay(connection, wanted, found)
        if is_by_pay:
            found = sorted(found, key=lambda row: (-(row.pay_upper_median_usd or 0.0), row.company_key))[:limit]
        found = _with_facts(connection, wanted, found)
        stacks = _stacks(connection, *wanted, *_of(found))
    return [replace(row, stack=tuple(name for name, _ in stacks.get(row.company_key, ())[:TOP_STACK])) for row in found]


def nameless(store: Store, filters: Filters) -> int:
    """Jobs that pass the filters and name no employer."""
    with looking(store, filters) as connection:
        wanted = [*conditions(connection, filters).values(), POSTINGS.c.is_primary]
        every, named = (
            connection.execute(select(func.count()).select_from(POSTINGS).where(*wanted, *more)).scalar_one()
            for more in ((), (_has_name(),))
        )
        return int(every - named)


def company(store: Store, words: str) -> Company:
    """The company that is meant: the one of exactly this name, else the only one that has the words in its name.

    Raises:
        UsageError: none or several, with the nearest names.
    """
    with store.engine.connect() as connection:
        key = one_company(connection, words, "NAME")
    return company_by_key(store, key)


def company_by_key(store: Store, key: str) -> Company:
    """Everything that is told of a company.

    Args:
        store: as it is, or as it was after a night.
        key: ``postings.company_key``.

    Raises:
        LookupError: no posting has it.
    """
    with store.engine.connect() as connection:
        rows = connection.execute(select(POSTINGS).where(POSTINGS.c.company_key == key)).all()
        if not rows:
            raise LookupError(key)
        jobs = _jobs(rows)
        boards = _boards(connection, rows)
        stack = _stacks(connection, POSTINGS.c.company_key == key, POSTINGS.c.state == "open", POSTINGS.c.is_primary)
        said = _said(connection, key)
        today = newest_night(connection) or max(job.opened_at.date() for job in jobs)
    names = most_frequent(row.company for row in rows)
    opened = [job for job in jobs if job.state == "open"]
    closed = sorted((job for job in jobs if job.closed_at), key=lambda job: (job.closed_at, job.job_id), reverse=True)
    return Company(
        company_key=key,
        company=names[0][0],
        other_names=tuple(name for name, _ in names[1:]),
        facts=facts_of(jobs, [facts for _, facts in boards], said),
        by_class={name: sum(job.remote_class == name for job in opened) for name in CLASSES},
        not_stated=sum((job.remote_class, job.arrangement) == ("on-site", "unstated") for job in opened),
        weeks=weeks_of(jobs, today),
        pay=pay_span("all", opened),
        pay_by_level=pay_spans(opened, "level"),
        pay_by_role=pay_spans(opened, "role_family"),
        stack=tuple(stack.get(key, ())),
        open_jobs=tuple(sorted(opened, key=lambda job: (job.opened_at, job.job_id), reverse=True)),
        closed_jobs=tuple(closed[:CLOSED_SHOWN]),
        closed=len(closed),
        days_open_median=middle(days_open(closed)),
        boards=tuple(board for board, _ in boards),
    )


def _wanted(connection: Connection, filters: Filters) -> list[ColumnElement[bool]]:
    """Jobs that pass the filters and name their employer.

    The state is compared as an expression: SQLite would take an index that begins with it, and look each row up on its own.
    """
    built = dict(conditions(connection, filters))
    if "state" in built:
        built["state"] = func.coalesce(POSTINGS.c.state, None) == filters.state
    return [*built.values(), POSTINGS.c.is_primary, _has_name()]


def _has_name() -> ColumnElement[bool]:
    return POSTINGS.c.company_key > ""


def _of(found: Sequence[CompanyRow]) -> list[ColumnElement[bool]]:
    """The jobs of some companies; of many it is quicker to read all."""
    return [POSTINGS.c.company_key.in_([row.company_key for row in found])] if len(found) <= _FEW_COMPANIES else []


def _number_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _counted(connection: Connection, wanted: Sequence[ColumnElement[bool]], limit: int | None, order: str) -> list[CompanyRow]:
    """What can be counted and put in order in the index alone; a company is called by its key until its name is read."""
    columns = POSTINGS.c
    figures = {
        "jobs": func.count(),
        **{name: _number_of(columns.remote_class == word) for word, name in CLASSES.items()},
        "not_stated": _number_of((columns.remote_class == "on-site") & (columns.arrangement == "unstated")),
        "with_pay": _number_of(columns.has_pay),
        "newest_on": func.max(columns.newest_on),
    }
    orders: Mapping[str, list[ColumnElement[Any]]] = {
        CompanySort.JOBS: [figures["jobs"].desc()],
        CompanySort.REMOTE: [figures["remote_first"].desc(), figures["jobs"].desc()],
        CompanySort.NEWEST: [figures["newest_on"].desc()],
    }
    query = select(columns.company_key, *(figure.label(name) for name, figure in figures.items())).where(*wanted)
    query = query.group_by(columns.company_key).order_by(*orders.get(order, []), columns.company_key).limit(limit)
    return [CompanyRow(company=row["company_key"], **row) for row in connection.execute(query).mappings()]


def _with_pay(connection: Connection, wanted: Sequence[ColumnElement[bool]], found: Sequence[CompanyRow]) -> list[CompanyRow]:
    """Medians of the stated pay."""
    lowers, uppers = (_figures(connection, [*wanted, *_of(found)], side) for side in ("min", "max"))
    return [
        replace(
            row,
            pay_lower_median_usd=middle(lowers.get(row.company_key, ())),
            pay_upper_median_usd=middle(uppers.get(row.company_key, ())),
        )
        for row in found
    ]


def _with_facts(connection: Connection, wanted: Sequence[ColumnElement[bool]], found: Sequence[CompanyRow]) -> list[CompanyRow]:
    """The name, industry, stage and size that most jobs carry."""
    facts = _facts(connection, [*wanted, *_of(found)])
    return [
        replace(
            row,
            company=usual(facts[row.company_key]["company"]) or row.company_key,
            industry=usual(facts[row.company_key]["industry"]),
            stage=usual(facts[row.company_key]["stage"]),
            size=usual(facts[row.company_key]["size"]),
        )
        for row in found
    ]


def _facts(connection: Connection, wanted: Sequence[ColumnElement[bool]]) -> dict[str, dict[str, Counter[str]]]:
    """How many jobs carry each name, industry, stage and size, by company."""
    names = ("company", "industry", "stage", "size")
    columns = [POSTINGS.c[name] for name in ("company_key", *names)]
    found: dict[str, dict[str, Counter[str]]] = {}
    for key, *values, number in connection.execute(select(*columns, func.count()).where(*wanted).group_by(*columns)):
        counted = found.setdefault(key, {name: Counter() for name in names})
        for name, value in zip(names, values, strict=True):
            if value:
                counted[name][value] += number
    return found


def _figures(connection: Connection, wanted: Sequence[ColumnElement[bool]], side: str) -> dict[str, list[float]]:
    """Lower (``min``) or upper figures of base and total bands, a year in US dollars, by company."""
    figure = POSTINGS.c[f"pay_{side}_annual_usd"]
    query = select(POSTINGS.c.company_key, figure).where(*wanted, POSTINGS.c.pay_kind.in_(COMPARABLE), figure.is_not(None))
    found: dict[str, list[float]] = {}
    for key, value in connection.execute(query):
        found.setdefault(key, []).append(value)
    return found


def _stacks(connection: Connection, *wanted: ColumnElement[bool]) -> dict[str, list[tuple[str, int]]]:
    """Technologies with the number of jobs that name them, by company, the most frequent first."""
    columns, named = POSTINGS.c, schema.technologies.c
    number = func.count().label("number")
    query = select(columns.company_key, named.name, number).join(schema.technologies, named.posting_id == columns.posting_id)
    query = query.where(*wanted).group_by(columns.company_key, named.name).order_by(number.desc(), named.name)
    found: dict[str, list[tuple[str, int]]] = {}
    for key, name, jobs in connection.execute(query):
        found.setdefault(key, []).append((name, jobs))
    return found


def _jobs(rows: Sequence[Any]) -> list[CompanyJob]:
    """One a job, by the posting that stands for it, open since the first of its postings."""
    first: dict[str, Any] = {}
    for row in rows:
        first[row.job_id] = min(first.get(row.job_id, row.opened_at), row.opened_at)
    names = [one.name for one in fields(CompanyJob)]
    primaries = [row for row in rows if row.is_primary]
    jobs = [CompanyJob(**{name: getattr(row, name) for name in names}) for row in primaries]
    return [replace(job, opened_at=first[job.job_id]) for job in jobs]


def _boards(connection: Connection, rows: Sequence[Any]) -> list[tuple[CompanyBoard, Mapping[str, Any]]]:
    """Boards that hold the postings, with what the configuration states of their employer."""
    at = schema.boards.c
    held: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        held.setdefault((row.platform, row.board), []).append(row)
    query = select(at.platform, at.board, at.company, at.last_complete_on)
    known: dict[tuple[str, str], Any] = {
        (row.platform, row.board): row for row in connection.execute(query.where(tuple_(at.platform, at.board).in_(list(held))))
    }
    boards: list[tuple[CompanyBoard, Mapping[str, Any]]] = []
    for key in sorted(held):
        of, row = held[key], known.get(key)
        last = row.last_complete_on if row else None
        board = CompanyBoard(*key, len(of), sum(one.state == "open" for one in of), last)
        boards.append((board, dict((row and row.company) or {})))
    return boards


def _said(connection: Connection, key: str) -> dict[tuple[str, str], str]:
    """Quotes of the company's postings on the employer, by posting and fact."""
    told = schema.evidence.c
    query = select(told.posting_id, told.signal, told.quote).join(POSTINGS, POSTINGS.c.posting_id == told.posting_id)
    query = query.where(POSTINGS.c.company_key == key, told.question == "company", told.signal.in_(_FACT_OF))
    return {(row.posting_id, _FACT_OF[row.signal]): row.quote for row in connection.execute(query)}
