"""Writing contents: new postings, changed ones, relabelled ones, many at once. What is replaced goes to the history first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select

from pipeline.records import LabelledPosting
from pipeline.vocabulary import PostingState
from storage import schema
from storage.bulk import insert, upsert
from storage.jobs import Answer, assign_jobs, keys_of, save_keys
from storage.looking import batched_ids, by_posting, rows_by_id
from storage.overrides import inherit, with_overrides
from storage.rows import content_row, label_row, side_rows
from storage.run import Run
from storage.texts import place_texts, write_texts

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


def write(
    connection: Connection,
    run: Run,
    items: Sequence[LabelledPosting],
    raw_run_ids: Mapping[str, str] | None = None,
    answer: Answer | None = None,
    last_seen_on: date | None = None,
) -> Written:
    """Store contents as they are now, each posting once; where a person set a label, it wins.

    Args:
        connection: the transaction.
        run: the run that writes them.
        items: labelled postings.
        raw_run_ids: run whose payload a content was read from, by posting id; this run where it is not named.
        answer: the board's complete answer that they stand in.
        last_seen_on: what new postings remember, where the board's last complete night does not say it.
    """
    before = rows_by_id(connection, (item.posting.posting_id for item in items))
    _archive(connection, run, before)
    texts = place_texts(connection, run, items, before)
    found = keys_of(item for item in items if _is_rewritten(item, before))
    assigned = assign_jobs(connection, [item for item in items if item.posting.posting_id not in before], found, answer)
    inherit(connection, {id_: one.job_id for id_, one in assigned.items() if one.is_shared})
    items = with_overrides(connection, items)
    after: dict[str, dict[str, Any]] = {}
    for item in items:
        id_ = item.posting.posting_id
        held = before.get(id_)
        status = {name: held[name] for name in schema.STATUS} if held else {**assigned[id_].row(), **_born(run, last_seen_on)}
        after[id_] = {
            **texts[id_],
            **content_row(item, held["opened_at"].date() if held else run.night),
            "changed_at": run.at,
            "run_id": run.run_id,
            "raw_run_id": (raw_run_ids or {}).get(id_, run.run_id),
            **status,
            "content_from": run.number,
            "status_from": held["status_from"] if held else run.number,
        }
    upsert(connection, _POSTINGS, after.values(), key=("posting_id",))
    write_texts(connection, items, [id_ for id_ in after if texts[id_]["text_from"] == run.number], after)
    _write_beside(connection, run, items, is_new=not before)
    save_keys(connection, found)
    return Written(before, after, frozenset(one.job_id for one in assigned.values() if one.is_shared))


def _is_rewritten(item: LabelledPosting, before: Mapping[str, Mapping[str, Any]]) -> bool:
    """New, or changed by the employer: not merely labelled again."""
    held = before.get(item.posting.posting_id)
    return held is None or held["content_hash"] != item.posting.content_hash


def _born(run: Run, last_seen_on: date | None) -> dict[str, Any]:
    return {
        "state": PostingState.OPEN.value, "state_reason": None, "missing_since": None, "last_seen_on": last_seen_on,
        "opened_at": run.at, "closed_at": None,
    }  # fmt: skip


def _write_beside(connection: Connection, run: Run, items: Sequence[LabelledPosting], is_new: bool) -> None:
    if not is_new:
        for part in batched_ids(item.posting.posting_id for item in items):
            for table in schema.BESIDE:
                connection.execute(delete(table).where(table.c.posting_id.in_(part)))
    upsert(connection, schema.labels, (label_row(item, run.at) for item in items))
    beside = [side_rows(item) for item in items]
    for table in schema.BESIDE:
        insert(connection, table, (row for rows in beside for row in rows[table.name]))


def _archive(connection: Connection, run: Run, before: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep what is about to be replaced; what this very run wrote was shown to nobody and leaves no trace."""
    kept = [id_ for id_, row in before.items() if row["content_from"] < run.number]
    for part in batched_ids(kept):
        beside = beside_of(connection, part)
        labels = by_posting(connection, schema.labels, part)
        versions = (
            {
                "posting_id": id_,
                "from_run": before[id_]["content_from"],
                "until_run": run.number,
                "text_id": before[id_]["text_id"],
                **{name: before[id_][name] for name in schema.CONTENT},
                **labels[id_],
                "beside": beside[id_],
            }
            for id_ in part
        )
        insert(connection, schema.posting_versions, versions)


def beside_of(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The rows of the tables beside ``postings``, by posting id and table, without the id itself."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {id_: {str(table.name): [] for table in schema.BESIDE} for id_ in ids}
    for table in schema.BESIDE:
        rows = connection.execute(select(table).where(table.c.posting_id.in_(ids)).order_by(*table.primary_key))
        for row in rows.mappings():
            found[row["posting_id"]][table.name].append({str(name): value for name, value in row.items() if name != "posting_id"})
    return found
