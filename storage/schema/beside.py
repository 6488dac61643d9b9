"""Lists that a posting has: one row an item, beside ``postings``."""

from __future__ import annotations

from sqlalchemy import Float, Index, Integer, String, Table

from storage.schema.declaring import column, metadata, of_posting

technologies = Table(
    "technologies",
    metadata,
    of_posting(),
    column("name", String, "canonical name", primary_key=True, nullable=False),
    column("name_key", String, "name folded for comparison", nullable=False),
    column("category", String, "kind of technology", nullable=False),
    column("need", String, "required, preferred or mentioned", nullable=False),
    column("place", Integer, "order of first mention", nullable=False),
    Index("ix_technologies_name_key", "name_key", "posting_id"),
    comment="technologies of a posting",
)

signals = Table(
    "signals",
    metadata,
    of_posting(),
    column("signal", String, "public name of a remote-work signal", primary_key=True, nullable=False, index=True),
    comment="remote-work signals of a posting",
)

remote_scopes = Table(
    "remote_scopes",
    metadata,
    of_posting(),
    column(
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
    of_posting(),
    column("country", String(2), "ISO 3166 country", primary_key=True, nullable=False, index=True),
    comment="countries whose residents may hold the job, regions expanded; no row where it is not known or worldwide",
)

excluded_places = Table(
    "excluded_places",
    metadata,
    of_posting(),
    column("place", String, "ISO 3166 country or state, or a region", primary_key=True, nullable=False, index=True),
    comment="places that a posting leaves out",
)

required_languages = Table(
    "required_languages",
    metadata,
    of_posting(),
    column("language", String, "ISO 639-1 code", primary_key=True, nullable=False, index=True),
    comment="languages that a posting asks for",
)

pay_bands = Table(
    "pay_bands",
    metadata,
    of_posting(),
    column("place", Integer, "order in the posting", primary_key=True, nullable=False),
    column("min", Float, "lower figure, as stated"),
    column("max", Float, "upper figure, as stated"),
    column("currency", String(3), "ISO 4217 code"),
    column("period", String, "year, month, week, day, hour or project", nullable=False),
    column("kind", String, "base, ote or total", nullable=False),
    column("zone", String, "place, level or tier that the band is for, verbatim"),
    column("quote", String, "the words, verbatim", nullable=False),
    column("min_annual_usd", Float, "lower figure a year in US dollars"),
    column("max_annual_usd", Float, "upper figure a year in US dollars"),
    column("upper_annual", Float, "upper figure (lower, where there is no upper) a year, in the band's own currency"),
    column("upper_annual_usd", Float, "the same in US dollars"),
    column("usd_rate", Float, "US dollars for one unit of the currency, ECB reference rate"),
    column("usd_rate_on", String, "ISO date of that rate"),
    Index("ix_pay_bands_currency_upper_annual", "currency", "upper_annual"),
    comment="every pay band that a posting states",
)

evidence = Table(
    "evidence",
    metadata,
    of_posting(),
    column("question", String, "remote, signals, pay_policy, role, eligibility or company", primary_key=True, nullable=False),
    column("place", Integer, "order, most decisive first", primary_key=True, nullable=False),
    column("field", String, "field that the quote stands in", nullable=False),
    column("start", Integer, "first code point in that field; empty in a structured field"),
    column("end", Integer, "code point after the last"),
    column("quote", String, "the words, verbatim", nullable=False),
    column("signal", String, "what was read there", nullable=False),
    comment="the words that labels rest on",
)

BESIDE = (
    technologies, signals, remote_scopes, eligible_countries, excluded_places, required_languages, pay_bands, evidence,
)  # fmt: skip
"""Every table whose rows are written anew with a posting's content."""
