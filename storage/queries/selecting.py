"""Filters as SQL conditions on the ``postings`` table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    TextClause,
    and_,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
)

from pipeline.errors import UsageError, did_you_mean
from pipeline.filters import Filters, Sort, since_date
from pipeline.folding import fold_name, fold_technology
from pipeline.rates import rate
from pipeline.vocabulary import PayKind, Sponsorship
from storage import full_text, schema
from storage.queries.known_companies import require_part
from storage.run import CRAWL, NIGHTLY
from storage.store import Store

POSTINGS = schema.postings
Condition = ColumnElement[bool]
CENT = 0.005
"""Figures that went through a rate and back meet the same figure within this."""
COMPARABLE = (PayKind.BASE.value, PayKind.TOTAL.value)
"""Kinds of bands that count for ``--pay-min``."""
_FEW_ROWS = 5_000
"""A list so short is read whole before the postings; measured at a million postings by ``benchmarks/storage``."""


def looking(store: Store, filters: Filters) -> Connection:
    """A connection to a store that shows the night that the filters ask about."""
    if store.as_of != filters.as_of:
        raise ValueError(f"the filters ask about {filters.as_of or 'now'}, the store shows {store.as_of or 'now'}")
    return store.engine.connect()


def conditions(connection: Connection, filters: Filters) -> Mapping[str, Condition]:
    """One condition a narrowing filter, by the filter's name; ``state`` is always there unless it is ``all``.

    Raises:
        UsageError: a technology that no posting names, with the nearest that one does.
    """
    built: dict[str, Condition] = {}
    for name in filters.narrowing():  # not by truth: --utc 0 and --pay-min 0 ask for something
        if name in _BUILDERS:
            built[name] = _BUILDERS[name](connection, filters)
    if filters.state != "all":
        built["state"] = POSTINGS.c.state == filters.state
    return built


def ordering(filters: Filters) -> list[ColumnElement[Any]]:
    """Columns to sort by, each with an index; the posting's id settles what is equal, so that pages never overlap.

    ``oldest`` is ``newest`` backwards to the last tie, since that is how one index serves both.
    """
    columns = POSTINGS.c
    keys: Mapping[str, ColumnElement[Any]] = {
        Sort.NEWEST: columns.newest_on.desc(),
        Sort.OLDEST: columns.newest_on.asc(),
        Sort.PAY: columns.pay_order.desc(),
        Sort.TITLE: columns.title_order.asc(),
        Sort.COMPANY: columns.company_order.asc(),
    }
    id_ = columns.posting_id
    return [keys[filters.sort], id_.desc() if filters.sort == Sort.OLDEST else id_.asc()]


def listed(connection: Connection, column: Column[Any], value: str) -> Condition:
    """Postings that a table beside them lists under a value.

    SQLite takes the words of a condition for a plan: the list first where it is short, row by row where it is long, so that a page
    is found after a few rows. PostgreSQL counts by itself.
    """
    beside = column.table.c
    # a query may join the same table for another purpose: the list that is asked for here is its own
    members = select(beside.posting_id).where(column == value).correlate(None)
    if connection.dialect.name == "postgresql" or _is_few(connection, members):
        return POSTINGS.c.posting_id.in_(members)
    return exists(select(1).where(beside.posting_id == POSTINGS.c.posting_id, column == value).correlate(POSTINGS))


def _is_few(connection: Connection, members: Select[Any] | TextClause) -> bool:
    if isinstance(members, TextClause):
        counted = text(f"SELECT count(*) FROM ({members.text} LIMIT {_FEW_ROWS})").bindparams(**members.compile().params)
        return int(connection.execute(counted).scalar_one()) < _FEW_ROWS
    return int(connection.execute(select(func.count()).select_from(members.limit(_FEW_ROWS).subquery())).scalar_one()) < _FEW_ROWS


def _in(column: str, filter_name: str) -> Callable[[Connection, Filters], Condition]:
    return lambda _connection, filters: POSTINGS.c[column].in_(getattr(filters, filter_name))


def technology_names(connection: Connection) -> dict[str, str]:
    """A technology's name by its key; the index holds the keys, and a name is looked up for each."""
    keys = select(schema.technologies.c.name_key).distinct().subquery()
    named = schema.technologies.alias("named")
    name = select(named.c.name).where(named.c.name_key == keys.c.name_key).limit(1).scalar_subquery()
    found = connection.execute(select(keys.c.name_key, name.label("name")).order_by(keys.c.name_key))
    return {row.name_key: row.name for row in found}


def technology_key(connection: Connection, name: str, option: str) -> str:
    """The key of a technology as it is stored; signs and blanks in the name do not count.

    Raises:
        UsageError: no posting names it, with the nearest that one does.
    """
    column, key = schema.technologies.c.name_key, fold_name(name)
    if connection.execute(select(column).where(column == key).limit(1)).first():
        return key
    names = technology_names(connection)
    by_letters = {fold_technology(known): stored for stored, known in names.items()}
    if fold_technology(name) in by_letters:
        return by_letters[fold_technology(name)]
    hint = did_you_mean(name, names.values()) or "; `rolecall sql` shows the names"
    raise UsageError(f"{option}: no posting names '{name}'{hint}")


def _has_technology(connection: Connection, name: str, option: str) -> Condition:
    return listed(connection, schema.technologies.c.name_key, technology_key(connection, name, option))


def _stack(connection: Connection, filters: Filters) -> Condition:
    return and_(*(_has_technology(connection, name, "--stack") for name in filters.stack))


def _any_stack(connection: Connection, filters: Filters) -> Condition:
    return or_(*(_has_technology(connection, name, "--any-stack") for name in filters.any_stack))


def usd_for_one(currency: str) -> float:
    """US dollars for one unit of a currency, at the newest rate.

    Raises:
        UsageError: no rate is known.
    """
    found = rate(currency, None)
    if found is None and currency != "USD":
        raise UsageError(f"--currency: {currency} has no exchange rate; choose a currency that the ECB quotes, as in EUR")
    return found.usd if found and currency != "USD" else 1.0


def comparable_bands() -> Condition:
    """Bands that a sum is compared with."""
    return schema.pay_bands.c.kind.in_(COMPARABLE)


def _pay(_connection: Connection, filters: Filters) -> Condition:
    """A base or total band whose upper figure reaches the sum: in its own currency where that is asked for, else by way of dollars.

    Without the first a band of 100,000 EUR would miss 100,000 EUR whenever the rate has moved since its posting's day.
    """
    least = filters.pay_min or 0.0
    in_usd = least * usd_for_one(filters.currency)
    bands = schema.pay_bands.c
    reaches = or_(
        and_(bands.currency == filters.currency, bands.upper_annual >= least - CENT),
        and_(bands.currency != filters.currency, bands.upper_annual_usd >= in_usd - CENT),
    )
    return exists(select(1).where(bands.posting_id == POSTINGS.c.posting_id, comparable_bands(), reaches))


def _company(connection: Connection, filters: Filters) -> Condition:
    key = require_part(connection, filters.company or "", "--company")
    return POSTINGS.c.company_key.contains(key, autoescape=True)


def signal_word(connection: Connection, name: str) -> str:
    """A signal's stored name.

    Raises:
        UsageError: no posting has it.
    """
    return stored_word(connection, schema.signals.c.signal, name.replace("-", "_"), "--signal")


def _signal(connection: Connection, filters: Filters) -> Condition:
    column = schema.signals.c.signal
    return and_(*(listed(connection, column, signal_word(connection, name)) for name in filters.signal))


def _country(connection: Connection, filters: Filters) -> Condition:
    """Someone who lives in any of the countries may hold the job: it is named or worldwide, and not left out."""
    named, left_out = schema.eligible_countries.c.country, schema.excluded_places.c.place
    return or_(
        *(
            and_(or_(POSTINGS.c.is_worldwide, listed(connection, named, code)), not_(listed(connection, left_out, code)))
            for code in filters.country
        )
    )


def knows_country() -> Condition:
    """The posting says, or its place tells, where one may live."""
    named = schema.eligible_countries.c
    return or_(POSTINGS.c.is_worldwide, exists(select(1).where(named.posting_id == POSTINGS.c.posting_id)))


def _utc(_connection: Connection, filters: Filters) -> Condition:
    columns = POSTINGS.c
    allows = and_(columns.utc_min <= filters.utc, columns.utc_max >= filters.utc)
    return or_(allows, and_(columns.is_worldwide, columns.utc_min.is_(None)))


def knows_hours() -> Condition:
    """The posting states time zones, or that any will do."""
    return or_(POSTINGS.c.utc_min.is_not(None), POSTINGS.c.is_worldwide)


def _visa(_connection: Connection, _filters: Filters) -> Condition:
    return POSTINGS.c.visa_sponsorship == Sponsorship.YES.value


def _fact(name: str) -> Callable[[Connection, Filters], Condition]:
    """A fact of the employer, by the words that are stored."""
    column = POSTINGS.c[name]

    def build(connection: Connection, filters: Filters) -> Condition:
        return column.in_([stored_word(connection, column, word, f"--{name}") for word in getattr(filters, name)])

    return build


def stored_word(connection: Connection, column: ColumnElement[Any], word: str, option: str) -> str:
    """The stored spelling of a word: the very same where it is stored, else one that folds alike.

    Raises:
        UsageError: no posting has it.
    """
    stored = [value for value in connection.execute(select(column).distinct()).scalars() if value]
    if word in stored:
        return word
    by_fold = {fold_name(value): value for value in stored}
    if fold_name(word) in by_fold:
        return str(by_fold[fold_name(word)])
    hint = did_you_mean(word, stored) or (f"; choose from {', '.join(sorted(stored)[:20])}" if stored else "; none is stored")
    raise UsageError(f"{option}: no posting has '{word}'{hint}")


def newest_night(connection: Connection) -> date | None:
    """The last night on which postings were looked for; None where none has been yet."""
    runs = schema.runs.c
    return connection.execute(select(func.max(runs.night)).where(runs.kind.in_((NIGHTLY, CRAWL)))).scalar()


def _since(connection: Connection, filters: Filters) -> Condition:
    today = newest_night(connection)
    if today is None:
        return literal_column("0 = 1")
    return POSTINGS.c.opened_at >= datetime.combine(since_date(filters.since or "0d", today), time(), UTC)


def _platform(_connection: Connection, filters: Filters) -> Condition:
    """A job counts for every platform that it was seen on, not only for the posting that stands for it."""
    sighting = POSTINGS.alias("sighting")
    return POSTINGS.c.job_id.in_(select(sighting.c.job_id).where(sighting.c.platform.in_(filters.platform)))


def text_terms(words: str) -> list[list[str]]:
    """What a text has to hold.

    Raises:
        UsageError: no word is asked for.
    """
    terms = full_text.query_terms(words)
    if not terms:
        raise UsageError(f"--text: '{words}' holds no word to search for")
    return terms


def _text(connection: Connection, filters: Filters) -> Condition:
    terms = text_terms(filters.text or "")
    dialect = connection.dialect.name
    hits = full_text.hits(dialect, terms)
    if dialect == "postgresql" or _is_few(connection, hits):
        return POSTINGS.c.text_id.in_(hits)
    return full_text.holds(dialect, terms, POSTINGS.c.text_id)


_BUILDERS: Mapping[str, Callable[[Connection, Filters], Condition]] = {
    "remote": _in("remote_class", "remote"),
    "arrangement": _in("arrangement", "arrangement"),
    "stack": _stack,
    "any_stack": _any_stack,
    "role": _in("role_family", "role"),
    "level": _in("level", "level"),
    "country": _country,
    "utc": _utc,
    "visa": _visa,
    "pay_min": _pay,
    "company": _company,
    "industry": _fact("industry"),
    "stage": _in("stage", "stage"),
    "size": _fact("size"),
    "signal": _signal,
    "since": _since,
    "platform": _platform,
    "text": _text,
}
