"""Which job a new posting belongs to: assigned once, so that clusters are stable over nights (``pipeline.duplicates`` decides)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from pipeline.duplicates.clusters import Clusters
from pipeline.duplicates.keys import CANDIDATES_A_KEY, keys
from pipeline.duplicates.sighting import Sighting, from_fields, sighting
from pipeline.records import LabelledPosting
from pipeline.vocabulary import JobReason, PostingState
from storage import schema
from storage.bulk import upsert

_KEYS_A_QUERY = 500
_ROW = (
    "posting_id", "job_id", "platform", "board", "external_id", "title", "company", "industry", "location", "level", "url",
    "apply_url", "requisition_id", "text_digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """A board's complete answer of tonight: what stands there, whatever state is on record."""

    platform: str
    board: str
    posting_ids: Collection[str]


@dataclass(frozen=True, slots=True)
class Assigned:
    """The job of a new posting."""

    job_id: str
    reason: JobReason
    matched_id: str | None
    """The posting that it was matched with; None for the first of a job."""

    @property
    def is_shared(self) -> bool:
        return self.reason is not JobReason.FIRST

    def row(self) -> dict[str, Any]:
        """Columns of the status."""
        return {
            "job_id": self.job_id,
            "job_reason": self.reason.value,
            "job_matched_id": self.matched_id,
            "is_primary": not self.is_shared,
        }


def keys_of(items: Iterable[LabelledPosting]) -> dict[str, tuple[int, ...]]:
    """The keys by which postings are found, by posting id."""
    return {
        item.posting.posting_id: keys(sighting(item.posting, item.labels.role.level), item.posting.description_text)
        for item in items
    }


def save_keys(connection: Connection, found: Mapping[str, Sequence[int]]) -> None:
    """Let copies of these postings find them."""
    upsert(connection, schema.job_keys, ({"key": key, "posting_id": id_} for id_, own in found.items() for key in own))


def assign_jobs(
    connection: Connection, new: Sequence[LabelledPosting], found: Mapping[str, Sequence[int]], answer: Answer | None
) -> dict[str, Assigned]:
    """The jobs of postings that are not stored yet, by posting id.

    Args:
        connection: the transaction.
        new: the postings, in the order in which they join.
        found: their keys, by posting id.
        answer: the complete answer that they stand in.
    """
    clusters = Clusters(lambda id_: _text_of(connection, id_))
    wanted = sorted({key for item in new for key in found[item.posting.posting_id]})
    _hold_known(connection, clusters, _by_key(connection, wanted), answer)
    assigned: dict[str, Assigned] = {}
    for item in new:
        id_ = item.posting.posting_id
        match = clusters.add(sighting(item.posting, item.labels.role.level), item.posting.description_text, found[id_])
        assigned[id_] = Assigned(match.job_id, match.reason, None if match.reason is JobReason.FIRST else match.posting_id)
    return assigned


def _by_key(connection: Connection, wanted: Sequence[int]) -> dict[str, list[int]]:
    """Keys by the postings that have them; of a key with many postings those of the lowest ids."""
    table = schema.job_keys.c
    place = func.row_number().over(partition_by=table.key, order_by=table.posting_id).label("place")
    found: dict[str, list[int]] = defaultdict(list)
    for first in range(0, len(wanted), _KEYS_A_QUERY):
        numbered = select(table.key, table.posting_id, place).where(table.key.in_(wanted[first : first + _KEYS_A_QUERY])).subquery()
        for key, id_, _ in connection.execute(select(numbered).where(numbered.c.place <= CANDIDATES_A_KEY)):
            found[id_].append(key)
    return found


def _hold_known(connection: Connection, clusters: Clusters, by_posting: Mapping[str, Sequence[int]], answer: Answer | None) -> None:
    """Hand over the postings that were found, and the others of their jobs, which may bar what they let through."""
    columns = [schema.postings.c[name] for name in (*_ROW, "state")]
    ids = list(by_posting)
    jobs: set[str] = set()
    for first in range(0, len(ids), _KEYS_A_QUERY):
        part = ids[first : first + _KEYS_A_QUERY]
        jobs.update(connection.execute(select(schema.postings.c.job_id).where(schema.postings.c.posting_id.in_(part))).scalars())
    named = sorted(jobs)
    for first in range(0, len(named), _KEYS_A_QUERY):
        query = select(*columns).where(schema.postings.c.job_id.in_(named[first : first + _KEYS_A_QUERY]))
        for row in connection.execute(query.order_by(schema.postings.c.posting_id)):
            clusters.hold(_known(row, answer), by_posting.get(row.posting_id, ()))


def _known(row: Any, answer: Answer | None) -> Sighting:
    is_open = row.state == PostingState.OPEN.value
    if answer is not None and (row.platform, row.board) == (answer.platform, answer.board):
        is_open = row.posting_id in answer.posting_ids
    return from_fields(**{name: getattr(row, name) for name in _ROW}, is_open=is_open)


def _text_of(connection: Connection, posting_id: str) -> str:
    texts = schema.posting_texts.c
    return str(connection.execute(select(texts.description_text).where(texts.posting_id == posting_id)).scalar_one())
