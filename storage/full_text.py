"""Full text: the same words on every database. SQLite keeps them in FTS5, PostgreSQL in a tsvector.

We cut texts into words ourselves and hand over the words, so that both find the same: FTS5 and PostgreSQL's parser disagree on
hyphens, addresses, numbers and accents. A text is never rewritten: a new one has a number of its own (``text_id``), and the words
of replaced texts stay for searches as of an earlier night. FTS5 keeps no copy of the text (``content=''``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Column, ColumnElement, Connection, TextClause, text

_WORD = re.compile(r"[^\W_]+[+#]*")
_LAST_POSITION = 16_383
"""PostgreSQL's greatest word position; later words share it."""
_LONGEST_WORD = 500
"""Code points; PostgreSQL takes at most 2,046 bytes."""
_MOST_BYTES = 900_000
"""A tsvector holds at most a megabyte."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """What of one text is searched."""

    text_id: int
    title: str
    company: str
    body: str


def words(value: str) -> list[str]:
    """A text's words, folded: no case, no accents; ``c++``, ``c#`` and ``node`` of ``node.js`` are words."""
    if not value.isascii():
        value = "".join(one for one in unicodedata.normalize("NFKD", value) if not unicodedata.combining(one)).casefold()
    return [word[:_LONGEST_WORD] for word in _WORD.findall(value.lower())]


def query_terms(wanted: str) -> list[list[str]]:
    """A person's words as terms that must all be there: each a phrase of one or more words; quotes keep words together."""
    parts = re.findall(r'"([^"]+)"|(\S+)', wanted)
    return [term for phrase, word in parts if (term := words(phrase or word))]


def put(connection: Connection, texts: Iterable[SearchText]) -> None:
    """Make texts findable, each once."""
    if connection.dialect.name == "postgresql":
        with connection.connection.cursor() as cursor, cursor.copy("COPY postings_text (text_id, words) FROM STDIN") as copy:  # type: ignore[attr-defined]
            for one in texts:
                copy.write_row((one.text_id, _vector(one)))
        return
    rows = [(one.text_id, *_columns(one)) for one in texts]
    if rows:
        connection.exec_driver_sql("INSERT INTO postings_text (rowid, title, company, body) VALUES (?, ?, ?, ?)", rows)


def remove(connection: Connection, texts: Iterable[SearchText]) -> None:
    """Take texts out of the index; FTS5 needs the very words that were put in."""
    if connection.dialect.name == "postgresql":
        for one in texts:
            connection.execute(text("DELETE FROM postings_text WHERE text_id = :id"), {"id": one.text_id})
        return
    rows = [(one.text_id, *_columns(one)) for one in texts]
    if rows:
        delete = "INSERT INTO postings_text (postings_text, rowid, title, company, body) VALUES ('delete', ?, ?, ?, ?)"
        connection.exec_driver_sql(delete, rows)


def hits(dialect: str, terms: Sequence[Sequence[str]]) -> TextClause:
    """A query for the ``text_id`` of every text that holds all terms; ``terms`` is not empty."""
    if dialect == "postgresql":
        return text("SELECT text_id FROM postings_text WHERE words @@ CAST(:terms AS tsquery)").bindparams(terms=_tsquery(terms))
    return text("SELECT rowid AS text_id FROM postings_text WHERE postings_text MATCH :terms").bindparams(terms=_match(terms))


def holds(dialect: str, terms: Sequence[Sequence[str]], text_id: Column[int]) -> ColumnElement[bool]:
    """A condition on one row: its text holds all terms. Quicker than ``hits`` where most rows do."""
    name = f"{text_id.table.name}.{text_id.name}"
    if dialect == "postgresql":
        sql = f"EXISTS (SELECT 1 FROM postings_text AS t WHERE t.text_id = {name} AND t.words @@ CAST(:terms AS tsquery))"
        return _condition(sql, _tsquery(terms))
    sql = f"EXISTS (SELECT 1 FROM postings_text WHERE postings_text MATCH :terms AND postings_text.rowid = {name})"
    return _condition(sql, _match(terms))


def _condition(sql: str, terms: str) -> ColumnElement[bool]:
    return cast("ColumnElement[bool]", text(sql).bindparams(terms=terms))  # a clause of text stands wherever a condition may


def _match(terms: Sequence[Sequence[str]]) -> str:
    return " ".join(f'"{" ".join(term)}"' for term in terms)


def _tsquery(terms: Sequence[Sequence[str]]) -> str:
    return " & ".join("(" + " <-> ".join(f"'{word}'" for word in term) + ")" for term in terms)


def _columns(one: SearchText) -> tuple[str, str, str]:
    return " ".join(words(one.title)), " ".join(words(one.company)), " ".join(words(one.body))


def _vector(one: SearchText) -> str:
    """A tsvector literal; a gap between the parts keeps a phrase from running over their edge."""
    positions: dict[str, list[int]] = {}
    at, size = 1, 0
    for part in (one.title, one.company, one.body):
        for word in words(part):
            held = positions.setdefault(word, [])
            if not held:
                size += len(word.encode()) + 8
                if size > _MOST_BYTES:
                    del positions[word]
                    continue
            if len(held) < 255 and (not held or held[-1] < _LAST_POSITION):
                held.append(min(at, _LAST_POSITION))
            at += 1
        at += 1
    return " ".join(f"'{word}':{','.join(map(str, held))}" for word, held in positions.items())
