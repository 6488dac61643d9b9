"""Postings as they stand now. A posting has a *text* (what the employer wrote, at length), a *content* (its fields, and what we
read in the text) and a *status* (open or closed, which job it belongs to); each remembers the run that wrote it, and what it
replaces goes to ``storage.schema.history``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Float, Index, Integer, String, Table, Text, text

from storage.columns import UtcDateTime
from storage.schema.declaring import column, metadata, of_posting

RUN_NUMBER = "number of the run that wrote it"
_BY_CODE_POINT = String().with_variant(String(collation="C"), "postgresql")
"""Sorts the same way on every database."""

RESTLESS = "state <> 'closed' AND (missing_since IS NOT NULL OR last_seen_on IS NOT NULL OR state = 'unknown')"
"""Postings that even an answer like the last one may move; few, so that a calm night reads few."""


def content_columns() -> list[Column[Any]]:
    """What a change of content replaces as a whole."""
    return [
        column("platform", String, "platform it was read from", nullable=False),
        column("board", String, "the employer's list on the platform, or the feed's name", nullable=False),
        column("external_id", String, "the platform's own id", nullable=False),
        column("url", String, "public address of the posting", nullable=False),
        column("apply_url", String, "address of the form, where the source names one"),
        column("title", String, "title as the employer wrote it", nullable=False),
        column("title_order", _BY_CODE_POINT, "title folded for sorting", nullable=False),
        column("company", String, "name of the employer, as the source or the configuration says"),
        column("company_key", String, "name folded for comparison"),
        column("company_order", _BY_CODE_POINT, "name folded for sorting; postings without one come last", nullable=False),
        column("industry", String, "industry, where stated"),
        column("stage", String, "stage of the company, where stated"),
        column("size", String, "band of the head count, where stated"),
        column("location", String, "every place that the source names, in its words"),
        column("department", String, "department, as the source says"),
        column("employment_type", String, "full-time, part-time, contract, temporary or internship"),
        column("employment_type_text", String, "the same in the source's words"),
        column("published_text", String, "date of publication as the source wrote it"),
        column("published_on", Date, "date of publication"),
        column("newest_on", Date, "date of publication, else the night that first held it: what `newest` sorts by", nullable=False),
        column("updated_at", UtcDateTime, "last change as the source says, UTC"),
        column("expires_text", String, "expiry date as the source wrote it"),
        column("expires_on", Date, "expiry date; one in the past closes nothing by itself"),
        column("requisition_id", String, "the employer's own number of the job"),
        column("content_hash", String(16), "digest of what an employer can change", nullable=False),
        column("text_digest", String(16), "digest of the description's words: exact copies share it", nullable=False),
        column("changed_at", UtcDateTime, "clock of the night that last changed its content, UTC", nullable=False),
        column("language", String, "ISO 639-1 code of the description"),
        column("remote_class", String, "remote-first, remote-friendly or on-site", nullable=False),
        column("remote_first_probability", Float, "probability of remote-first", nullable=False),
        column("remote_friendly_probability", Float, "probability of remote-friendly", nullable=False),
        column("on_site_probability", Float, "probability of on-site", nullable=False),
        column("arrangement", String, "remote, hybrid, onsite or unstated", nullable=False),
        column("office_days", Float, "fewest office days a week that satisfy the posting"),
        column("level", String, "level of the role", nullable=False),
        column("role_family", String, "family of the role", nullable=False),
        column("is_management", Boolean, "the role leads people", nullable=False),
        column("years_min", Float, "fewest years of experience asked for"),
        column("is_worldwide", Boolean, "the worker may live anywhere", nullable=False),
        column("utc_min", Float, "hours from UTC, winter time: westernmost clock that the posting allows"),
        column("utc_max", Float, "easternmost clock that the posting allows"),
        column("visa_sponsorship", String, "yes, no or unstated", nullable=False),
        column("needs_clearance", Boolean, "a security clearance is asked for; empty where none is mentioned"),
        column("pay_min", Float, "lower figure of the band shown in lists, as stated"),
        column("pay_max", Float, "upper figure of that band, as stated"),
        column("pay_currency", String(3), "ISO 4217 code of that band"),
        column("pay_period", String, "year, month, week, day, hour or project"),
        column("pay_kind", String, "base, ote or total"),
        column("pay_min_annual_usd", Float, "lower figure a year in US dollars, at the ECB rate of the posting's date"),
        column("pay_max_annual_usd", Float, "upper figure a year in US dollars"),
        column(
            "pay_upper_annual_usd",
            Float,
            "greatest upper figure (lower, where there is no upper) over base and total bands, a year in US dollars",
        ),
        column("pay_order", Float, "the same for sorting; -1 where no pay is stated", nullable=False),
        column("pay_policy", String, "global, national, zoned or location-dependent"),
        column("has_pay", Boolean, "at least one pay band is stated", nullable=False),
        column("has_equity", Boolean, "equity is offered", nullable=False),
        column("run_id", String, "run that last wrote this content", nullable=False),
        column("raw_run_id", String, "run whose payload this content was read from", nullable=False),
    ]


def status_columns() -> list[Column[Any]]:
    """What a night moves without a change of content."""
    return [
        column("job_id", String(16), "the job behind this posting: postings with one id are one job", nullable=False),
        column("job_reason", String, "why it belongs to that job", nullable=False),
        column("job_matched_id", String(16), "the posting that it was matched with; empty for the first of a job"),
        column("is_primary", Boolean, "the posting that stands for its job in a list of jobs", nullable=False),
        column("state", String, "open, closed or unknown", nullable=False),
        column("state_reason", String, "why it is closed or unknown"),
        column("missing_since", Date, "first complete night that left it out"),
        column(
            "last_seen_on", Date, "last night that held it; empty while it is there, then the board's last complete night holds"
        ),
        column("opened_at", UtcDateTime, "clock of the night that first held it, UTC", nullable=False),
        column("closed_at", UtcDateTime, "clock of the night that closed it, UTC"),
    ]


CONTENT = tuple(one.name for one in content_columns())
STATUS = tuple(one.name for one in status_columns())

postings = Table(
    "postings",
    metadata,
    column(
        "text_id", Integer, "number of its text: key of the full-text index", primary_key=True, autoincrement=False, nullable=False
    ),
    column("posting_id", String(16), "stable id: digest of platform, board and external id", nullable=False, unique=True),
    *content_columns(),
    *status_columns(),
    column("text_from", Integer, f"text: {RUN_NUMBER}", nullable=False),
    column("content_from", Integer, f"content: {RUN_NUMBER}", nullable=False),
    column("status_from", Integer, f"status: {RUN_NUMBER}", nullable=False),
    Index("ix_postings_job_id", "job_id"),
    Index("ix_postings_company_key", "company_key"),
    Index(
        "ix_postings_companies",
        *("company_key", "state", "is_primary", "remote_class", "arrangement", "has_pay", "newest_on"),
        *("pay_kind", "pay_min_annual_usd", "pay_max_annual_usd", "posting_id"),
    ),
    Index("ix_postings_platform_board", "platform", "board", "posting_id", "content_hash"),
    Index(
        "ix_postings_restless",
        "platform",
        "board",
        sqlite_where=text(RESTLESS),
        postgresql_where=text(RESTLESS),
    ),
    Index(
        "ix_postings_facets",
        *("state", "is_primary", "remote_class", "arrangement", "role_family", "level", "platform", "has_pay"),
        *("stage", "size", "industry"),
    ),
    Index("ix_postings_newest", "state", "is_primary", text("newest_on DESC"), "posting_id"),
    Index("ix_postings_pay", "state", "is_primary", text("pay_order DESC"), "posting_id"),
    Index("ix_postings_title", "state", "is_primary", "title_order", "posting_id"),
    Index("ix_postings_company", "state", "is_primary", "company_order", "posting_id"),
    Index("ix_postings_run", "run_id", "posting_id"),
    Index("ix_postings_raw_run_id", "raw_run_id"),
    comment="one row a posting, as it stands now",
)

posting_texts = Table(
    "posting_texts",
    metadata,
    of_posting(),
    column("description_text", Text, "plain text of the description; offsets of evidence count its code points", nullable=False),
    column("description_html", Text, "HTML of the description, unescaped"),
    column("structured_remote", JSON, "the platform's own fields on the place of work"),
    column("structured_salary", JSON, "the platform's own fields on pay"),
    comment="the long part of a posting",
)

labels = Table(
    "labels",
    metadata,
    of_posting(),
    column("verdicts", JSON, "all verdicts with their evidence, as `rolecall classify` writes them", nullable=False),
    column("remote_version", String, "what decided the remote class", nullable=False),
    column("pay_version", String, "what read the pay", nullable=False),
    column("tech_version", String, "what read the technologies", nullable=False),
    column("role_version", String, "what decided level and role", nullable=False),
    column("eligibility_version", String, "what decided who may hold the job", nullable=False),
    column("company_version", String, "what read the employer's facts", nullable=False),
    column("labelled_at", UtcDateTime, "clock of the run that decided, UTC", nullable=False),
    comment="what the classifiers say of a posting, with the versions of what decided",
)

job_keys = Table(
    "job_keys",
    metadata,
    column("key", BigInteger, "digest of an address, a requisition, a name with place, or a band of the text", nullable=False,
           primary_key=True, autoincrement=False),
    column("posting_id", String(16), "a posting that has it", nullable=False, primary_key=True),
    comment="by what postings of one job are found: those that share a key are compared",
    sqlite_with_rowid=False,
)  # fmt: skip
