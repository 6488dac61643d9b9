"""Every SQL table, declared once; a column's comment is its line in the data dictionary."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

from storage.columns import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _column(name: str, kind: Any, comment: str, *rest: Any, nullable: bool = True, **keywords: Any) -> Column[Any]:
    return Column(name, kind, *rest, comment=comment, nullable=nullable, **keywords)


def _of_posting() -> Column[Any]:
    return _column(
        "posting_id",
        String(16),
        "the posting",
        ForeignKey("postings.posting_id", ondelete="CASCADE"),
        primary_key=True,
        nullable=False,
    )


boards = Table(
    "boards",
    metadata,
    _column("platform", String, "platform, as in the configuration", primary_key=True, nullable=False),
    _column("board", String, "the employer's list on the platform, or the feed's name", primary_key=True, nullable=False),
    _column("company", JSON, "facts that the configuration states of the employer"),
    _column(
        "last_complete_on", Date, "night of the last complete answer; every open posting that is not missing was last seen then"
    ),
    _column("last_complete_at", UtcDateTime, "clock of that night, UTC"),
    _column("suspect", String, "kind of a suspect answer that is waiting to be believed"),
    _column("suspect_on", JSON, "nights that gave it"),
    _column("failed_on", JSON, "nights since the last readable answer on which the board failed, at most 14"),
    _column("validators", JSON, "ETag, Last-Modified and digest by request address"),
    comment="boards and feeds, with what is remembered of them between nights",
)

postings = Table(
    "postings",
    metadata,
    _column("row_id", Integer, "row number, for the full-text index", primary_key=True, autoincrement=True, nullable=False),
    _column("posting_id", String(16), "stable id: digest of platform, board and external id", nullable=False, unique=True),
    _column("job_id", String(16), "the job behind this posting: postings with one id are one job", nullable=False, index=True),
    _column(
        "job_key", String(16), "digest of company, title and place; candidates for one job share it", nullable=False, index=True
    ),
    _column("text_digest", String(16), "digest of the description's words: exact copies share it", nullable=False),
    _column("is_primary", Boolean, "the posting that stands for its job in a list of jobs", nullable=False),
    _column("platform", String, "platform it was read from", nullable=False),
    _column("board", String, "the employer's list on the platform, or the feed's name", nullable=False),
    _column("external_id", String, "the platform's own id", nullable=False),
    _column("url", String, "public address of the posting", nullable=False),
    _column("apply_url", String, "address of the form, where the source names one"),
    _column("title", String, "title as the employer wrote it", nullable=False),
    _column("company", String, "name of the employer, as the source or the configuration says"),
    _column("company_key", String, "name folded for comparison", index=True),
    _column("industry", String, "industry, where stated"),
    _column("stage", String, "stage of the company, where stated"),
    _column("size", String, "band of the head count, where stated"),
    _column("location", String, "every place that the source names, in its words"),
    _column("department", String, "department, as the source says"),
    _column("employment_type", String, "full-time, part-time, contract, temporary or internship"),
    _column("employment_type_text", String, "the same in the source's words"),
    _column("published_text", String, "date of publication as the source wrote it"),
    _column("published_on", Date, "date of publication"),
    _column("updated_at", UtcDateTime, "last change as the source says, UTC"),
    _column("expires_text", String, "expiry date as the source wrote it"),
    _column("expires_on", Date, "expiry date; one in the past closes nothing by itself"),
    _column("requisition_id", String, "the employer's own number of the job"),
    _column("content_hash", String(16), "digest of what an employer can change", nullable=False),
    _column("state", String, "open, closed or unknown", nullable=False),
    _column("state_reason", String, "why it is closed or unknown"),
    _column("missing_since", Date, "first complete night that left it out"),
    _column("last_seen_on", Date, "last night that held it; empty while it is there, then the board's last complete night holds"),
    _column("opened_at", UtcDateTime, "clock of the night that first held it, UTC", nullable=False),
    _column("closed_at", UtcDateTime, "clock of the night that closed it, UTC"),
    _column("changed_at", UtcDateTime, "clock of the night that last changed its content, UTC", nullable=False),
    _column("language", String, "ISO 639-1 code of the description"),
    _column("remote_class", String, "remote-first, remote-friendly or on-site", nullable=False),
    _column("remote_first_probability", Float, "probability of remote-first", nullable=False),
    _column("remote_friendly_probability", Float, "probability of remote-friendly", nullable=False),
    _column("on_site_probability", Float, "probability of on-site", nullable=False),
    _column("arrangement", String, "remote, hybrid, onsite or unstated", nullable=False),
    _column("office_days", Float, "fewest office days a week that satisfy the posting"),
    _column("level", String, "level of the role", nullable=False),
    _column("role_family", String, "family of the role", nullable=False),
    _column("is_management", Boolean, "the role leads people", nullable=False),
    _column("years_min", Float, "fewest years of experience asked for"),
    _column("is_worldwide", Boolean, "the worker may live anywhere", nullable=False),
    _column("utc_min", Float, "hours from UTC, winter time: westernmost clock that the posting allows"),
    _column("utc_max", Float, "easternmost clock that the posting allows"),
    _column("visa_sponsorship", String, "yes, no or unstated", nullable=False),
    _column("needs_clearance", Boolean, "a security clearance is asked for; empty where none is mentioned"),
    _column("pay_min", Float, "lower figure of the band shown in lists, as stated"),
    _column("pay_max", Float, "upper figure of that band, as stated"),
    _column("pay_currency", String(3), "ISO 4217 code of that band"),
    _column("pay_period", String, "year, month, week, day, hour or project"),
    _column("pay_kind", String, "base, ote or total"),
    _column("pay_min_annual_usd", Float, "lower figure a year in US dollars, at the ECB rate of the posting's date"),
    _column("pay_max_annual_usd", Float, "upper figure a year in US dollars"),
    _column(
        "pay_upper_annual_usd",
        Float,
        "greatest upper figure (lower, where there is no upper) over base and total bands, a year in US dollars",
    ),
    _column("pay_policy", String, "global, national, zoned or location-dependent"),
    _column("has_pay", Boolean, "at least one pay band is stated", nullable=False),
    _column("has_equity", Boolean, "equity is offered", nullable=False),
    _column("remote_version", String, "what decided the remote class", nullable=False),
    _column("pay_version", String, "what read the pay", nullable=False),
    _column("tech_version", String, "what read the technologies", nullable=False),
    _column("role_version", String, "what decided level and role", nullable=False),
    _column("eligibility_version", String, "what decided who may hold the job", nullable=False),
    _column("company_version", String, "what read the employer's facts", nullable=False),
    _column("run_id", String, "run that last wrote this row's content", nullable=False),
    Index("ix_postings_platform_board", "platform", "board"),
    Index("ix_postings_state_is_primary_remote_class", "state", "is_primary", "remote_class", "pay_upper_annual_usd"),
    Index("ix_postings_state_is_primary_published", "state", "is_primary", "published_on"),
    Index("ix_postings_run_id", "run_id"),
    comment="one row a posting, as it stands now",
)

posting_texts = Table(
    "posting_texts",
    metadata,
    _of_posting(),
    _column("description_text", Text, "plain text of the description; offsets of evidence count its code points", nullable=False),
    _column("description_html", Text, "HTML of the description, unescaped"),
    _column("structured_remote", JSON, "the platform's own fields on the place of work"),
    _column("structured_salary", JSON, "the platform's own fields on pay"),
    _column("labels", JSON, "all verdicts with their evidence, as `rolecall classify` writes them", nullable=False),
    comment="the long part of a posting",
)

technologies = Table(
    "technologies",
    metadata,
    _of_posting(),
    _column("name", String, "canonical name", primary_key=True, nullable=False),
    _column("name_key", String, "name folded for comparison", nullable=False, index=True),
    _column("category", String, "kind of technology", nullable=False),
    _column("need", String, "required, preferred or mentioned", nullable=False),
    _column("place", Integer, "order of first mention", nullable=False),
    comment="technologies of a posting",
)

signals = Table(
    "signals",
    metadata,
    _of_posting(),
    _column("signal", String, "public name of a remote-work signal", primary_key=True, nullable=False, index=True),
    comment="remote-work signals of a posting",
)

remote_scopes = Table(
    "remote_scopes",
    metadata,
    _of_posting(),
    _column(
        "place",
        String,
        "worldwide, ISO 3166 code or region where the remote worker may live",
        primary_key=True,
        nullable=False,
        index=True,
    ),
    comment="where the remote worker may live; no row where it is not stated",
)

eligible_countries = Table(
    "eligible_countries",
    metadata,
    _of_posting(),
    _column("country", String(2), "ISO 3166 country", primary_key=True, nullable=False, index=True),
    comment="countries whose residents may hold the job, regions expanded; no row where it is not known or worldwide",
)

excluded_places = Table(
    "excluded_places",
    metadata,
    _of_posting(),
    _column("place", String, "ISO 3166 country or state, or a region", primary_key=True, nullable=False, index=True),
    comment="places that a posting leaves out",
)

required_languages = Table(
    "required_languages",
    metadata,
    _of_posting(),
    _column("language", String, "ISO 639-1 code", primary_key=True, nullable=False, index=True),
    comment="languages that a posting asks for",
)

pay_bands = Table(
    "pay_bands",
    metadata,
    _of_posting(),
    _column("place", Integer, "order in the posting", primary_key=True, nullable=False),
    _column("min", Float, "lower figure, as stated"),
    _column("max", Float, "upper figure, as stated"),
    _column("currency", String(3), "ISO 4217 code"),
    _column("period", String, "year, month, week, day, hour or project", nullable=False),
    _column("kind", String, "base, ote or total", nullable=False),
    _column("zone", String, "place, level or tier that the band is for, verbatim"),
    _column("quote", String, "the words, verbatim", nullable=False),
    _column("min_annual_usd", Float, "lower figure a year in US dollars"),
    _column("max_annual_usd", Float, "upper figure a year in US dollars"),
    _column("upper_annual", Float, "upper figure (lower, where there is no upper) a year, in the band's own currency"),
    _column("upper_annual_usd", Float, "the same in US dollars"),
    _column("usd_rate", Float, "US dollars for one unit of the currency, ECB reference rate"),
    _column("usd_rate_on", String, "ISO date of that rate"),
    Index("ix_pay_bands_currency_upper_annual", "currency", "upper_annual"),
    comment="every pay band that a posting states",
)

evidence = Table(
    "evidence",
    metadata,
    _of_posting(),
    _column("question", String, "remote, signals, pay_policy, role, eligibility or company", primary_key=True, nullable=False),
    _column("place", Integer, "order, most decisive first", primary_key=True, nullable=False),
    _column("field", String, "field that the quote stands in", nullable=False),
    _column("start", Integer, "first code point in that field; empty in a structured field"),
    _column("end", Integer, "code point after the last"),
    _column("quote", String, "the words, verbatim", nullable=False),
    _column("signal", String, "what was read there", nullable=False),
    comment="the words that labels rest on",
)

events = Table(
    "events",
    metadata,
    _column("event_id", Integer, "order of events", primary_key=True, autoincrement=True, nullable=False),
    _column("run_id", String, "run that saw it", nullable=False),
    _column("night", Date, "night of that run", nullable=False),
    _column("at", UtcDateTime, "clock of that night, UTC", nullable=False),
    _column("posting_id", String(16), "the posting", nullable=False, index=True),
    _column("kind", String, "opened, changed, closed, reopened or relabelled", nullable=False),
    _column("fields", JSON, "what moved: old and new value by field"),
    Index("ix_events_night_kind", "night", "kind"),
    comment="append-only history of every posting",
)

runs = Table(
    "runs",
    metadata,
    _column("run_id", String, "night, and a number from its second run on", primary_key=True, nullable=False),
    _column("night", Date, "the night", nullable=False),
    _column("started_at", UtcDateTime, "clock of the night, UTC", nullable=False),
    _column("state", String, "running, ended or exported", nullable=False),
    _column("summary", JSON, "the run's summary"),
    comment="runs of the nightly job",
)

board_results = Table(
    "board_results",
    metadata,
    _column("run_id", String, "the run", primary_key=True, nullable=False),
    _column("platform", String, "platform", primary_key=True, nullable=False),
    _column("board", String, "board", primary_key=True, nullable=False),
    _column("status", String, "complete, partial, failed or skipped", nullable=False),
    _column("failure", String, "kind of failure"),
    _column("reason", String, "the failure in a sentence"),
    _column("suspect", String, "a suspect answer in a sentence"),
    _column("fetched", Integer, "postings in the answer", nullable=False),
    _column("new", Integer, "postings never seen before", nullable=False),
    _column("changed", Integer, "postings whose content changed", nullable=False),
    _column("closed", Integer, "postings closed", nullable=False),
    _column("reopened", Integer, "postings that came back", nullable=False),
    _column("requests", Integer, "requests made", nullable=False),
    _column("seconds", Float, "seconds the crawl took", nullable=False),
    comment="how each board's crawl ended, a run",
)

raw_spool = Table(
    "raw_spool",
    metadata,
    _column("run_id", String, "the run", primary_key=True, nullable=False),
    _column("posting_id", String(16), "the posting", primary_key=True, nullable=False),
    _column("raw", JSON, "the RawPosting", nullable=False),
    comment="payloads of the running night, until they stand in the data set",
)
