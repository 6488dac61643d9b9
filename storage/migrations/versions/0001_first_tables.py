"""The first tables, and the full-text index over title, company and description."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "board_results",
        sa.Column("run_id", sa.String(), nullable=False, comment="the run"),
        sa.Column("platform", sa.String(), nullable=False, comment="platform"),
        sa.Column("board", sa.String(), nullable=False, comment="board"),
        sa.Column("status", sa.String(), nullable=False, comment="complete, partial, failed or skipped"),
        sa.Column("failure", sa.String(), nullable=True, comment="kind of failure"),
        sa.Column("reason", sa.String(), nullable=True, comment="the failure in a sentence"),
        sa.Column("suspect", sa.String(), nullable=True, comment="a suspect answer in a sentence"),
        sa.Column("fetched", sa.Integer(), nullable=False, comment="postings in the answer"),
        sa.Column("new", sa.Integer(), nullable=False, comment="postings never seen before"),
        sa.Column("changed", sa.Integer(), nullable=False, comment="postings whose content changed"),
        sa.Column("closed", sa.Integer(), nullable=False, comment="postings closed"),
        sa.Column("reopened", sa.Integer(), nullable=False, comment="postings that came back"),
        sa.Column("requests", sa.Integer(), nullable=False, comment="requests made"),
        sa.Column("seconds", sa.Float(), nullable=False, comment="seconds the crawl took"),
        sa.PrimaryKeyConstraint("run_id", "platform", "board", name=op.f("pk_board_results")),
        comment="how each board's crawl ended, a run",
    )
    op.create_table(
        "boards",
        sa.Column("platform", sa.String(), nullable=False, comment="platform, as in the configuration"),
        sa.Column("board", sa.String(), nullable=False, comment="the employer's list on the platform, or the feed's name"),
        sa.Column("company", sa.JSON(), nullable=True, comment="facts that the configuration states of the employer"),
        sa.Column(
            "last_complete_on",
            sa.Date(),
            nullable=True,
            comment="night of the last complete answer; every open posting that is not missing was last seen then",
        ),
        sa.Column("last_complete_at", storage.columns.UtcDateTime(), nullable=True, comment="clock of that night, UTC"),
        sa.Column("suspect", sa.String(), nullable=True, comment="kind of a suspect answer that is waiting to be believed"),
        sa.Column("suspect_on", sa.JSON(), nullable=True, comment="nights that gave it"),
        sa.Column(
            "failed_on",
            sa.JSON(),
            nullable=True,
            comment="nights since the last readable answer on which the board failed, at most 14",
        ),
        sa.Column("validators", sa.JSON(), nullable=True, comment="ETag, Last-Modified and digest by request address"),
        sa.PrimaryKeyConstraint("platform", "board", name=op.f("pk_boards")),
        comment="boards and feeds, with what is remembered of them between nights",
    )
    op.create_table(
        "events",
        sa.Column("event_id", sa.Integer(), autoincrement=True, nullable=False, comment="order of events"),
        sa.Column("run_id", sa.String(), nullable=False, comment="run that saw it"),
        sa.Column("night", sa.Date(), nullable=False, comment="night of that run"),
        sa.Column("at", storage.columns.UtcDateTime(), nullable=False, comment="clock of that night, UTC"),
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("kind", sa.String(), nullable=False, comment="opened, changed, closed, reopened or relabelled"),
        sa.Column("fields", sa.JSON(), nullable=True, comment="what moved: old and new value by field"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_events")),
        comment="append-only history of every posting",
    )
    op.create_index("ix_events_night_kind", "events", ["night", "kind"], unique=False)
    op.create_index(op.f("ix_events_posting_id"), "events", ["posting_id"], unique=False)
    op.create_table(
        "postings",
        sa.Column("row_id", sa.Integer(), autoincrement=True, nullable=False, comment="row number, for the full-text index"),
        sa.Column(
            "posting_id", sa.String(length=16), nullable=False, comment="stable id: digest of platform, board and external id"
        ),
        sa.Column(
            "job_id", sa.String(length=16), nullable=False, comment="the job behind this posting: postings with one id are one job"
        ),
        sa.Column(
            "job_key",
            sa.String(length=16),
            nullable=False,
            comment="digest of company, title and place: candidates for one job share it",
        ),
        sa.Column(
            "text_digest", sa.String(length=16), nullable=False, comment="digest of the description's words: exact copies share it"
        ),
        sa.Column("is_primary", sa.Boolean(), nullable=False, comment="the posting that stands for its job in a list of jobs"),
        sa.Column("platform", sa.String(), nullable=False, comment="platform it was read from"),
        sa.Column("board", sa.String(), nullable=False, comment="the employer's list on the platform, or the feed's name"),
        sa.Column("external_id", sa.String(), nullable=False, comment="the platform's own id"),
        sa.Column("url", sa.String(), nullable=False, comment="public address of the posting"),
        sa.Column("apply_url", sa.String(), nullable=True, comment="address of the form, where the source names one"),
        sa.Column("title", sa.String(), nullable=False, comment="title as the employer wrote it"),
        sa.Column("company", sa.String(), nullable=True, comment="name of the employer, as the source or the configuration says"),
        sa.Column("company_key", sa.String(), nullable=True, comment="name folded for comparison"),
        sa.Column("industry", sa.String(), nullable=True, comment="industry, where stated"),
        sa.Column("stage", sa.String(), nullable=True, comment="stage of the company, where stated"),
        sa.Column("size", sa.String(), nullable=True, comment="band of the head count, where stated"),
        sa.Column("location", sa.String(), nullable=True, comment="every place that the source names, in its words"),
        sa.Column("department", sa.String(), nullable=True, comment="department, as the source says"),
        sa.Column("employment_type", sa.String(), nullable=True, comment="full-time, part-time, contract, temporary or internship"),
        sa.Column("employment_type_text", sa.String(), nullable=True, comment="the same in the source's words"),
        sa.Column("published_text", sa.String(), nullable=True, comment="date of publication as the source wrote it"),
        sa.Column("published_on", sa.Date(), nullable=True, comment="date of publication"),
        sa.Column("updated_at", storage.columns.UtcDateTime(), nullable=True, comment="last change as the source says, UTC"),
        sa.Column("expires_text", sa.String(), nullable=True, comment="expiry date as the source wrote it"),
        sa.Column("expires_on", sa.Date(), nullable=True, comment="expiry date; one in the past closes nothing by itself"),
        sa.Column("requisition_id", sa.String(), nullable=True, comment="the employer's own number of the job"),
        sa.Column("content_hash", sa.String(length=16), nullable=False, comment="digest of what an employer can change"),
        sa.Column("state", sa.String(), nullable=False, comment="open, closed or unknown"),
        sa.Column("state_reason", sa.String(), nullable=True, comment="why it is closed or unknown"),
        sa.Column("missing_since", sa.Date(), nullable=True, comment="first complete night that left it out"),
        sa.Column(
            "last_seen_on",
            sa.Date(),
            nullable=True,
            comment="last night that held it; empty while it is there, then the board's last complete night holds",
        ),
        sa.Column("opened_at", storage.columns.UtcDateTime(), nullable=False, comment="clock of the night that first held it, UTC"),
        sa.Column("closed_at", storage.columns.UtcDateTime(), nullable=True, comment="clock of the night that closed it, UTC"),
        sa.Column(
            "changed_at",
            storage.columns.UtcDateTime(),
            nullable=False,
            comment="clock of the night that last changed its content, UTC",
        ),
        sa.Column("language", sa.String(), nullable=True, comment="ISO 639-1 code of the description"),
        sa.Column("remote_class", sa.String(), nullable=False, comment="remote-first, remote-friendly or on-site"),
        sa.Column("remote_first_probability", sa.Float(), nullable=False, comment="probability of remote-first"),
        sa.Column("remote_friendly_probability", sa.Float(), nullable=False, comment="probability of remote-friendly"),
        sa.Column("on_site_probability", sa.Float(), nullable=False, comment="probability of on-site"),
        sa.Column("arrangement", sa.String(), nullable=False, comment="remote, hybrid, onsite or unstated"),
        sa.Column("office_days", sa.Float(), nullable=True, comment="fewest office days a week that satisfy the posting"),
        sa.Column("level", sa.String(), nullable=False, comment="level of the role"),
        sa.Column("role_family", sa.String(), nullable=False, comment="family of the role"),
        sa.Column("years_min", sa.Float(), nullable=True, comment="fewest years of experience asked for"),
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
        sa.Column("pay_policy", sa.String(), nullable=True, comment="global, national, zoned or location-dependent"),
        sa.Column("has_pay", sa.Boolean(), nullable=False, comment="at least one pay band is stated"),
        sa.Column("has_equity", sa.Boolean(), nullable=False, comment="equity is offered"),
        sa.Column("remote_version", sa.String(), nullable=False, comment="what decided the remote class"),
        sa.Column("pay_version", sa.String(), nullable=False, comment="what read the pay"),
        sa.Column("tech_version", sa.String(), nullable=False, comment="what read the technologies"),
        sa.Column("role_version", sa.String(), nullable=False, comment="what decided level and role"),
        sa.Column("run_id", sa.String(), nullable=False, comment="run that last wrote this row's content"),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_postings")),
        sa.UniqueConstraint("posting_id", name=op.f("uq_postings_posting_id")),
        comment="one row a posting, as it stands now",
    )
    op.create_index(op.f("ix_postings_company_key"), "postings", ["company_key"], unique=False)
    op.create_index(op.f("ix_postings_job_id"), "postings", ["job_id"], unique=False)
    op.create_index(op.f("ix_postings_job_key"), "postings", ["job_key"], unique=False)
    op.create_index("ix_postings_platform_board", "postings", ["platform", "board"], unique=False)
    op.create_index("ix_postings_run_id", "postings", ["run_id"], unique=False)
    op.create_index("ix_postings_state_is_primary_published", "postings", ["state", "is_primary", "published_on"], unique=False)
    op.create_index(
        "ix_postings_state_is_primary_remote_class",
        "postings",
        ["state", "is_primary", "remote_class", "pay_upper_annual_usd"],
        unique=False,
    )
    op.create_table(
        "raw_spool",
        sa.Column("run_id", sa.String(), nullable=False, comment="the run"),
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("raw", sa.JSON(), nullable=False, comment="the RawPosting"),
        sa.PrimaryKeyConstraint("run_id", "posting_id", name=op.f("pk_raw_spool")),
        comment="payloads of the running night, until they stand in the data set",
    )
    op.create_table(
        "runs",
        sa.Column("run_id", sa.String(), nullable=False, comment="night, and a number from its second run on"),
        sa.Column("night", sa.Date(), nullable=False, comment="the night"),
        sa.Column("started_at", storage.columns.UtcDateTime(), nullable=False, comment="clock of the night, UTC"),
        sa.Column("state", sa.String(), nullable=False, comment="running, ended or exported"),
        sa.Column("summary", sa.JSON(), nullable=True, comment="the run's summary"),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_runs")),
        comment="runs of the nightly job",
    )
    op.create_table(
        "evidence",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("question", sa.String(), nullable=False, comment="remote, pay_policy or role"),
        sa.Column("place", sa.Integer(), nullable=False, comment="order, most decisive first"),
        sa.Column("field", sa.String(), nullable=False, comment="field that the quote stands in"),
        sa.Column("start", sa.Integer(), nullable=True, comment="first code point in that field; empty in a structured field"),
        sa.Column("end", sa.Integer(), nullable=True, comment="code point after the last"),
        sa.Column("quote", sa.String(), nullable=False, comment="the words, verbatim"),
        sa.Column("signal", sa.String(), nullable=False, comment="what was read there"),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.posting_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", "question", "place", name=op.f("pk_evidence")),
        comment="the words that labels rest on",
    )
    op.create_table(
        "pay_bands",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("place", sa.Integer(), nullable=False, comment="order in the posting"),
        sa.Column("min", sa.Float(), nullable=True, comment="lower figure, as stated"),
        sa.Column("max", sa.Float(), nullable=True, comment="upper figure, as stated"),
        sa.Column("currency", sa.String(length=3), nullable=True, comment="ISO 4217 code"),
        sa.Column("period", sa.String(), nullable=False, comment="year, month, week, day, hour or project"),
        sa.Column("kind", sa.String(), nullable=False, comment="base, ote or total"),
        sa.Column("zone", sa.String(), nullable=True, comment="place, level or tier that the band is for, verbatim"),
        sa.Column("quote", sa.String(), nullable=False, comment="the words, verbatim"),
        sa.Column("min_annual_usd", sa.Float(), nullable=True, comment="lower figure a year in US dollars"),
        sa.Column("max_annual_usd", sa.Float(), nullable=True, comment="upper figure a year in US dollars"),
        sa.Column(
            "upper_annual",
            sa.Float(),
            nullable=True,
            comment="upper figure (lower, where there is no upper) a year, in the band's own currency",
        ),
        sa.Column("upper_annual_usd", sa.Float(), nullable=True, comment="the same in US dollars"),
        sa.Column("usd_rate", sa.Float(), nullable=True, comment="US dollars for one unit of the currency, ECB reference rate"),
        sa.Column("usd_rate_on", sa.String(), nullable=True, comment="ISO date of that rate"),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.posting_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", "place", name=op.f("pk_pay_bands")),
        comment="every pay band that a posting states",
    )
    op.create_index("ix_pay_bands_currency_upper_annual", "pay_bands", ["currency", "upper_annual"], unique=False)
    op.create_table(
        "posting_texts",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column(
            "description_text",
            sa.Text(),
            nullable=False,
            comment="plain text of the description; offsets of evidence count its code points",
        ),
        sa.Column("description_html", sa.Text(), nullable=True, comment="HTML of the description, unescaped"),
        sa.Column("structured_remote", sa.JSON(), nullable=True, comment="the platform's own fields on the place of work"),
        sa.Column("structured_salary", sa.JSON(), nullable=True, comment="the platform's own fields on pay"),
        sa.Column(
            "labels", sa.JSON(), nullable=False, comment="all verdicts with their evidence, as `rolecall classify` writes them"
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.posting_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", name=op.f("pk_posting_texts")),
        comment="the long part of a posting",
    )
    op.create_table(
        "remote_scopes",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column(
            "place", sa.String(), nullable=False, comment="worldwide, ISO 3166 code or region where the remote worker may live"
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.posting_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", "place", name=op.f("pk_remote_scopes")),
        comment="where the remote worker may live; no row where it is not stated",
    )
    op.create_index(op.f("ix_remote_scopes_place"), "remote_scopes", ["place"], unique=False)
    op.create_table(
        "signals",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("signal", sa.String(), nullable=False, comment="public name of a remote-work signal"),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.posting_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", "signal", name=op.f("pk_signals")),
        comment="remote-work signals of a posting",
    )
    op.create_index(op.f("ix_signals_signal"), "signals", ["signal"], unique=False)
    op.create_table(
        "technologies",
        sa.Column("posting_id", sa.String(length=16), nullable=False, comment="the posting"),
        sa.Column("name", sa.String(), nullable=False, comment="canonical name"),
        sa.Column("name_key", sa.String(), nullable=False, comment="name folded for comparison"),
        sa.Column("category", sa.String(), nullable=False, comment="kind of technology"),
        sa.Column("need", sa.String(), nullable=False, comment="required, preferred or mentioned"),
        sa.Column("place", sa.Integer(), nullable=False, comment="order of first mention"),
        sa.ForeignKeyConstraint(["posting_id"], ["postings.posting_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("posting_id", "name", name=op.f("pk_technologies")),
        comment="technologies of a posting",
    )
    op.create_index(op.f("ix_technologies_name_key"), "technologies", ["name_key"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE postings_text USING fts5 (title, company, body, tokenize='unicode61 remove_diacritics 2')")


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS postings_text")
    op.drop_index(op.f("ix_technologies_name_key"), table_name="technologies")
    op.drop_table("technologies")
    op.drop_index(op.f("ix_signals_signal"), table_name="signals")
    op.drop_table("signals")
    op.drop_index(op.f("ix_remote_scopes_place"), table_name="remote_scopes")
    op.drop_table("remote_scopes")
    op.drop_table("posting_texts")
    op.drop_index("ix_pay_bands_currency_upper_annual", table_name="pay_bands")
    op.drop_table("pay_bands")
    op.drop_table("evidence")
    op.drop_table("runs")
    op.drop_table("raw_spool")
    op.drop_index("ix_postings_state_is_primary_remote_class", table_name="postings")
    op.drop_index("ix_postings_state_is_primary_published", table_name="postings")
    op.drop_index("ix_postings_run_id", table_name="postings")
    op.drop_index("ix_postings_platform_board", table_name="postings")
    op.drop_index(op.f("ix_postings_job_key"), table_name="postings")
    op.drop_index(op.f("ix_postings_job_id"), table_name="postings")
    op.drop_index(op.f("ix_postings_company_key"), table_name="postings")
    op.drop_table("postings")
    op.drop_index(op.f("ix_events_posting_id"), table_name="events")
    op.drop_index("ix_events_night_kind", table_name="events")
    op.drop_table("events")
    op.drop_table("boards")
    op.drop_table("board_results")
