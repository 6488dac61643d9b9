"""The tables that revision 0003 adds. Frozen with it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

NEW_TABLES = (
    "drift_reports",
    "feed_cursors",
    "job_keys",
    "models",
    "overrides",
    "posting_statuses",
    "posting_versions",
    "removals",
    "text_versions",
    "labels",
)


def _by_code_point() -> Any:
    return sa.String().with_variant(sa.String(collation="C"), "postgresql")


def create_tables() -> None:
    """Make them, with their indexes."""
    op.create_table(
        "drift_reports",
        sa.Column("report_id", sa.Integer(), autoincrement=True, nullable=False, comment="order of reports"),
        sa.Column("model", sa.String(), nullable=False, comment="the question whose model was looked at"),
        sa.Column("version", sa.String(), nullable=False, comment="its version"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="first night looked at"),
        sa.Column("until_on", sa.Date(), nullable=False, comment="last night looked at"),
        sa.Column("has_drift", sa.Boolean(), nullable=False, comment="a bound was passed"),
        sa.Column("report", sa.JSON(), nullable=False, comment="figures by feature"),
        sa.Column("made_at", sa.DateTime(), nullable=False, comment="when, UTC"),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_drift_reports")),
        comment="how far postings have moved from what a model was trained on",
    )
    op.create_table(
        "feed_cursors",
        sa.Column("search_id", sa.String(), nullable=False, comment="saved search"),
        sa.Column("target", sa.String(), nullable=False, comment="feed or notification that it is told to"),
        sa.Column("event_id", sa.Integer(), nullable=False, comment="last event that was told"),
        sa.Column("told_at", sa.DateTime(), nullable=False, comment="when, UTC"),
        sa.PrimaryKeyConstraint("search_id", "target", name=op.f("pk_feed_cursors")),
        comment="how far each feed and notification has come in the events, so that no night is skipped or told twice",
    )
    op.create_table(
        "job_keys",
        sa.Column(
            "key",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="digest of an address, a requisition, a name with place, or a band of the text",
        ),
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="a posting that has it"),
        sa.PrimaryKeyConstraint("key", "posting_id", name=op.f("pk_job_keys")),
        comment="by what postings of one job are found: those that share a key are compared",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "models",
        sa.Column("name", sa.String(), nullable=False, comment="the question that it answers: remote, tech"),
        sa.Column("version", sa.String(), nullable=False, comment="its version, as labels carry it"),
        sa.Column("trained_at", sa.DateTime(), nullable=True, comment="when it was trained, UTC"),
        sa.Column("card", sa.JSON(), nullable=False, comment="its model card: data, figures, parameters"),
        sa.Column("address", sa.String(), nullable=True, comment="where its file stands"),
        sa.Column("is_active", sa.Boolean(), nullable=False, comment="it decides now"),
        sa.Column("promoted_at", sa.DateTime(), nullable=True, comment="when it was last put in charge, UTC"),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_models")),
        comment="registry of trained models",
    )
    op.create_table(
        "overrides",
        sa.Column("override_id", sa.Integer(), autoincrement=True, nullable=False, comment="order of overrides"),
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("question", sa.String(), nullable=False, comment="what was decided: remote_class, arrangement …"),
        sa.Column("value", sa.JSON(), nullable=False, comment="the person's answer"),
        sa.Column("quote", sa.Text(), nullable=True, comment="the words that it rests on, verbatim"),
        sa.Column("note", sa.Text(), nullable=True, comment="why"),
        sa.Column("made_at", sa.DateTime(), nullable=False, comment="when, UTC"),
        sa.Column("revoked_at", sa.DateTime(), nullable=True, comment="when it was taken back, UTC"),
        sa.PrimaryKeyConstraint("override_id", name=op.f("pk_overrides")),
        comment="labels set by a person; they win over the classifiers and outlive a replay",
    )
    op.create_table(
        "posting_statuses",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("from_run", sa.Integer(), autoincrement=False, nullable=False, comment="status: number of the run that wrote it"),
        sa.Column("until_run", sa.Integer(), nullable=False, comment="number of the run that replaced it"),
        sa.Column(
            "job_id", sa.String(length=16), nullable=False, comment="the job behind this posting: postings with one id are one job"
        ),
        sa.Column("job_reason", sa.String(), nullable=False, comment="why it belongs to that job"),
        sa.Column(
            "job_matched_id",
            sa.String(length=16),
            nullable=True,
            comment="the posting that it was matched with; empty for the first of a job",
        ),
        sa.Column("is_primary", sa.Boolean(), nullable=False, comment="the posting that stands for its job in a list of jobs"),
        sa.Column("state", sa.String(), nullable=False, comment="open, closed or unknown"),
        sa.Column("state_reason", sa.String(), nullable=True, comment="why it is closed or unknown"),
        sa.Column("missing_since", sa.Date(), nullable=True, comment="first complete night that left it out"),
        sa.Column(
            "last_seen_on",
            sa.Date(),
            nullable=True,
            comment="last night that held it; empty while it is there, then the board's last complete night holds",
        ),
        sa.Column("opened_at", sa.DateTime(), nullable=False, comment="clock of the night that first held it, UTC"),
        sa.Column("closed_at", sa.DateTime(), nullable=True, comment="clock of the night that closed it, UTC"),
        sa.PrimaryKeyConstraint("posting_id", "from_run", name=op.f("pk_posting_statuses")),
        comment="statuses that were replaced: open or closed, and the job that a posting belonged to",
    )
    op.create_table(
        "posting_versions",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column(
            "from_run", sa.Integer(), autoincrement=False, nullable=False, comment="content: number of the run that wrote it"
        ),
        sa.Column("until_run", sa.Integer(), nullable=False, comment="number of the run that replaced it"),
        sa.Column("text_id", sa.Integer(), nullable=False, comment="number of the text that it went with"),
        sa.Column("platform", sa.String(), nullable=False, comment="platform it was read from"),
        sa.Column("board", sa.String(), nullable=False, comment="the employer's list on the platform, or the feed's name"),
        sa.Column("external_id", sa.String(), nullable=False, comment="the platform's own id"),
        sa.Column("url", sa.String(), nullable=False, comment="public address of the posting"),
        sa.Column("apply_url", sa.String(), nullable=True, comment="address of the form, where the source names one"),
        sa.Column("title", sa.String(), nullable=False, comment="title as the employer wrote it"),
        sa.Column("title_order", _by_code_point(), nullable=False, comment="title folded for sorting"),
        sa.Column("company", sa.String(), nullable=True, comment="name of the employer, as the source or the configuration says"),
        sa.Column("company_key", sa.String(), nullable=True, comment="name folded for comparison"),
        sa.Column(
            "company_order", _by_code_point(), nullable=False, comment="name folded for sorting; postings without one come last"
        ),
        sa.Column("industry", sa.String(), nullable=True, comment="industry, where stated"),
        sa.Column("stage", sa.String(), nullable=True, comment="stage of the company, where stated"),
        sa.Column("size", sa.String(), nullable=True, comment="band of the head count, where stated"),
        sa.Column("location", sa.String(), nullable=True, comment="every place that the source names, in its words"),
        sa.Column("department", sa.String(), nullable=True, comment="department, as the source says"),
        sa.Column("employment_type", sa.String(), nullable=True, comment="full-time, part-time, contract, temporary or internship"),
        sa.Column("employment_type_text", sa.String(), nullable=True, comment="the same in the source's words"),
        sa.Column("published_text", sa.String(), nullable=True, comment="date of publication as the source wrote it"),
        sa.Column("published_on", sa.Date(), nullable=True, comment="date of publication"),
        sa.Column(
            "newest_on",
            sa.Date(),
            nullable=False,
            comment="date of publication, else the night that first held it: what `newest` sorts by",
        ),
        sa.Column("updated_at", sa.DateTime(), nullable=True, comment="last change as the source says, UTC"),
        sa.Column("expires_text", sa.String(), nullable=True, comment="expiry date as the source wrote it"),
        sa.Column("expires_on", sa.Date(), nullable=True, comment="expiry date; one in the past closes nothing by itself"),
        sa.Column("requisition_id", sa.String(), nullable=True, comment="the employer's own number of the job"),
        sa.Column("content_hash", sa.String(length=16), nullable=False, comment="digest of what an employer can change"),
        sa.Column(
            "text_digest", sa.String(length=16), nullable=False, comment="digest of the description's words: exact copies share it"
        ),
        sa.Column("changed_at", sa.DateTime(), nullable=False, comment="clock of the night that last changed its content, UTC"),
        sa.Column("language", sa.String(), nullable=True, comment="ISO 639-1 code of the description"),
        sa.Column("remote_class", sa.String(), nullable=False, comment="remote-first, remote-friendly or on-site"),
        sa.Column("remote_first_probability", sa.Float(), nullable=False, comment="probability of remote-first"),
        sa.Column("remote_friendly_probability", sa.Float(), nullable=False, comment="probability of remote-friendly"),
        sa.Column("on_site_probability", sa.Float(), nullable=False, comment="probability of on-site"),
        sa.Column("arrangement", sa.String(), nullable=False, comment="remote, hybrid, onsite or unstated"),
        sa.Column("office_days", sa.Float(), nullable=True, comment="fewest office days a week that satisfy the posting"),
        sa.Column("level", sa.String(), nullable=False, comment="level of the role"),
        sa.Column("role_family", sa.String(), nullable=False, comment="family of the role"),
        sa.Column("is_management", sa.Boolean(), nullable=False, comment="the role leads people"),
        sa.Column("years_min", sa.Float(), nullable=True, comment="fewest years of experience asked for"),
        sa.Column("is_worldwide", sa.Boolean(), nullable=False, comment="the worker may live anywhere"),
        sa.Column(
            "utc_min", sa.Float(), nullable=True, comment="hours from UTC, winter time: westernmost clock that the posting allows"
        ),
        sa.Column("utc_max", sa.Float(), nullable=True, comment="easternmost clock that the posting allows"),
        sa.Column("visa_sponsorship", sa.String(), nullable=False, comment="yes, no or unstated"),
        sa.Column(
            "needs_clearance",
            sa.Boolean(),
            nullable=True,
            comment="a security clearance is asked for; empty where none is mentioned",
        ),
        sa.Column("pay_min", sa.Float(), nullable=True, comment="lower figure of the band shown in lists, as stated"),
        sa.Column("pay_max", sa.Float(), nullable=True, comment="upper figure of that band, as stated"),
        sa.Column("pay_currency", sa.String(length=3), nullable=True, comment="ISO 4217 code of that band"),
        sa.Column("pay_period", sa.String(), nullable=True, comment="year, month, week, day, hour or project"),
        sa.Column("pay_kind", sa.String(), nullable=True, comment="base, ote or total"),
        sa.Column(
            "pay_min_annual_usd",
            sa.Float(),
            nullable=True,
            comment="lower figure a year in US dollars, at the ECB rate of the posting's date",
        ),
        sa.Column("pay_max_annual_usd", sa.Float(), nullable=True, comment="upper figure a year in US dollars"),
        sa.Column(
            "pay_upper_annual_usd",
            sa.Float(),
            nullable=True,
            comment="greatest upper figure (lower, where there is no upper) over base and total bands, a year in US dollars",
        ),
        sa.Column("pay_order", sa.Float(), nullable=False, comment="the same for sorting; -1 where no pay is stated"),
        sa.Column("pay_policy", sa.String(), nullable=True, comment="global, national, zoned or location-dependent"),
        sa.Column("has_pay", sa.Boolean(), nullable=False, comment="at least one pay band is stated"),
        sa.Column("has_equity", sa.Boolean(), nullable=False, comment="equity is offered"),
        sa.Column("run_id", sa.String(), nullable=False, comment="run that last wrote this content"),
        sa.Column("raw_run_id", sa.String(), nullable=False, comment="run whose payload this content was read from"),
        sa.Column(
            "verdicts", sa.JSON(), nullable=False, comment="all verdicts with their evidence, as `rolecall classify` writes them"
        ),
        sa.Column("remote_version", sa.String(), nullable=False, comment="what decided the remote class"),
        sa.Column("pay_version", sa.String(), nullable=False, comment="what read the pay"),
        sa.Column("tech_version", sa.String(), nullable=False, comment="what read the technologies"),
        sa.Column("role_version", sa.String(), nullable=False, comment="what decided level and role"),
        sa.Column("eligibility_version", sa.String(), nullable=False, comment="what decided who may hold the job"),
        sa.Column("company_version", sa.String(), nullable=False, comment="what read the employer's facts"),
        sa.Column("labelled_at", sa.DateTime(), nullable=False, comment="clock of the run that decided, UTC"),
        sa.Column("beside", sa.JSON(), nullable=False, comment="its rows of the tables beside `postings`, by table"),
        sa.PrimaryKeyConstraint("posting_id", "from_run", name=op.f("pk_posting_versions")),
        comment="contents that were replaced: what a posting said before it changed, and what each version of a classifier said of it",
    )
    op.create_table(
        "removals",
        sa.Column("removal_id", sa.Integer(), autoincrement=True, nullable=False, comment="order of removals"),
        sa.Column("kind", sa.String(), nullable=False, comment="company, source or posting"),
        sa.Column("target", sa.String(), nullable=False, comment="company key, source id or posting id"),
        sa.Column("removed_at", sa.DateTime(), nullable=False, comment="when, UTC"),
        sa.Column("postings", sa.Integer(), nullable=False, comment="how many postings went"),
        sa.Column("is_kept_out", sa.Boolean(), nullable=False, comment="what it names is not stored again"),
        sa.PrimaryKeyConstraint("removal_id", name=op.f("pk_removals")),
        comment="what `rolecall db purge` removed: no word of the postings themselves",
    )
    op.create_table(
        "text_versions",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("from_run", sa.Integer(), autoincrement=False, nullable=False, comment="text: number of the run that wrote it"),
        sa.Column("until_run", sa.Integer(), nullable=False, comment="number of the run that replaced it"),
        sa.Column("text_id", sa.Integer(), nullable=False, comment="number of this text: key of the full-text index"),
        sa.Column("title", sa.String(), nullable=False, comment="title that was searched with it"),
        sa.Column("company", sa.String(), nullable=True, comment="employer that was searched with it"),
        sa.Column(
            "description_text",
            sa.Text(),
            nullable=False,
            comment="plain text of the description; offsets of evidence count its code points",
        ),
        sa.Column("description_html", sa.Text(), nullable=True, comment="HTML of the description, unescaped"),
        sa.Column("structured_remote", sa.JSON(), nullable=True, comment="the platform's own fields on the place of work"),
        sa.Column("structured_salary", sa.JSON(), nullable=True, comment="the platform's own fields on pay"),
        sa.PrimaryKeyConstraint("posting_id", "from_run", name=op.f("pk_text_versions")),
        comment="texts that were replaced; a text that outlives a change of its labels is kept once",
    )
    op.create_table(
        "labels",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column(
            "verdicts", sa.JSON(), nullable=False, comment="all verdicts with their evidence, as `rolecall classify` writes them"
        ),
        sa.Column("remote_version", sa.String(), nullable=False, comment="what decided the remote class"),
        sa.Column("pay_version", sa.String(), nullable=False, comment="what read the pay"),
        sa.Column("tech_version", sa.String(), nullable=False, comment="what read the technologies"),
        sa.Column("role_version", sa.String(), nullable=False, comment="what decided level and role"),
        sa.Column("eligibility_version", sa.String(), nullable=False, comment="what decided who may hold the job"),
        sa.Column("company_version", sa.String(), nullable=False, comment="what read the employer's facts"),
        sa.Column("labelled_at", sa.DateTime(), nullable=False, comment="clock of the run that decided, UTC"),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.posting_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_labels")),
        comment="what the classifiers say of a posting, with the versions of what decided",
    )

    op.create_index("ix_overrides_posting_id", "overrides", ["posting_id"])
    op.create_index("ix_text_versions_text_id", "text_versions", ["text_id"])
