"""Labels that people set, as rows: which hold, for which postings, since when; and their way into everything that is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from pipeline.labels import Override
from pipeline.overrides import overridden
from pipeline.records import LabelledPosting
from pipeline.vocabulary import Arrangement, RemoteClass
from storage import schema
from storage.looking import batched_ids

_TABLE = schema.overrides
_CLASS, _ARRANGEMENT = "remote_class", "arrangement"


def active_overrides(connection: Connection, ids: Iterable[str]) -> dict[str, Override]:
    """What people set and did not take back, by posting id."""
    rows: list[Any] = []
    for part in batched_ids(ids):
        rows += connection.execute(_active().where(_TABLE.c.posting_id.in_(part)))
    return _by_posting(rows)


def every_override(connection: Connection) -> dict[str, Override]:
    """Everything that people set and did not take back, by posting id, the newest first."""
    found = _by_posting(connection.execute(_active()))
    return dict(sorted(found.items(), key=lambda item: item[1].made_at, reverse=True))


def with_overrides(connection: Connection, items: Sequence[LabelledPosting]) -> list[LabelledPosting]:
    """The postings with what people set in place of what the classifiers say; applied twice it is as once."""
    found = active_overrides(connection, (item.posting.posting_id for item in items))
    return [
        replace(item, labels=overridden(item.labels, found[item.posting.posting_id], item.posting))
        if item.posting.posting_id in found
        else item
        for item in items
    ]


def set_override(connection: Connection, ids: Iterable[str], override: Override) -> None:
    """Let a person's word hold for some postings; it replaces an earlier one."""
    ids = list(ids)
    revoke_override(connection, ids, override.made_at)
    answers = {_CLASS: override.remote_class.value, _ARRANGEMENT: override.arrangement and override.arrangement.value}
    rows = [
        {
            "posting_id": id_,
            "question": question,
            "value": value,
            "quote": override.quote,
            "note": override.note,
            "made_at": override.made_at,
        }
        for id_ in ids
        for question, value in answers.items()
        if value is not None
    ]
    connection.execute(insert(_TABLE), rows)


def revoke_override(connection: Connection, ids: Iterable[str], at: datetime) -> None:
    """Take back what holds for some postings; the rows stay, with the time."""
    for part in batched_ids(ids):
        held = update(_TABLE).where(_TABLE.c.posting_id.in_(part), _TABLE.c.revoked_at.is_(None))
        connection.execute(held.values(revoked_at=at))


def inherit(connection: Connection, joined: Mapping[str, str]) -> None:
    """Give postings that join a job what a person set for it.

    Args:
        connection: the transaction.
        joined: job id by the id of a posting that is about to be stored.
    """
    columns = schema.postings.c
    words: dict[str, Override] = {}
    for part in batched_ids(sorted(set(joined.values()))):
        query = _active().add_columns(columns.job_id).join(schema.postings, columns.posting_id == _TABLE.c.posting_id)
        rows = connection.execute(query.where(columns.job_id.in_(part))).all()
        jobs = {row.posting_id: row.job_id for row in rows}
        words |= {jobs[id_]: override for id_, override in _by_posting(rows).items()}
    for id_, job_id in joined.items():
        if job_id in words:
            set_override(connection, [id_], words[job_id])


def _active() -> Select[Any]:
    return select(_TABLE).where(_TABLE.c.revoked_at.is_(None)).order_by(_TABLE.c.override_id)


def _by_posting(rows: Iterable[Any]) -> dict[str, Override]:
    """One word a posting, of a row a question."""
    answers: dict[str, dict[str, Any]] = {}
    for row in rows:
        of = answers.setdefault(row.posting_id, {})
        of |= {row.question: row.value, "quote": row.quote, "note": row.note, "made_at": row.made_at}
    return {
        id_: Override(
            RemoteClass(of[_CLASS]),
            Arrangement(of[_ARRANGEMENT]) if _ARRANGEMENT in of else None,
            of["quote"],
            of["note"],
            of["made_at"],
        )
        for id_, of in answers.items()
    }
