"""Texts of postings: written when they are new or differ, kept once, findable for as long as they are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Connection, func, select

from pipeline.records import LabelledPosting
from storage import full_text, schema
from storage.bulk import insert, upsert
from storage.full_text import SearchText
from storage.looking import by_posting
from storage.rows import text_row
from storage.run import Run

Row = Mapping[str, Any]
_SEARCHED = ("title", "company")


def place_texts(
    connection: Connection, run: Run, items: Sequence[LabelledPosting], before: Mapping[str, Row]
) -> dict[str, dict[str, int]]:
    """Where each text stands: its number, and the run that wrote it. A text that is replaced goes to the history.

    Args:
        connection: the transaction.
        run: the run that writes.
        items: what is to be stored.
        before: rows of ``postings`` as they stand, by posting id.
    """
    numbers = count(_last_text_id(connection) + 1)
    stored = by_posting(connection, schema.posting_texts, before)
    placed: dict[str, dict[str, int]] = {}
    replaced: list[str] = []
    for item in items:
        id_ = item.posting.posting_id
        if id_ in before and _is_same(item, before[id_], stored[id_]):
            placed[id_] = {"text_id": before[id_]["text_id"], "text_from": before[id_]["text_from"]}
            continue
        placed[id_] = {"text_id": next(numbers), "text_from": run.number}
        replaced += [id_] if id_ in before else []
    _replace(connection, run, [(before[id_], stored[id_]) for id_ in replaced])
    return placed


def write_texts(connection: Connection, items: Sequence[LabelledPosting], ids: Collection[str], rows: Mapping[str, Row]) -> None:
    """Store the texts of those postings that got a new one, and make them findable.

    Args:
        connection: the transaction.
        items: what is stored.
        ids: postings whose text is new.
        rows: rows of ``postings`` by posting id.
    """
    wanted = set(ids)
    new = [item for item in items if item.posting.posting_id in wanted]
    upsert(connection, schema.posting_texts, map(text_row, new))
    full_text.put(
        connection,
        (_search_text(rows[item.posting.posting_id], item.posting.description_text) for item in new),
    )


def searched(rows: Iterable[Row]) -> list[SearchText]:
    """What stands in the full-text index, of rows with ``text_id``, ``title``, ``company`` and ``description_text``."""
    return [_search_text(row, row["description_text"]) for row in rows]


def _search_text(row: Row, body: str) -> SearchText:
    return SearchText(row["text_id"], row["title"], row["company"] or "", body)


def _last_text_id(connection: Connection) -> int:
    """Greatest number that a text has or had; one run writes at a time."""
    tables = (schema.postings, schema.text_versions)
    return max(connection.execute(select(func.max(table.c.text_id))).scalar() or 0 for table in tables)


def _is_same(item: LabelledPosting, row: Row, stored: Row) -> bool:
    new = text_row(item)
    return (item.posting.title, item.posting.company.name) == (row["title"], row["company"]) and all(
        new[name] == stored[name] for name in schema.TEXTS
    )


def _replace(connection: Connection, run: Run, replaced: Sequence[tuple[Row, Row]]) -> None:
    """Keep the texts that give way; what this very run wrote was shown to nobody and leaves no trace."""
    kept = [
        {
            "posting_id": row["posting_id"],
            "from_run": row["text_from"],
            "until_run": run.number,
            "text_id": row["text_id"],
            **{name: row[name] for name in _SEARCHED},
            **stored,
        }
        for row, stored in replaced
        if row["text_from"] < run.number
    ]
    insert(connection, schema.text_versions, kept)
    full_text.remove(connection, searched({**row, **stored} for row, stored in replaced if row["text_from"] >= run.number))
