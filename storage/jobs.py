"""Which job a new posting belongs to: assigned once, so that clusters are stable over nights.

Postings of one company with one title in one place are candidates. One of them with the same words is the same job (a repost, a
copy on a feed); a job that has no posting on the new one's own board is the same job too, seen on another source. Two postings
with different words on one board are two openings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from pipeline.identity import digest, job_key, text_digest
from pipeline.records import LabelledPosting
from storage import schema
from storage.bulk import upsert

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Assigned:
    """The job of a new posting."""

    job_id: str
    reason: str
    matched_id: str | None
    is_shared: bool

    def row(self) -> dict[str, Any]:
        return {
            "job_id": self.job_id,
            "job_reason": self.reason,
            "job_matched_id": self.matched_id,
            "is_primary": not self.is_shared,
        }


def assign_jobs(connection: Connection, new: Sequence[LabelledPosting]) -> dict[str, Assigned]:
    """The jobs of postings that are not stored yet, by posting id."""
    keys = {item.posting.posting_id: _key(item) for item in new}
    held = _held(connection, set(keys.values()))
    assigned: dict[str, Assigned] = {}
    for item in new:
        posting = item.posting
        others = held[keys[posting.posting_id]]
        one = _assign(posting.posting_id, (posting.platform, posting.board), text_digest(posting.description_text), others)
        assigned[posting.posting_id] = one
        others.append((one.job_id, posting.posting_id, (posting.platform, posting.board), text_digest(posting.description_text)))
    upsert(connection, schema.job_keys, ({"key": key, "posting_id": id_} for id_, key in keys.items()))
    return assigned


def _key(item: LabelledPosting) -> int:
    posting = item.posting
    text = job_key(posting.company.name, posting.title, posting.location, posting.posting_id)
    return int.from_bytes(bytes.fromhex(text), "big", signed=True)


Held = tuple[str, str, tuple[str, str], str]


def _held(connection: Connection, keys: set[int]) -> defaultdict[int, list[Held]]:
    held: defaultdict[int, list[Held]] = defaultdict(list)
    ordered = sorted(keys)
    columns = schema.postings.c
    for first in range(0, len(ordered), _CHUNK):
        query = (
            select(schema.job_keys.c.key, columns.job_id, columns.posting_id, columns.platform, columns.board, columns.text_digest)
            .join(schema.postings, columns.posting_id == schema.job_keys.c.posting_id)
            .where(schema.job_keys.c.key.in_(ordered[first : first + _CHUNK]))
            .order_by(columns.opened_at, columns.posting_id)
        )
        for key, job_id, id_, platform, board, text in connection.execute(query):
            held[key].append((job_id, id_, (platform, board), text))
    return held


def _assign(id_: str, on: tuple[str, str], words: str, held: Sequence[Held]) -> Assigned:
    boards: dict[str, set[tuple[str, str]]] = defaultdict(set)
    first: dict[str, str] = {}
    for job_id, matched_id, seen_on, text in held:
        if text == words:
            return Assigned(job_id, "same_words", matched_id, True)
        boards[job_id].add(seen_on)
        first.setdefault(job_id, matched_id)
    elsewhere = [job_id for job_id, seen_on in boards.items() if on not in seen_on]
    if len(elsewhere) == 1:
        return Assigned(elsewhere[0], "same_title_and_place", first[elsewhere[0]], True)
    return Assigned(digest(("job", id_)), "first", None, False)
