"""What was: contents and statuses that were replaced, each with the runs between which it stood, and the log of events.

Current values live in ``storage.schema.postings`` alone; a row comes here when it is replaced, so that an unchanged posting costs
nothing. "As of" a run is the current row where it was written by then, else the row here that stood then (``storage.as_of``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table

from storage.columns import UtcDateTime
from storage.schema.declaring import column, copies, metadata
from storage.schema.postings import RUN_NUMBER, content_columns, labels, posting_texts, status_columns

TEXTS = tuple(one.name for one in posting_texts.columns if one.name != "posting_id")
LABELS = tuple(one.name for one in labels.columns if one.name != "posting_id")


def _interval(key: str) -> list[Column[Any]]:
    """Which posting, and between which runs."""
    return [
        column("posting_id", String(16), "the posting", primary_key=True, nullable=False),
        column("from_run", Integer, f"{key}: {RUN_NUMBER}", primary_key=True, autoincrement=False, nullable=False),
        column("until_run", Integer, "number of the run that replaced it", nullable=False),
    ]


posting_versions = Table(
    "posting_versions",
    metadata,
    *_interval("content"),
    column("text_id", Integer, "number of the text that it went with", nullable=False),
    *copies(content_columns()),
    *copies(labels.columns[name] for name in LABELS),
    column("beside", JSON, "its rows of the tables beside `postings`, by table", nullable=False),
    comment="contents that were replaced: what a posting said before it changed, and what each version of a classifier said of it",
)

text_versions = Table(
    "text_versions",
    metadata,
    *_interval("text"),
    column("text_id", Integer, "number of this text: key of the full-text index", nullable=False, index=True),
    column("title", String, "title that was searched with it", nullable=False),
    column("company", String, "employer that was searched with it"),
    *copies(posting_texts.columns[name] for name in TEXTS),
    comment="texts that were replaced; a text that outlives a change of its labels is kept once",
)

posting_statuses = Table(
    "posting_statuses",
    metadata,
    *_interval("status"),
    *copies(status_columns()),
    comment="statuses that were replaced: open or closed, and the job that a posting belonged to",
)

events = Table(
    "events",
    metadata,
    column("event_id", Integer, "order of events", primary_key=True, autoincrement=True, nullable=False),
    column("run_id", String, "run that saw it", nullable=False),
    column("run_number", Integer, "number of that run", nullable=False),
    column("night", Date, "night of that run", nullable=False),
    column("at", UtcDateTime, "clock of that night, UTC", nullable=False),
    column("posting_id", String(16), "the posting", nullable=False, index=True),
    column("kind", String, "opened, changed, closed, reopened or relabelled", nullable=False),
    column("fields", JSON, "what moved: old and new value by field"),
    Index("ix_events_night_kind", "night", "kind"),
    comment="append-only history of every posting",
)
