"""From SQL to arrays, some thousand rows at a time: no column is ever held as Python objects.

The tables beside ``postings`` come as one text a value, of all its postings' ids: a row for each would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Select, func, select

from storage import schema
from storage.queries.selecting import POSTINGS, comparable_bands
from storage.store import Store

Ids = NDArray[np.uint64]
"""Posting or job ids, their sixteen hexadecimal digits read as a number."""
_ROWS_AT_ONCE = 2_000
_ID_DIGITS = 16
WORDS = (
    "state", "remote_class", "arrangement", "role_family", "level", "platform", "industry", "stage", "size", "company",
    "company_key", "visa_sponsorship", "title_order", "company_order",
)  # fmt: skip
"""Columns of a few distinct texts."""
_DAYS = ("newest_on", "opened_at")
_NUMBERS = ("text_id", "utc_min", "utc_max", "pay_order")
_FLAGS = ("is_primary", "is_worldwide", "has_pay")
_COLUMNS = ("posting_id", "job_id", *WORDS, *_DAYS, *_NUMBERS, *_FLAGS)


class Vocabulary(dict[Any, int]):
    """Values by the order in which they came; None has no place of its own."""

    def __init__(self) -> None:
        super().__init__({None: -1})

    def __missing__(self, value: Any) -> int:
        self[value] = place = len(self) - 1
        return place

    def codes(self, column: Sequence[Any]) -> NDArray[np.int32]:
        """The place of each value."""
        return np.fromiter(map(self.__getitem__, column), np.int32, len(column))

    @property
    def values_in_order(self) -> tuple[Any, ...]:
        return tuple(self)[1:]


@dataclass(frozen=True, slots=True)
class Words:
    """A column of texts."""

    codes: NDArray[np.int32]
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings in the order of their ids."""

    ids: Ids
    job_ids: Ids
    words: Mapping[str, Words]
    """By column; the days too, as the database gives them."""
    numbers: Mapping[str, NDArray[np.float64]]
    """By column; NaN where there is none."""
    flags: Mapping[str, NDArray[np.bool_]]

    def where(self, chosen: NDArray[np.bool_]) -> Postings:
        """Some of them."""
        return Postings(
            self.ids[chosen],
            self.job_ids[chosen],
            {name: Words(words.codes[chosen], words.values) for name, words in self.words.items()},
            {name: figures[chosen] for name, figures in self.numbers.items()},
            {name: flags[chosen] for name, flags in self.flags.items()},
        )


@contextmanager
def snapshot(store: Store) -> Iterator[Connection]:
    """A connection on which every query sees the same state of the database, whatever a night writes meanwhile."""
    with store.engine.connect() as plain:
        if plain.dialect.name == "postgresql":
            yield plain.execution_options(isolation_level="REPEATABLE READ")
        else:
            plain.exec_driver_sql("BEGIN")  # a reading SQLite connection begins no transaction by itself
            yield plain


def read_postings(connection: Connection) -> Postings:
    """The filterable values of every posting, of every state."""
    vocabularies = {name: Vocabulary() for name in (*WORDS, *_DAYS)}
    parts = [_part(dict.fromkeys(_COLUMNS, ()), vocabularies)]
    for rows in _parts(connection, select(*(POSTINGS.c[name] for name in _COLUMNS))):
        parts.append(_part(dict(zip(_COLUMNS, zip(*rows, strict=True), strict=True)), vocabularies))
    order = np.argsort(np.concatenate([part["posting_id"] for part in parts]))
    held = {name: np.concatenate([part.pop(name) for part in parts])[order] for name in tuple(parts[0])}
    texts = {name: Words(held[name], vocabulary.values_in_order) for name, vocabulary in vocabularies.items()}
    numbers, flags = ({name: held[name] for name in group} for group in (_NUMBERS, _FLAGS))
    return Postings(held["posting_id"], held["job_id"], texts, numbers, flags)


def _parts(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """Rows as the driver gives them: to make each one SQLAlchemy's own takes as long as all the rest."""
    named = {"name": "facet_index"} if connection.dialect.name == "postgresql" else {}  # one that stays on the server
    with closing(connection.connection.cursor(**named)) as cursor:
        cursor.execute(str(query.compile(connection, compile_kwargs={"literal_binds": True})))
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield rows


def _part(columns: Mapping[str, Sequence[Any]], vocabularies: Mapping[str, Vocabulary]) -> dict[str, NDArray[Any]]:
    return {
        **{name: _ids("".join(columns[name])) for name in ("posting_id", "job_id")},
        **{name: vocabulary.codes(columns[name]) for name, vocabulary in vocabularies.items()},
        **{name: np.array(columns[name], np.float64) for name in _NUMBERS},
        **{name: np.array(columns[name], np.bool_) for name in _FLAGS},
    }


def read_list(connection: Connection, column: Column[Any]) -> Iterator[tuple[str, Ids]]:
    """Values of a column of a table beside ``postings``, each with the ids of the postings that list it."""
    for value, ids in connection.execute(select(column, _together(column.table.c.posting_id)).group_by(column)):
        yield value, _ids(ids)


def read_bands(connection: Connection) -> tuple[Ids, Words, NDArray[np.float64], NDArray[np.float64]]:
    """The bands that a sum is compared with: posting, currency, upper figure a year in it and in US dollars (NaN for none)."""
    bands = schema.pay_bands.c
    query = select(bands.posting_id, bands.currency, bands.upper_annual, bands.upper_annual_usd).where(comparable_bands())
    currencies = Vocabulary()
    ids, codes, own, usd = [np.empty(0, np.uint64)], [np.empty(0, np.int32)], [np.empty(0)], [np.empty(0)]
    for rows in _parts(connection, query):
        posting_ids, currency, upper, upper_usd = zip(*rows, strict=True)
        ids.append(_ids("".join(posting_ids)))
        codes.append(currencies.codes(currency))
        own.append(np.array(upper, np.float64))
        usd.append(np.array(upper_usd, np.float64))
    words = Words(np.concatenate(codes), currencies.values_in_order)
    return np.concatenate(ids), words, np.concatenate(own), np.concatenate(usd)


def _together(column: Column[Any]) -> Any:
    return func.aggregate_strings(column, "")


def _ids(joined: str) -> Ids:
    """Ids that stand one after another in a text."""
    return np.frombuffer(bytes.fromhex(joined), ">u8").astype(np.uint64)
