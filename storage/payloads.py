"""Stored payloads, read back: the RawPosting behind every posting's present content."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from pipeline.records import CompanyFacts, RawPosting
from storage import schema
from storage.dataset.manifest import RAW, DatasetFile, committed_files
from storage.dataset.reading import stream
from storage.looking import batched_ids
from storage.store import Store

_COLUMNS = ("posting_id", "board", "external_id", "url", "fetched_at", "payload", "run_id")


@dataclass(frozen=True, slots=True)
class StoredPayload:
    """One posting's payload, with what is known of its employer."""

    posting_id: str
    raw: RawPosting
    company: CompanyFacts


def payload_files(store: Store, since: date | None = None) -> list[DatasetFile]:
    """Files that hold payloads, oldest run first; with ``since`` only those with a run of that night or later."""
    runs = schema.runs.c
    with store.engine.connect() as connection:
        wanted = select(runs.run_id) if since is None else select(runs.run_id).where(runs.night >= since)
        named = set(connection.execute(wanted).scalars())
    return [file for file in committed_files(store.place, RAW) if named & set(file.runs)]


def count_payloads(store: Store, since: date | None = None) -> int:
    """How many postings have a payload of that night or later."""
    postings, runs = schema.postings.c, schema.runs.c
    query = select(func.count()).select_from(schema.postings).join(schema.runs, runs.run_id == postings.raw_run_id)
    with store.engine.connect() as connection:
        return int(connection.execute(query if since is None else query.where(runs.night >= since)).scalar_one())


def payloads(store: Store, file: DatasetFile, since: date | None = None) -> Iterator[list[StoredPayload]]:
    """The payloads of a file that are their posting's newest, in batches.

    Args:
        store: where they are.
        file: of ``payload_files``.
        since: leaves out those of earlier nights.
    """
    platform = _platform(file.path)
    for batch in stream(store.place, RAW, _COLUMNS, files=[file]):
        rows = batch.to_pylist()
        with store.engine.connect() as connection:
            newest = _newest(connection, [row["posting_id"] for row in rows], since)
        found = []
        for row in rows:
            known = newest.get(row["posting_id"])
            if known is not None and known["raw_run_id"] == (row["run_id"] or file.runs[0]):
                found.append(StoredPayload(row["posting_id"], _raw(platform, row), CompanyFacts(**(known["company"] or {}))))
        if found:
            yield found


def _newest(connection: Connection, ids: Collection[str], since: date | None) -> dict[str, dict[str, Any]]:
    """Run of the payload behind each posting's content, and the facts of its employer."""
    postings, boards, runs = schema.postings.c, schema.boards.c, schema.runs.c
    query = (
        select(postings.posting_id, postings.raw_run_id, boards.company)
        .join(schema.boards, (boards.platform == postings.platform) & (boards.board == postings.board))
        .join(schema.runs, runs.run_id == postings.raw_run_id)
    )
    if since is not None:
        query = query.where(runs.night >= since)
    found: dict[str, dict[str, Any]] = {}
    for part in batched_ids(ids):
        for row in connection.execute(query.where(postings.posting_id.in_(part))).mappings():
            found[row["posting_id"]] = dict(row)
    return found


def _platform(path: str) -> str:
    """``raw/run_date=…/platform=lever/….parquet`` is of lever."""
    return next(part.removeprefix("platform=") for part in path.split("/") if part.startswith("platform="))


def _raw(platform: str, row: dict[str, Any]) -> RawPosting:
    fetched_at = row["fetched_at"].astimezone(UTC)
    return RawPosting(platform, row["board"], row["external_id"], row["url"], fetched_at, orjson.loads(row["payload"]))
