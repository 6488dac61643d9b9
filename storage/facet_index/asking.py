"""What the columns cannot tell: SQL is asked, and what it said last is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Column, Connection, Integer, String, cast, column, func, select

from storage import full_text
from storage.facet_index.bits import Bits, pack
from storage.facet_index.columns import Columns
from storage.facet_index.pay import PaySteps, pay_steps
from storage.facet_index.recent import Recent
from storage.queries.known_companies import require_part
from storage.queries.selecting import signal_word, stored_word, technology_key, text_terms
from storage.store import Store

_TEXTS, _WORDS, _CURRENCIES = 128, 512, 8
"""Of 300,000 jobs a text's bits take 38 KB, a currency's figures 5 MB."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was asked last; the same for all threads."""

    texts: Recent[tuple[tuple[str, ...], ...], Bits] = field(default_factory=lambda: Recent(_TEXTS))
    words: Recent[tuple[str, str], str] = field(default_factory=lambda: Recent(_WORDS))
    pay: Recent[str, PaySteps] = field(default_factory=lambda: Recent(_CURRENCIES))


@dataclass(frozen=True, slots=True)
class Asking:
    """The columns, the database that they were read from, and what was asked of it last."""

    columns: Columns
    store: Store
    memory: Memory

    def text(self, words: str) -> Bits:
        """Jobs whose title, company or description hold the words.

        Raises:
            UsageError: no word is asked for.
        """
        terms = text_terms(words)
        return self.memory.texts.get(tuple(map(tuple, terms)), lambda: self._text(terms))

    def technology(self, name: str, option: str) -> str:
        """A technology's key.

        Raises:
            UsageError: no posting names it.
        """
        return self.memory.words.get((option, name), lambda: self._on(technology_key, name, option))

    def signal(self, name: str) -> str:
        """A signal's stored name.

        Raises:
            UsageError: no posting has it.
        """
        return self.memory.words.get(("--signal", name), lambda: self._on(signal_word, name))

    def word(self, of: Column[Any], word: str, option: str) -> str:
        """The stored spelling of a word.

        Raises:
            UsageError: no posting has it.
        """
        return self.memory.words.get((option, word), lambda: self._on(stored_word, of, word, option))

    def company(self, words: str) -> str:
        """The part of companies' keys that is looked for.

        Raises:
            UsageError: no stored company has it in its name.
        """
        return self.memory.words.get(("--company", words), lambda: self._on(require_part, words, "--company"))

    def pay(self, currency: str) -> PaySteps:
        """How far each job's pay goes, for sums in a currency.

        Raises:
            UsageError: no exchange rate is known.
        """
        return self.memory.pay.get(currency, lambda: pay_steps(self.columns.bands, currency))

    def _on(self, ask: Any, *words: Any) -> str:
        with self.store.engine.connect() as connection:
            return str(ask(connection, *words))

    def _text(self, terms: list[list[str]]) -> Bits:
        with self.store.engine.connect() as connection:
            found = _numbers(connection, terms)
        last = int(max(self.columns.text_ids.max(initial=0), found.max(initial=0)))
        is_hit = np.zeros(last + 1, np.bool_)
        is_hit[found] = True
        return pack(is_hit[self.columns.text_ids])


def _numbers(connection: Connection, terms: list[list[str]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """``text_id`` of every text that holds all terms; as one text, since a common word has a row for every other posting."""
    hits = full_text.hits(connection.dialect.name, terms).columns(column("text_id", Integer)).subquery()
    joined = connection.execute(select(func.aggregate_strings(cast(hits.c.text_id, String), ","))).scalar()
    return np.fromstring(joined or "", np.int64, sep=",")
