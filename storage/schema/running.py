"""Boards and runs: what is remembered between nights, and how each night went."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Date, Float, Index, Integer, String, Table, false

from storage.columns import UtcDateTime
from storage.schema.declaring import column, metadata

boards = Table(
    "boards",
    metadata,
    column("platform", String, "platform, as in the configuration", primary_key=True, nullable=False),
    column("board", String, "the employer's list on the platform, or the feed's name", primary_key=True, nullable=False),
    column("company", JSON, "facts that the configuration states of the employer"),
    column(
        "last_complete_on", Date, "night of the last complete answer; every open posting that is not missing was last seen then"
    ),
    column("last_complete_at", UtcDateTime, "clock of that night, UTC"),
    column("suspect", String, "kind of a suspect answer that is waiting to be believed"),
    column("suspect_on", JSON, "nights that gave it"),
    column("failed_on", JSON, "nights since the last readable answer on which the board failed, at most 14"),
    column("validators", JSON, "ETag, Last-Modified and digest by request address"),
    comment="boards and feeds, with what is remembered of them between nights",
)

runs = Table(
    "runs",
    metadata,
    column("run_id", String, "night, and a number from its second run on", primary_key=True, nullable=False),
    column("run_number", Integer, "order of runs", nullable=False),
    column("kind", String, "nightly, crawl (of some sources only), reclassify, purge or label", nullable=False),
    column("night", Date, "the night", nullable=False),
    column("started_at", UtcDateTime, "clock of the night, UTC", nullable=False),
    column("state", String, "running, ended or exported", nullable=False),
    column("cursor", JSON, "how far a run has come that can be interrupted and gone on with"),
    column("summary", JSON, "the run's summary"),
    Index("ix_runs_run_number", "run_number", unique=True),
    comment="runs: nights, and replays over what is stored",
)

board_results = Table(
    "board_results",
    metadata,
    column("run_id", String, "the run", primary_key=True, nullable=False),
    column("platform", String, "platform", primary_key=True, nullable=False),
    column("board", String, "board", primary_key=True, nullable=False),
    column("run_number", Integer, "number of the run", nullable=False),
    column("status", String, "complete, partial, failed or skipped", nullable=False),
    column("failure", String, "kind of failure"),
    column("reason", String, "the failure in a sentence"),
    column("suspect", String, "a suspect answer in a sentence"),
    column("fetched", Integer, "postings in the answer", nullable=False),
    column("new", Integer, "postings never seen before", nullable=False),
    column("changed", Integer, "postings whose content changed", nullable=False),
    column("closed", Integer, "postings closed", nullable=False),
    column("reopened", Integer, "postings that came back", nullable=False),
    column("requests", Integer, "requests made", nullable=False),
    column("seconds", Float, "seconds the crawl took", nullable=False),
    column("last_complete_on", Date, "night of the board's last complete answer, this one included"),
    column("last_complete_at", UtcDateTime, "clock of that night, UTC"),
    column("not_modified", Boolean, "the answer was last night's over again", nullable=False, server_default=false()),
    column("unreadable", Integer, "postings that no parser could read", nullable=False, server_default="0"),
    column("bytes", Integer, "bytes received", nullable=False, server_default="0"),
    column("attempts", Integer, "attempts of the shard until this answer", nullable=False, server_default="1"),
    column("notes", JSON, "what was survived or left out, a sentence each"),
    column("fill", JSON, "postings of the answer that have a field, by field"),
    Index("ix_board_results_platform_board_run_number", "platform", "board", "run_number"),
    comment="how each board's crawl ended, a run",
)

raw_spool = Table(
    "raw_spool",
    metadata,
    column("run_id", String, "the run", primary_key=True, nullable=False),
    column("posting_id", String(16), "the posting", primary_key=True, nullable=False),
    column("raw", JSON, "the RawPosting", nullable=False),
    comment="payloads of the running night, until they stand in the data set",
)
