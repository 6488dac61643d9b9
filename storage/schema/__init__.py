"""Every SQL table, declared once; a column's comment is its line in the data dictionary."""

from __future__ import annotations

from storage.schema.beside import (
    BESIDE,
    eligible_countries,
    evidence,
    excluded_places,
    pay_bands,
    remote_scopes,
    required_languages,
    signals,
    technologies,
)
from storage.schema.declaring import metadata
from storage.schema.history import LABELS, TEXTS, events, posting_statuses, posting_versions, text_versions
from storage.schema.keeping import drift_reports, feed_cursors, models, overrides, removals
from storage.schema.ledger import host_notes, leases, shards
from storage.schema.postings import CONTENT, STATUS, job_keys, labels, posting_texts, postings
from storage.schema.running import board_results, boards, raw_spool, runs

__all__ = [
    "BESIDE", "CONTENT", "LABELS", "STATUS", "TEXTS",
    "board_results", "boards", "drift_reports", "eligible_countries", "events", "evidence", "excluded_places", "feed_cursors",
    "host_notes", "job_keys", "labels", "leases", "metadata", "models", "overrides", "pay_bands", "posting_statuses",
    "posting_texts", "posting_versions", "postings", "raw_spool", "remote_scopes", "removals", "required_languages", "runs",
    "shards", "signals", "technologies", "text_versions",
]  # fmt: skip
