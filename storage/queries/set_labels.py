"""Which labels people set."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from pipeline.labels import Override
from storage import schema
from storage.looking import batched_ids
from storage.overrides import every_override
from storage.store import Store


@dataclass(frozen=True, slots=True)
class SetLabel:
    """A label that a person set, as a list shows it."""

    job_id: str
    posting_id: str
    """The posting that stands for the job."""
    title: str
    company: str | None
    url: str
    state: str
    remote_class: str
    arrangement: str
    classifiers_say: str
    """The class that would stand otherwise."""
    quote: str | None
    note: str | None
    made_at: datetime

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def set_labels(store: Store) -> list[SetLabel]:
    """Every label that a person set and that holds, the newest first, one a job."""
    postings, labels = schema.postings, schema.labels
    with store.engine.connect() as connection:
        overrides = every_override(connection)
        rows: dict[str, Any] = {}
        for part in batched_ids(overrides):
            query = select(postings, labels.c.verdicts).join(labels, labels.c.posting_id == postings.c.posting_id)
            found = connection.execute(query.where(postings.c.posting_id.in_(part), postings.c.is_primary))
            rows |= {row.posting_id: row for row in found}
    return [_set_label(rows[id_], override) for id_, override in overrides.items() if id_ in rows]


def _set_label(row: Any, override: Override) -> SetLabel:
    instead = row.verdicts["set_by_person"]["instead_of"]
    return SetLabel(
        row.job_id, row.posting_id, row.title, row.company, row.url, row.state, row.remote_class, row.arrangement,
        instead["remote_class"], override.quote, override.note, override.made_at,
    )  # fmt: skip
