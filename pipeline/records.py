"""A posting at each stage of its way: RawPosting -> Posting -> LabelledPosting.

Each stage is one frozen type; no stage changes an earlier one. Every parsed value stands beside the raw text that it came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipeline.labels import Labels

Json = Any
"""A value as ``json.loads`` gives it: None, bool, int, float, str, list or dict."""


@dataclass(frozen=True, slots=True)
class RawPosting:
    """One posting as a source sent it, less the personal data that the platform's terms record lists."""

    platform: str
    """Name of the platform, as in ``pipeline/data/platforms.toml``: ``greenhouse``."""
    board: str
    """The employer's name on the platform, or the feed's own name where the platform is one feed."""
    external_id: str
    """The platform's own id of the posting; a page's address where there is none."""
    url: str
    """Public address of the posting; never the loopback address that a test server answered on."""
    fetched_at: datetime
    """When the answer came, UTC."""
    payload: Mapping[str, Json]
    """The posting's part of the answer, as received, less personal data."""


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What is known of the employer; each value is None where nobody stated it. Never guessed."""

    name: str | None = None
    industry: str | None = None
    stage: str | None = None
    """seed, series-a .. series-e, public, bootstrapped, non-profit or government."""
    size: str | None = None
    """Head-count band: ``51-200``."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting with typed values; what the classifiers read."""

    posting_id: str
    """Stable over nights: a digest of platform, board and external id. 16 hexadecimal digits."""
    platform: str
    board: str
    external_id: str
    url: str
    fetched_at: datetime
    title: str
    """White space folded, otherwise as the employer wrote it."""
    description_text: str
    """Plain text of the whole description; evidence offsets count code points of this field."""
    content_hash: str
    """Digest of everything that an employer can change. 16 hexadecimal digits."""
    description_html: str | None = None
    """The description's HTML, unescaped; None where the source sent plain text."""
    location: str | None = None
    """Every place that the source names, joined with ``; ``, in the source's words."""
    apply_url: str | None = None
    department: str | None = None
    employment_type_text: str | None = None
    structured_remote: Mapping[str, Json] | None = None
    """The platform's own fields on the place of work, in its own words; null fields are left out."""
    structured_salary: Mapping[str, Json] | None = None
    """The platform's own fields on pay, in its own words; null fields are left out."""
    published_text: str | None = None
    """The date as the source wrote it."""
    published_on: date | None = None
    updated_text: str | None = None
    updated_at: datetime | None = None
    """UTC."""
    expires_text: str | None = None
    expires_on: date | None = None
    requisition_id: str | None = None
    tags: tuple[str, ...] = ()
    company: CompanyFacts = field(default_factory=CompanyFacts)


@dataclass(frozen=True, slots=True)
class LabelledPosting:
    """A posting and one verdict for each question that is asked of it."""

    posting: Posting
    labels: Labels
