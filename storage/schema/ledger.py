"""The shard ledger: what a night still has to crawl, who is at it, and which hosts are taken.

Nothing here outlives its use: a lease ends by itself, and a run's shards go when the next run begins.
"""

from __future__ import annotations

from sqlalchemy import JSON, Index, Integer, String, Table

from storage.columns import UtcDateTime
from storage.schema.declaring import column, metadata

leases = Table(
    "leases",
    metadata,
    column("name", String, "what is held: run, or host and the lane of its shards", primary_key=True, nullable=False),
    column("token", String, "of this one taking; another taking has another", nullable=False),
    column("owner", String, "who holds it, in words", nullable=False),
    column("place", String, "machine and data folder of the owner, whose own lock proves that a former owner there is gone"),
    column("since", UtcDateTime, "when it was taken, by the database's clock, UTC", nullable=False),
    column("expires_at", UtcDateTime, "when it ends unless it is renewed, by the database's clock, UTC", nullable=False),
    comment="what one worker at a time may hold: the right to write a run, and the hosts that it asks",
)

shards = Table(
    "shards",
    metadata,
    column("run_id", String, "the run", primary_key=True, nullable=False),
    column("shard_id", String, "name of the shard: its lane and a number", primary_key=True, nullable=False),
    column("position", Integer, "order of the plan", nullable=False),
    column("lane", String, "the hosts that it asks; one shard of a lane is crawled at a time", nullable=False),
    column("state", String, "planned, leased, done or stopped", nullable=False),
    column("attempts", Integer, "how often it was taken", nullable=False),
    column("not_before", UtcDateTime, "when boards that failed may be asked again, by the database's clock, UTC"),
    column("token", String, "of the attempt that holds it"),
    column("worker", String, "who holds it, in words"),
    column("flow_run_id", String, "the flow run of that worker"),
    column("leased_at", UtcDateTime, "when that attempt began, by the database's clock, UTC"),
    column("expires_at", UtcDateTime, "when the attempt counts as dead unless it is renewed, UTC"),
    column("done_at", UtcDateTime, "when its last board was done, UTC"),
    column("work", JSON, "its boards and what a worker must know to read them; no key, no password", nullable=False),
    column("unstored", JSON, "how boards ended that are not stored, failed or put off, by source id", nullable=False),
    Index("ix_shards_run_id_state", "run_id", "state"),
    comment="shards of the running night: planned, leased, attempts, done",
)

host_notes = Table(
    "host_notes",
    metadata,
    column("name", String, "kind of note and host", primary_key=True, nullable=False),
    column("note", JSON, "the note, as a shard reads it", nullable=False),
    comment="what workers on other machines learned of hosts: robots.txt, and until when a host is left alone",
)
