"""What every payload parser ends in: one place that makes ids, text and hash of a posting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import orjson

from pipeline.dates import parse_date, parse_instant
from pipeline.identity import digest, posting_id
from pipeline.payloads.fields import text, texts
from pipeline.records import CompanyFacts, Posting, RawPosting
from pipeline.text import html_to_text, tidy


class UnreadablePosting(ValueError):
    """A payload that lacks what makes a posting; the message says what is missing."""


def build_posting(
    raw: RawPosting,
    company: CompanyFacts,
    *,
    title: Any,
    description_html: str | None = None,
    description_text: str | None = None,
    company_name: Any = None,
    locations: Iterable[Any] = (),
    apply_url: Any = None,
    department: Any = None,
    employment_type: Any = None,
    structured_remote: Mapping[str, Any] | None = None,
    structured_salary: Mapping[str, Any] | None = None,
    published: Any = None,
    updated: Any = None,
    expires: Any = None,
    requisition_id: Any = None,
    tags: Iterable[Any] = (),
) -> Posting:
    """The posting of a raw one; whatever is blank or of the wrong type is taken as not said.

    Args:
        raw: where the values come from; gives ids, address and the day that relative dates are counted from.
        company: what the configuration says of the employer; it wins over ``company_name``.
        title: the only value that must be there.
        description_html: HTML, unescaped; wins over ``description_text``.
        description_text: for sources that send plain text.
        locations: every place that the source names.

    Raises:
        UnreadablePosting: the payload has no title.
    """
    title_text = text(title)
    if title_text is None:
        raise UnreadablePosting(f"the {raw.platform} posting {raw.external_id} has no title")
    description = html_to_text(description_html) if description_html is not None else tidy(description_text or "")
    posting = Posting(
        posting_id=posting_id(raw.platform, raw.board, raw.external_id),
        platform=raw.platform,
        board=raw.board,
        external_id=raw.external_id,
        url=raw.url,
        fetched_at=raw.fetched_at,
        title=title_text,
        description_text=description,
        content_hash="",
        description_html=description_html,
        location="; ".join(texts(locations)) or None,
        apply_url=web_address(apply_url),
        department=text(department),
        employment_type_text=text(employment_type),
        structured_remote=structured_remote or None,
        structured_salary=structured_salary or None,
        published_text=text(published),
        published_on=parse_date(published, raw.fetched_at),
        updated_text=text(updated),
        updated_at=parse_instant(updated, raw.fetched_at),
        expires_text=text(expires),
        expires_on=parse_date(expires, raw.fetched_at),
        requisition_id=text(requisition_id),
        tags=texts(tags),
        company=company if company.name else replace(company, name=text(company_name)),
    )
    return replace(posting, content_hash=content_hash(posting))


def content_hash(posting: Posting) -> str:
    """Digest of what an employer can change and a reader would notice.

    Markup, dates of publishing and touching, and the order of tags are left out: they move without a word being changed.
    """
    structured = (orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() if value else None for value in _structured(posting))
    return digest(
        (
            posting.title, posting.description_text, posting.location, posting.url, posting.apply_url, posting.department,
            posting.employment_type_text, posting.expires_text, posting.requisition_id, posting.company.name,
            *sorted(posting.tags), *structured,
        )
    )  # fmt: skip


def web_address(value: Any) -> str | None:
    """An http or https address, or None."""
    address = text(value)
    return address if address is not None and address.lower().startswith(("http://", "https://")) else None


def _structured(posting: Posting) -> tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]:
    return posting.structured_remote, posting.structured_salary
