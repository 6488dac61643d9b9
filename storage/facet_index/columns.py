"""Every job's filterable values, and the orders of lists, as arrays: what is loaded once and never written again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection

from pipeline.filters import Sort
from pipeline.terms import forbids
from pipeline.vocabulary import Arrangement, RemoteClass
from storage import schema
from storage.facet_index import reading
from storage.facet_index.answer import NOT_STATED
from storage.facet_index.bits import Bits, Rows, every, pack
from storage.facet_index.countries import Countries
from storage.facet_index.pay import Bands
from storage.facet_index.reading import Ids, Postings, Words
from storage.facet_index.steps import steps
from storage.facet_index.values import ValueSets
from storage.queries.selecting import newest_night, technology_names

CLASSES = (*(value.value for value in RemoteClass), NOT_STATED)
_FIELDS = {
    "remote": "remote_class", "arrangement": "arrangement", "role": "role_family", "level": "level", "industry": "industry",
    "stage": "stage", "size": "size", "state": "state", "visa": "visa_sponsorship",
}  # fmt: skip
"""Column of each filter over a single value."""
_DAY_CHARACTERS = len("2026-01-05")


@dataclass(frozen=True, slots=True)
class Columns:
    """The jobs, one a row of every array, in the order of their postings' ids."""

    jobs: int
    ids: Ids
    text_ids: NDArray[np.int64]
    orders: Mapping[str, Rows]
    """Rows in the order of each ``Sort``."""
    sets: Mapping[str, ValueSets]
    """By filter; ``company`` and ``stack`` by key, ``platform`` by every sighting's."""
    countries: Countries
    own_platform: ValueSets
    """The platform of the posting that stands for the job."""
    classes: ValueSets
    """``CLASSES``."""
    pay_bins: ValueSets
    """Steps of ``pay_bins_usd``, by their number."""
    weeks: ValueSets
    """Monday and class of new postings: ``2026-01-05 on-site``."""
    mondays: tuple[date, ...]
    """Of the weeks that are counted, oldest first."""
    hours: Mapping[float, Bits]
    """Jobs that each step of ``utc_hours`` may hold."""
    utc_min: NDArray[np.float64]
    utc_max: NDArray[np.float64]
    opened_on: NDArray[np.datetime64]
    since: Mapping[int, Bits]
    """Jobs first seen within each step of ``since_days`` before the newest night."""
    knows_hours: Bits
    has_pay: Bits
    allowed: Bits
    """Jobs that the target may show."""
    bands: Bands
    newest_night: date | None

    def allow_hours(self, utc: float) -> Bits:
        """Jobs that allow a worker's clock; one that states no time zone must be worldwide."""
        return _allow(self.utc_min, self.utc_max, self.countries.worldwide, utc)


def read_columns(connection: Connection, target: str) -> Columns:
    """Load every job of every state.

    Args:
        connection: a snapshot.
        target: for whom; postings whose platform forbids it are not allowed.
    """
    postings = reading.read_postings(connection)
    primaries = postings.where(postings.flags["is_primary"])
    night = newest_night(connection)
    jobs, texts = len(primaries.ids), primaries.words
    worldwide = pack(primaries.flags["is_worldwide"])
    utc_min, utc_max = primaries.numbers["utc_min"], primaries.numbers["utc_max"]
    opened_on = _days(texts["opened_at"])
    own_platform = _sets(texts["platform"])
    kinds = _kinds(texts)
    mondays = _mondays(night)
    listed = partial(_listed, connection, primaries.ids)
    named, left_out = schema.eligible_countries.c.country, schema.excluded_places.c.place
    return Columns(
        jobs=jobs,
        ids=primaries.ids,
        text_ids=primaries.numbers["text_id"].astype(np.int64),
        orders=_orders(primaries),
        sets={
            **{name: _sets(texts[column]) for name, column in _FIELDS.items()},
            "company": _sets(texts["company_key"], _company_names(texts)),
            "platform": _platforms(postings, primaries),
            "stack": ValueSets.from_rows(listed(schema.technologies.c.name_key), jobs, technology_names(connection)),
            "signal": ValueSets.from_rows(listed(schema.signals.c.signal), jobs),
        },
        countries=Countries.of(listed(named), listed(left_out), worldwide, jobs),
        own_platform=own_platform,
        classes=ValueSets.from_codes(kinds, CLASSES),
        pay_bins=_pay_bins(primaries.numbers["pay_order"]),
        weeks=_weeks(_days(texts["newest_on"]), kinds, mondays),
        mondays=mondays,
        hours={utc: _allow(utc_min, utc_max, worldwide, utc) for utc in steps().utc_hours},
        utc_min=utc_min,
        utc_max=utc_max,
        opened_on=opened_on,
        since={days: since(opened_on, night - timedelta(days=days)) for days in steps().since_days} if night else {},
        knows_hours=worldwide | pack(~np.isnan(utc_min)),
        has_pay=pack(primaries.flags["has_pay"]),
        allowed=every(jobs) & ~own_platform.any_of(name for name in own_platform.values if forbids(name, target)),
        bands=_bands(connection, primaries),
        newest_night=night,
    )


def _sets(words: Words, names: Mapping[str, str] | None = None) -> ValueSets:
    return ValueSets.from_codes(words.codes, words.values, names)


def _rows_of(wanted: Ids, ids: Ids) -> Rows:
    """Rows of the ids that are there, each once."""
    rows = _places(wanted, ids)[0]
    return rows if np.all(rows[1:] > rows[:-1]) else np.unique(rows)


def _places(wanted: Ids, ids: Ids) -> tuple[Rows, NDArray[np.bool_]]:
    """Rows of the ids that are there, and which these are; a list may belong to a posting that stands for no job."""
    places = np.searchsorted(ids, wanted)
    is_there = places < len(ids)
    is_there[is_there] = ids[places[is_there]] == wanted[is_there]
    return places[is_there].astype(np.int32), is_there


def _listed(connection: Connection, ids: Ids, column: Column[Any]) -> Iterator[tuple[str, Rows]]:
    """Values of a table beside ``postings`` with the jobs that list them."""
    return ((value, _rows_of(wanted, ids)) for value, wanted in reading.read_list(connection, column))


def _platforms(postings: Postings, primaries: Postings) -> ValueSets:
    """Every platform that a job was seen on, not only that of the posting that stands for it."""
    order = np.argsort(primaries.job_ids).astype(np.int32)
    rows, is_there = _places(postings.job_ids, primaries.job_ids[order])
    words, rows = postings.words["platform"], order[rows]
    codes = words.codes[is_there]
    seen = ((name, np.unique(rows[codes == place])) for place, name in enumerate(words.values))
    return ValueSets.from_rows(seen, len(primaries.ids))


def _kinds(texts: Mapping[str, Words]) -> NDArray[np.int32]:
    """Place in ``CLASSES`` of each job."""
    classes, arrangements = texts["remote_class"], texts["arrangement"]
    kinds = np.array([CLASSES.index(name) for name in classes.values], np.int32)[classes.codes]
    is_silent = np.array([name == Arrangement.UNSTATED for name in arrangements.values], np.bool_)[arrangements.codes]
    kinds[is_silent & (kinds == CLASSES.index(RemoteClass.ON_SITE))] = CLASSES.index(NOT_STATED)
    return kinds


def _days(words: Words) -> NDArray[np.datetime64]:
    days = [date.fromisoformat(str(value)[:_DAY_CHARACTERS]) for value in words.values]
    return np.array(days, "datetime64[D]")[words.codes]


def _company_names(texts: Mapping[str, Words]) -> dict[str, str]:
    """A company's name by its key, as one of its postings has it."""
    keys, names = texts["company_key"], texts["company"]
    places, rows = np.unique(keys.codes, return_index=True)
    named = zip(places.tolist(), names.codes[rows].tolist(), strict=True)
    return {keys.values[place]: names.values[name] for place, name in named if place >= 0}


def _orders(primaries: Postings) -> dict[str, Rows]:
    """As ``storage.queries.selecting.ordering``: what is equal stands in the order of ids, in ``oldest`` backwards."""
    newest = np.argsort(-_days(primaries.words["newest_on"]).astype(np.int64), kind="stable").astype(np.int32)
    keys: dict[Sort, NDArray[Any]] = {
        Sort.PAY: -primaries.numbers["pay_order"],
        Sort.TITLE: _ranks(primaries.words["title_order"]),
        Sort.COMPANY: _ranks(primaries.words["company_order"]),
    }
    by_key = {name.value: np.argsort(key, kind="stable").astype(np.int32) for name, key in keys.items()}
    return {Sort.NEWEST.value: newest, Sort.OLDEST.value: newest[::-1], **by_key}


def _ranks(words: Words) -> NDArray[np.int32]:
    ranks = np.empty(len(words.values), np.int32)
    ranks[sorted(range(len(words.values)), key=words.values.__getitem__)] = np.arange(len(words.values))
    return ranks[words.codes]


def _pay_bins(figures: NDArray[np.float64]) -> ValueSets:
    """Bins of the figure that lists sort by, which is negative where no pay is stated."""
    edges = steps().pay_bins_usd
    codes = (np.searchsorted(edges, figures, side="right") - 1).astype(np.int32)
    return ValueSets.from_codes(codes, [str(place) for place in range(len(edges))])


def _mondays(night: date | None) -> tuple[date, ...]:
    if night is None:
        return ()
    last = night - timedelta(days=night.weekday())
    return tuple(last - timedelta(weeks=back) for back in reversed(range(steps().weeks)))


def week_key(monday: date, kind: str) -> str:
    """Value of ``Columns.weeks`` for a week and a class."""
    return f"{monday} {kind}"


def _weeks(days: NDArray[np.datetime64], kinds: NDArray[np.int32], mondays: Sequence[date]) -> ValueSets:
    """Postings of the counted weeks; what is dated outside of them, by a source's fancy in the future, is in none."""
    values = [week_key(monday, kind) for monday in mondays for kind in CLASSES]
    first = np.datetime64(mondays[0] if mondays else date.min, "D")
    number = (days - first).astype(np.int64) // 7
    is_counted = (number >= 0) & (number < len(mondays))
    codes = np.where(is_counted, number * len(CLASSES) + kinds, -1).astype(np.int32)
    return ValueSets.from_codes(codes, values)


def since(opened_on: NDArray[np.datetime64], first: date) -> Bits:
    """Jobs that were first seen on a day or later."""
    return pack(opened_on >= np.datetime64(first, "D"))


def _allow(utc_min: NDArray[np.float64], utc_max: NDArray[np.float64], worldwide: Bits, utc: float) -> Bits:
    return pack((utc_min <= utc) & (utc_max >= utc)) | (worldwide & pack(np.isnan(utc_min)))


def _bands(connection: Connection, primaries: Postings) -> Bands:
    ids, currencies, own, usd = reading.read_bands(connection)
    rows, is_there = _places(ids, primaries.ids)
    figures = (np.where(np.isnan(figure), -np.inf, figure)[is_there] for figure in (own, usd))
    return Bands(len(primaries.ids), rows, currencies.values, currencies.codes[is_there], *figures)
