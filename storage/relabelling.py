"""Postings that were parsed and labelled again over what is stored: what moved is written, what did not is left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from pipeline.label_changes import label_changes
from pipeline.lines import labels_to_json
from pipeline.records import LabelledPosting
from pipeline.vocabulary import EventKind
from storage import schema
from storage.bulk import insert
from storage.contents import write
from storage.looking import by_posting, rows_by_id
from storage.overrides import with_overrides
from storage.rows import changed_fields, content_row
from storage.run import Run


@dataclass(frozen=True, slots=True)
class Relabelled:
    """One posting whose labels moved."""

    posting_id: str
    title: str
    company: str | None
    fields: Mapping[str, Sequence[Any]]
    """Old and new value by label; by field where only the parser reads it in another way."""
    quote: str | None
    """The words that decide the remote class now."""


@dataclass(frozen=True, slots=True)
class Relabelling:
    """What a batch moved."""

    relabelled: tuple[Relabelled, ...]
    rewritten: int
    """Postings that were written again, those included whose evidence or versions alone have moved."""


def relabel(connection: Connection, run: Run, items: Sequence[LabelledPosting], is_written: bool = True) -> Relabelling:
    """Compare postings with what is stored of them, and write those that differ as a new version; a label that a person set wins.

    Args:
        connection: the transaction.
        run: the replay.
        items: parsed and labelled again; all are stored.
        is_written: False only compares.
    """
    items = with_overrides(connection, items)
    ids = [item.posting.posting_id for item in items]
    before, verdicts = rows_by_id(connection, ids), by_posting(connection, schema.labels, ids)
    moved = [item for item in items if _differs(item, before, verdicts)]
    relabelled = [one for item in moved if (one := _relabelled(item, before, verdicts))]
    if is_written and moved:
        write(connection, run, moved, {item.posting.posting_id: before[item.posting.posting_id]["raw_run_id"] for item in moved})
        insert(connection, schema.events, (_event(run, one) for one in relabelled))
    return Relabelling(tuple(relabelled), len(moved))


def _differs(item: LabelledPosting, before: Mapping[str, Any], verdicts: Mapping[str, Any]) -> bool:
    id_ = item.posting.posting_id
    row = before[id_]
    content = content_row(item, row["opened_at"].date())
    return any(row[name] != value for name, value in content.items()) or _plain(item) != verdicts[id_]["verdicts"]


def _plain(item: LabelledPosting) -> Any:
    """The verdicts as they read back from the database."""
    return orjson.loads(orjson.dumps(labels_to_json(item.labels)))


def _relabelled(item: LabelledPosting, before: Mapping[str, Any], verdicts: Mapping[str, Any]) -> Relabelled | None:
    posting, id_ = item.posting, item.posting.posting_id
    fields = label_changes(verdicts[id_]["verdicts"], _plain(item))
    if not fields:
        content = content_row(item, before[id_]["opened_at"].date())
        moved = changed_fields(before[id_], {**before[id_], **content})
        fields = {name: values for name, values in moved.items() if values[0] != values[1]}
    if not fields:
        return None
    evidence = item.labels.remote.evidence
    return Relabelled(id_, posting.title, posting.company.name, fields, evidence[0].quote if evidence else None)


def _event(run: Run, one: Relabelled) -> dict[str, Any]:
    return {
        "run_id": run.run_id, "run_number": run.number, "night": run.night, "at": run.at,
        "posting_id": one.posting_id, "kind": EventKind.RELABELLED.value, "fields": dict(one.fields),
    }  # fmt: skip
