"""Writing contents: new postings, changed ones, relabelled ones, many at once. What is replaced goes to the history first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

from sqlalchemy import Connection, delete, func, select

from pipeline.records import LabelledPosting
from pipeline.vocabulary import PostingState
from storage import full_text, schema
from storage.bulk import insert, upsert
from storage.full_text import SearchText
from storage.jobs import assign_jobs
from storage.rows import content_row, label_row, side_rows, text_row
from storage.run import Run

CHUNK = 500
"""Ids a query names at once."""
_POSTINGS = schema.postings


@dataclass(frozen=True, slots=True)
class Written:
    """What a write found and left."""

    before: Mapping[str, Mapping[str, Any]]
    """Rows of ``postings`` as they stood, by posting id; none for a new posting."""
    after: Mapping[str, Mapping[str, Any]]
    """Rows as they stand now."""
    shared_jobs: frozenset[str] = field(default=frozenset())
    """Jobs that got a posting and had one before: who stands for them is to be chosen again."""


def rows_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Rows of ``postings`` by posting id."""
    rows: dict[str, dict[str, Any]] = {}
    for part in batched_ids(ids):
        found = connection.execute(select(_POSTINGS).where(_POSTINGS.c.posting_id.in_(part)))
        rows |= {row["posting_id"]: dict(row) for row in found.mappings()}
    return rows


def batched_ids(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Ids in parts that one query can name."""
    pending = iter(ids)
    while part := tuple(islice(pending, CHUNK)):
        yield part


def write(connection: Connection, run: Run, items: Sequence[LabelledPosting], raw_run_ids: Mapping[str, str]) -> Written:
    """Store contents as they are now, each posting once.

    Args:
        connection: the transaction.
        run: the run that writes them.
        items: labelled postings.
        raw_run_ids: run whose payload a content was read from, by posting id; this run where it is not named.
    """
    before = rows_by_id(connection, (item.posting.posting_id for item in items))
    _archive(connection, run, before)
    numbers = _next_content_ids(connection)
    new = [item for item in items if item.posting.posting_id not in before]
    assigned = assign_jobs(connection, new)
    after: dict[str, dict[str, Any]] = {}
    for item in items:
        id_ = item.posting.posting_id
        held = before.get(id_)
        status = {name: held[name] for name in schema.STATUS} if held else {**assigned[id_].row(), **_born(run)}
        after[id_] = {
            "content_id": next(numbers),
            **content_row(item, held["opened_at"].date() if held else run.night),
            "changed_at": run.at,
            "run_id": run.run_id,
            "raw_run_id": raw_run_ids.get(id_, run.run_id),
            **status,
            "content_from": run.number,
            "status_from": held["status_from"] if held else run.number,
        }
    upsert(connection, _POSTINGS, after.values(), key=("posting_id",))
    _write_beside(connection, run, items, after, is_new=not before)
    return Written(before, after, frozenset(one.job_id for one in assigned.values() if one.is_shared))


def _born(run: Run) -> dict[str, Any]:
    return {
        "state": PostingState.OPEN.value, "state_reason": None, "missing_since": None, "last_seen_on": None,
        "opened_at": run.at, "closed_at": None,
    }  # fmt: skip


def _next_content_ids(connection: Connection) -> Iterator[int]:
    """Numbers that no content has had: one run writes at a time."""
    newest = [connection.execute(select(func.max(table.c.content_id))).scalar() for table in (_POSTINGS, schema.posting_versions)]
    return count(max(one or 0 for one in newest) + 1)


def _write_beside(
    connection: Connection, run: Run, items: Sequence[LabelledPosting], after: Mapping[str, Mapping[str, Any]], is_new: bool
) -> None:
    beside = [side_rows(item) for item in items]
    if not is_new:
        for part in batched_ids(after):
            for table in schema.BESIDE:
                connection.execute(delete(table).where(table.c.posting_id.in_(part)))
    upsert(connection, schema.posting_texts, map(text_row, items))
    upsert(connection, schema.labels, (label_row(item, run.at) for item in items))
    for table in schema.BESIDE:
        insert(connection, table, (row for rows in beside for row in rows[table.name]))
    full_text.put(
        connection,
        (
            SearchText(
                after[item.posting.posting_id]["content_id"],
                item.posting.title,
                item.posting.company.name or "",
                item.posting.description_text,
            )
            for item in items
        ),
    )


def _archive(connection: Connection, run: Run, before: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep what is about to be replaced. What this very run wrote was shown to nobody: it leaves no trace."""
    kept = [id_ for id_, row in before.items() if row["content_from"] < run.number]
    for part in batched_ids(kept):
        beside = beside_of(connection, part)
        texts = _by_posting(connection, schema.posting_texts, part)
        labels = _by_posting(connection, schema.labels, part)
        versions = (
            {
                "content_id": before[id_]["content_id"],
                "posting_id": id_,
                "from_run": before[id_]["content_from"],
                "until_run": run.number,
                **{name: before[id_][name] for name in schema.CONTENT},
                **texts[id_],
                **labels[id_],
                "beside": beside[id_],
            }
            for id_ in part
        )
        insert(connection, schema.posting_versions, versions)
    forgotten = [id_ for id_, row in before.items() if row["content_from"] >= run.number]
    for part in batched_ids(forgotten):
        full_text.remove(connection, search_texts(connection, part))


def _by_posting(connection: Connection, table: Any, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    found = connection.execute(select(table).where(table.c.posting_id.in_(ids))).mappings()
    return {row["posting_id"]: {name: value for name, value in row.items() if name != "posting_id"} for row in found}


def beside_of(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The rows of the tables beside ``postings``, by posting id and table, without the id itself."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {id_: {str(table.name): [] for table in schema.BESIDE} for id_ in ids}
    for table in schema.BESIDE:
        rows = connection.execute(select(table).where(table.c.posting_id.in_(ids)).order_by(*table.primary_key))
        for row in rows.mappings():
            found[row["posting_id"]][table.name].append({str(name): value for name, value in row.items() if name != "posting_id"})
    return found


def search_texts(connection: Connection, ids: Sequence[str]) -> list[SearchText]:
    """What of the current contents of some postings stands in the full-text index."""
    texts = schema.posting_texts
    query = select(_POSTINGS.c.content_id, _POSTINGS.c.title, _POSTINGS.c.company, texts.c.description_text)
    joined = query.join(texts, texts.c.posting_id == _POSTINGS.c.posting_id).where(_POSTINGS.c.posting_id.in_(ids))
    return [SearchText(row.content_id, row.title, row.company or "", row.description_text) for row in connection.execute(joined)]
