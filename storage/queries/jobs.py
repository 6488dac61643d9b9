"""Lists of jobs and postings, and one job in full."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, func, literal, not_, select, union_all

from pipeline.errors import UsageError
from pipeline.filters import Filters
from pipeline.terms import attribution, platforms
from storage import schema
from storage.looking import named_ids
from storage.queries.counting import count_matching, count_where
from storage.queries.loosening import Loosening, loosest
from storage.queries.selecting import POSTINGS, conditions, knows_country, knows_hours, looking, ordering
from storage.store import Store

COLUMNS: Mapping[str, str] = {
    "job_id": "the job; postings that are one job share it",
    "posting_id": "the posting that stands for it",
    "platform": "platform that it was read from",
    "board": "the employer's list on the platform, or the feed's name",
    "external_id": "the platform's own id",
    "title": "title as the employer wrote it",
    "company": "employer",
    "url": "public address of the posting",
    "apply_url": "address of the form, where the source names one",
    "remote_class": "remote-first, remote-friendly or on-site",
    "remote_class_probability": "probability of that class",
    "remote_quote": "the words that decide the class, verbatim; empty where nothing was said",
    "arrangement": "remote, hybrid, onsite or unstated",
    "office_days": "fewest office days a week that satisfy the posting",
    "remote_scope": "where the remote worker may live; empty where not stated",
    "eligible_countries": "ISO 3166 countries whose residents may hold the job; empty where not known or worldwide",
    "is_worldwide": "the worker may live anywhere",
    "excluded_places": "places that the posting leaves out",
    "utc_min": "hours from UTC, winter time: westernmost clock that the posting allows",
    "utc_max": "easternmost clock that the posting allows",
    "visa_sponsorship": "yes, no or unstated",
    "needs_clearance": "a security clearance is asked for; empty where none is mentioned",
    "languages": "ISO 639-1 codes of the languages asked for",
    "signals": "remote-work signals found",
    "stack": "technologies, in order of mention",
    "level": "level of the role",
    "role_family": "family of the role",
    "is_management": "the role leads people",
    "location": "every place that the source names",
    "pay_min": "lower figure of the band shown, as stated",
    "pay_max": "upper figure of that band, as stated",
    "pay_currency": "ISO 4217 code of that band",
    "pay_period": "year, month, week, day, hour or project",
    "pay_kind": "base, ote or total",
    "pay_min_annual_usd": "lower figure a year in US dollars",
    "pay_max_annual_usd": "upper figure a year in US dollars",
    "pay_policy": "global, national, zoned or location-dependent",
    "has_equity": "equity is offered",
    "employment_type": "full-time, part-time, contract, temporary or internship",
    "industry": "industry, where stated",
    "stage": "stage of the company, where stated",
    "size": "band of the head count, where stated",
    "language": "ISO 639-1 code of the description",
    "state": "open, closed or unknown",
    "state_reason": "why it is closed or unknown",
    "published_on": "date of publication, as the source says",
    "expires_on": "expiry date, as the source says",
    "opened_at": "clock of the night that first held it, UTC",
    "closed_at": "clock of the night that closed it, UTC",
    "last_seen_on": "last night that held it",
    "moved_at": "clock of the run that last moved a posting of this job (opened, changed, relabelled, closed, reopened), UTC",
    "sightings": "postings of this job that are stored",
    "source_name": "the source to credit",
    "source_url": "address at the source",
    "attribution": "how the source wants to be credited",
}
"""Every column of a row, with its line in the data dictionary, in the order of exports."""

_PLAIN = tuple(name for name in COLUMNS if name in POSTINGS.c and name != "last_seen_on")
_plain_values = attrgetter(*_PLAIN)
_READ = [
    column for column in POSTINGS.c
    if column.name in (*_PLAIN, "last_seen_on") or column.name.endswith("_probability")
]  # fmt: skip
"""Columns that a row needs."""
_CHUNK = 500
_BY_AGE = (POSTINGS.c.opened_at, POSTINGS.c.posting_id)
LISTS = {
    "stack": (schema.technologies, "name", "place"),
    "signals": (schema.signals, "signal", "signal"),
    "remote_scope": (schema.remote_scopes, "place", "place"),
    "eligible_countries": (schema.eligible_countries, "country", "country"),
    "excluded_places": (schema.excluded_places, "place", "place"),
    "languages": (schema.required_languages, "language", "language"),
}
"""Columns that are lists: the table beside ``postings``, its column and what they are sorted by."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a list leaves out, and what would loosen it most."""

    without_pay: int = 0
    """Jobs that match everything but ``--pay-min`` because they state no pay."""
    without_country: int = 0
    """Jobs that match everything but ``--country`` because nothing says where one may live."""
    without_hours: int = 0
    """Jobs that match everything but ``--utc`` because they state no time zone."""
    loosest: str | None = None
    """The filter whose loosening gives most jobs; only where nothing matches."""
    loosest_count: int = 0
    loosening: Loosening | None = None
    """How it is to be loosened."""
    total: int = 0
    """Jobs in the state asked for, unfiltered."""


def rows(
    store: Store, filters: Filters, each_posting: bool = False, order: Sequence[ColumnElement[Any]] = ()
) -> Iterator[dict[str, Any]]:
    """Jobs (or postings) that match, one row each, streamed.

    Args:
        store: where they are.
        filters: what to narrow the list to.
        each_posting: one row a posting instead of one a job.
        order: what to sort by instead of the filters' own order.

    Raises:
        UsageError: a technology or currency that is not known.
    """
    with looking(store, filters) as connection:
        wanted = [*conditions(connection, filters).values(), *([] if each_posting else [POSTINGS.c.is_primary])]
        query = select(*_READ).where(*wanted).order_by(*(order or ordering(filters)))
        if filters.limit is not None:
            query = query.limit(filters.limit)
        with connection.execution_options(yield_per=_CHUNK).execute(query) as found:
            for part in found.partitions(_CHUNK):
                with store.engine.connect() as beside:
                    yield from _complete(beside, part)


def rows_of(store: Store, posting_ids: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of the named postings, in the order of the names; an id that is not stored has none."""
    with store.engine.connect() as connection:
        query = select(*_READ).where(POSTINGS.c.posting_id.in_(named_ids(connection.dialect.name)))
        found = {row["posting_id"]: row for row in _complete(connection, _named(connection, query, posting_ids))}
    return [found[id_] for id_ in posting_ids if id_ in found]


def count(store: Store, filters: Filters, each_posting: bool = False) -> int:
    """How many rows match; sort and limit change nothing."""
    with looking(store, filters) as connection:
        return count_matching(connection, filters, each_posting)


def left_out(store: Store, filters: Filters, each_posting: bool = False) -> LeftOut:
    """What the filters leave out that a person should hear of."""
    with looking(store, filters) as connection:
        total = count_matching(connection, Filters(state=filters.state), each_posting)
        unknown = {"pay_min": POSTINGS.c.has_pay.is_(False), "country": not_(knows_country()), "utc": not_(knows_hours())}
        silent = {name: _silent(connection, filters, name, condition, each_posting) for name, condition in unknown.items()}
        told = LeftOut(silent["pay_min"], silent["country"], silent["utc"], total=total)
        if count_matching(connection, filters, each_posting):
            return told
        found = loosest(connection, filters, each_posting)
        return told if found is None else replace(told, loosening=found, loosest=found.name, loosest_count=found.gives)


def _silent(connection: Connection, filters: Filters, name: str, is_unknown: ColumnElement[bool], each_posting: bool) -> int:
    """Jobs that a filter alone leaves out because they do not say what it asks."""
    if name not in filters.narrowing():
        return 0
    others = conditions(connection, filters.without(name))
    return count_where(connection, [*others.values(), is_unknown], each_posting)


def find(store: Store, prefix: str) -> dict[str, Any]:
    """The one job or posting whose id begins with a text: its row, labels, texts, sightings and events.

    Raises:
        UsageError: none or several begin so.
    """
    with store.engine.connect() as connection:
        row = _one(connection, prefix)
        text = connection.execute(select(schema.posting_texts).where(schema.posting_texts.c.posting_id == row.posting_id)).one()
        labels = schema.labels.c
        verdicts = connection.execute(select(labels.verdicts).where(labels.posting_id == row.posting_id)).scalar_one()
        sightings = connection.execute(select(POSTINGS).where(POSTINGS.c.job_id == row.job_id).order_by(*_BY_AGE)).all()
        history = connection.execute(
            select(schema.events)
            .where(schema.events.c.posting_id.in_([s.posting_id for s in sightings]))
            .order_by(schema.events.c.event_id)
        ).all()
        return {
            **_complete(connection, [row])[0],
            "labels": verdicts,
            "description_text": text.description_text,
            "structured_remote": text.structured_remote,
            "structured_salary": text.structured_salary,
            "seen_on": _complete(connection, sightings),
            "events": [
                {"night": e.night, "posting_id": e.posting_id, "kind": e.kind, "fields": e.fields, "run_id": e.run_id}
                for e in history
            ],
        }


def _one(connection: Connection, prefix: str) -> Any:
    word = prefix.strip().lower()
    columns = POSTINGS.c
    if not word or not all(character in "0123456789abcdef" for character in word):
        raise UsageError(f"'{prefix}' is no id; ids are hexadecimal, as `rolecall jobs list` shows them")
    query = select(POSTINGS).order_by(columns.is_primary.desc()).limit(50)
    exact = connection.execute(query.where(columns.posting_id == word)).first()
    if exact:
        return exact
    found = connection.execute(query.where(columns.job_id.startswith(word) | columns.posting_id.startswith(word))).all()
    jobs = {row.job_id for row in found}
    if not found:
        raise UsageError(f"no job or posting has an id that begins with '{prefix}'; `rolecall jobs list --state all` shows ids")
    if len(jobs) > 1:
        shown = ", ".join(sorted(jobs)[:5])
        raise UsageError(f"'{prefix}' begins the ids of {len(jobs)} jobs ({shown}); give more of it")
    return found[0]


def _complete(connection: Connection, part: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows with what stands in other tables: a query for all lists, for the quotes, for the boards and for the jobs, a chunk."""
    ids = [row.posting_id for row in part]
    lists = _lists(connection, ids)
    boards = _last_complete(connection, {(row.platform, row.board) for row in part})
    of_job = _of_job(connection, {row.job_id for row in part}, _quotes(connection, ids))
    return [_row(row, {name: found.get(row.posting_id, []) for name, found in lists.items()}, boards, of_job) for row in part]


def _last_complete(connection: Connection, boards: Collection[tuple[str, str]]) -> dict[tuple[str, str], date | None]:
    """Night of each board's last complete answer; platforms and boards apart: SQLite reads the whole table for pairs in a list."""
    at = schema.boards.c
    query = select(at.platform, at.board, at.last_complete_on).where(
        at.platform.in_({platform for platform, _ in boards}), at.board.in_(named_ids(connection.dialect.name))
    )
    found = _named(connection, query, {board for _, board in boards})
    return {(row.platform, row.board): row.last_complete_on for row in found}


@dataclass(frozen=True, slots=True)
class _OfJob:
    """What stands beside some rows, by id."""

    sightings: Mapping[str, int]
    moved_at: Mapping[str, datetime | None]
    quotes: Mapping[str, str]


def _of_job(connection: Connection, job_ids: Iterable[str], quotes: Mapping[str, str]) -> _OfJob:
    events = schema.events.c
    query = (
        select(
            POSTINGS.c.job_id,
            func.count(POSTINGS.c.posting_id.distinct()).label("sightings"),
            func.max(events.at).label("moved_at"),
        )
        .outerjoin(schema.events, events.posting_id == POSTINGS.c.posting_id)
        .where(POSTINGS.c.job_id.in_(named_ids(connection.dialect.name)))
        .group_by(POSTINGS.c.job_id)
    )
    found = _named(connection, query, job_ids)
    return _OfJob({job.job_id: job.sightings for job in found}, {job.job_id: job.moved_at for job in found}, quotes)


def _quotes(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The most decisive words on the place of work, by posting id."""
    evidence = schema.evidence.c
    of_posting = evidence.posting_id.in_(named_ids(connection.dialect.name))
    query = select(evidence.posting_id, evidence.quote).where(evidence.question == "remote", evidence.place == 0, of_posting)
    return {row.posting_id: row.quote for row in _named(connection, query, ids)}


def _lists(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Every list of some postings, by its name and then by posting."""
    found: dict[str, dict[str, list[tuple[Any, str]]]] = {name: {} for name in LISTS}
    for name, id_, order, value in _named(connection, _lists_query(connection.dialect.name), ids):
        found[name].setdefault(id_, []).append((order, value))
    return {name: {id_: [item for _, item in sorted(items)] for id_, items in held.items()} for name, held in found.items()}


def _named(connection: Connection, query: Select[Any] | CompoundSelect[Any], ids: Iterable[str]) -> Sequence[Any]:
    """The rows of a query that asks for ``named_ids``."""
    return connection.execute(query, {"ids": json.dumps(tuple(ids))}).all()


@cache
def _lists_query(dialect: str) -> CompoundSelect[Any]:
    wanted = named_ids(dialect)
    arms = []
    for name, (table, column, order) in LISTS.items():
        place = literal(0) if order == column else table.c[order]
        arms.append(select(literal(name), table.c.posting_id, place, table.c[column]).where(table.c.posting_id.in_(wanted)))
    return union_all(*arms)


def _row(row: Any, lists: Mapping[str, list[str]], boards: Mapping[Any, Any], of_job: _OfJob) -> dict[str, Any]:
    terms = platforms()[row.platform]
    values: dict[str, Any] = dict(zip(_PLAIN, _plain_values(row), strict=True))
    shares = {
        "remote-first": row.remote_first_probability,
        "remote-friendly": row.remote_friendly_probability,
        "on-site": row.on_site_probability,
    }
    values |= {
        "remote_class_probability": shares[row.remote_class],
        **lists,
        "remote_scope": lists["remote_scope"] or None,
        "last_seen_on": row.last_seen_on or boards.get((row.platform, row.board)),
        "sightings": of_job.sightings[row.job_id],
        "moved_at": of_job.moved_at[row.job_id] or row.opened_at,
        "remote_quote": of_job.quotes.get(row.posting_id),
        "source_name": terms.title,
        "source_url": row.url,
        "attribution": attribution(row.platform, row.company or row.board),
    }
    return {name: values[name] for name in COLUMNS}
