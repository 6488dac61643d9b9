"""Which job a new posting belongs to: assigned once, so that clusters are stable over nights.

Postings of one company with one title in one place are candidates. One of them with the same words is the same job (a repost, a
copy on a feed); a job that has no posting on the new one's own board is the same job too, seen on another source. Two postings
with different words on one board are two openings.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, select

from pipeline.identity import digest
from storage.schema import postings


def assign_job(connection: Connection, row: dict[str, Any]) -> str:
    """The job of a posting that is not stored yet; a new job's id where it is the first of its kind.

    Args:
        connection: the commit's transaction.
        row: its row of ``postings``, with ``job_key`` and ``text_digest``.
    """
    columns = postings.c
    query = select(columns.job_id, columns.platform, columns.board, columns.text_digest).where(columns.job_key == row["job_key"])
    boards: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for job_id, platform, board, text_digest in connection.execute(query.order_by(columns.row_id)):
        if text_digest == row["text_digest"]:
            return str(job_id)
        boards[job_id].add((platform, board))
    elsewhere = [job_id for job_id, seen_on in boards.items() if (row["platform"], row["board"]) not in seen_on]
    if len(elsewhere) == 1:
        return elsewhere[0]
    return digest((row["job_key"], row["posting_id"])) if boards else str(row["job_key"])
