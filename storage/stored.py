"""Postings as they are stored, back as ``LabelledPosting``, so that they can be written again without parser or classifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from pipeline.labels import Labels
from pipeline.records import CompanyFacts, LabelledPosting, Posting
from pipeline.stored_labels import labels_from_json
from pipeline.vocabulary import RemoteClass
from storage import schema
from storage.looking import by_posting, rows_by_id

_PLAIN = (
    "posting_id", "platform", "board", "external_id", "url", "title", "content_hash", "location", "apply_url", "department",
    "employment_type_text", "published_text", "published_on", "updated_at", "expires_text", "expires_on", "requisition_id",
)  # fmt: skip


def stored_postings(connection: Connection, ids: Iterable[str]) -> list[LabelledPosting]:
    """Postings with their labels, in the order of the ids.

    What no table keeps is empty: tags, the source's words for its last change. ``fetched_at`` is the clock of the last change.
    """
    wanted = list(ids)
    rows = rows_by_id(connection, wanted)
    texts = by_posting(connection, schema.posting_texts, wanted)
    verdicts = by_posting(connection, schema.labels, wanted)
    return [LabelledPosting(_posting(rows[id_], texts[id_]), _labels(rows[id_], verdicts[id_]["verdicts"])) for id_ in wanted]


def _posting(row: Mapping[str, Any], text: Mapping[str, Any]) -> Posting:
    company = CompanyFacts(row["company"], row["industry"], row["stage"], row["size"])
    return Posting(**{name: row[name] for name in _PLAIN}, fetched_at=row["changed_at"], company=company, **text)


def _labels(row: Mapping[str, Any], verdicts: Mapping[str, Any]) -> Labels:
    """The columns hold the probabilities as they were given, the verdicts four decimals of them."""
    labels = labels_from_json(verdicts)
    shares = {
        RemoteClass.REMOTE_FIRST: row["remote_first_probability"],
        RemoteClass.REMOTE_FRIENDLY: row["remote_friendly_probability"],
        RemoteClass.ON_SITE: row["on_site_probability"],
    }
    return replace(labels, remote=replace(labels.remote, remote_probability=shares))
