"""What people and models leave: overrides, removals, the registry of models, reports of drift, cursors of feeds."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Date, Integer, String, Table, Text

from storage.columns import UtcDateTime
from storage.schema.declaring import column, metadata

overrides = Table(
    "overrides",
    metadata,
    column("override_id", Integer, "order of overrides", primary_key=True, autoincrement=True, nullable=False),
    column("posting_id", String(16), "the posting", nullable=False, index=True),
    column("question", String, "what was decided: remote_class, arrangement …", nullable=False),
    column("value", JSON, "the person's answer", nullable=False),
    column("quote", Text, "the words that it rests on, verbatim"),
    column("note", Text, "why"),
    column("made_at", UtcDateTime, "when, UTC", nullable=False),
    column("revoked_at", UtcDateTime, "when it was taken back, UTC"),
    comment="labels set by a person; they win over the classifiers and outlive a replay",
)

removals = Table(
    "removals",
    metadata,
    column("removal_id", Integer, "order of removals", primary_key=True, autoincrement=True, nullable=False),
    column("kind", String, "company, source or posting", nullable=False),
    column("target", String, "company key, source id or posting id", nullable=False),
    column("removed_at", UtcDateTime, "when, UTC", nullable=False),
    column("postings", Integer, "how many postings went", nullable=False),
    column("is_kept_out", Boolean, "what it names is not stored again", nullable=False),
    comment="what `rolecall db purge` removed: no word of the postings themselves",
)

models = Table(
    "models",
    metadata,
    column("name", String, "the question that it answers: remote, tech", primary_key=True, nullable=False),
    column("version", String, "its version, as labels carry it", primary_key=True, nullable=False),
    column("trained_at", UtcDateTime, "when it was trained, UTC"),
    column("card", JSON, "its model card: data, figures, parameters", nullable=False),
    column("address", String, "where its file stands"),
    column("is_active", Boolean, "it decides now", nullable=False),
    column("promoted_at", UtcDateTime, "when it was last put in charge, UTC"),
    comment="registry of trained models",
)

drift_reports = Table(
    "drift_reports",
    metadata,
    column("report_id", Integer, "order of reports", primary_key=True, autoincrement=True, nullable=False),
    column("model", String, "the question whose model was looked at", nullable=False),
    column("version", String, "its version", nullable=False),
    column("from_on", Date, "first night looked at", nullable=False),
    column("until_on", Date, "last night looked at", nullable=False),
    column("has_drift", Boolean, "a bound was passed", nullable=False),
    column("report", JSON, "figures by feature", nullable=False),
    column("made_at", UtcDateTime, "when, UTC", nullable=False),
    comment="how far postings have moved from what a model was trained on",
)

feed_cursors = Table(
    "feed_cursors",
    metadata,
    column("search_id", String, "saved search", primary_key=True, nullable=False),
    column("target", String, "feed or notification that it is told to", primary_key=True, nullable=False),
    column("event_id", Integer, "last event that was told", nullable=False),
    column("told_at", UtcDateTime, "when, UTC", nullable=False),
    comment="how far each feed and notification has come in the events, so that no night is skipped or told twice",
)
