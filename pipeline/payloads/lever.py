"""Lever postings (github.com/lever/postings-api).

The title is ``text``, ``createdAt`` is milliseconds. ``description`` holds the opening; the requirements stand in ``lists``, the
end of the page in ``additional``. A ``salaryRange`` of 0 to 0 says nothing, and its interval is typed by the employer.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, figure, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of the answer."""
    posting = mapping(raw.payload)
    categories = mapping(posting.get("categories"))
    return build_posting(
        raw,
        company,
        title=posting.get("text"),
        description_html=_description(posting),
        locations=[categories.get("location"), *listed(categories.get("allLocations"))],
        apply_url=posting.get("applyUrl"),
        department=text(categories.get("department")) or categories.get("team"),
        employment_type=categories.get("commitment"),
        structured_remote=present({"workplaceType": text(posting.get("workplaceType"))}),
        structured_salary=_salary(posting),
        published=posting.get("createdAt"),
        tags=[categories.get("team"), categories.get("level"), *listed(posting.get("tags"))],
    )


def _description(posting: Mapping[str, Any]) -> str | None:
    """Description, lists with their headings, and the closing part, in the order of the page."""
    parts = [_part(posting, "description")]
    for one in map(mapping, listed(posting.get("lists"))):
        heading, content = text(one.get("text")), block(one.get("content"))
        parts.append(f"<h3>{escape(heading, quote=False)}</h3>" if heading else None)
        parts.append(f"<ul>{content}</ul>" if content else None)
    parts.append(_part(posting, "additional"))
    return "\n".join(part for part in parts if part) or None


def _part(posting: Mapping[str, Any], name: str) -> str | None:
    """A part's HTML, or its plain twin as HTML where the board sends only that."""
    html = block(posting.get(name))
    plain = block(posting.get(f"{name}Plain"))
    return html or (f"<div>{escape(plain, quote=False)}</div>".replace("\n", "<br>") if plain else None)


def _salary(posting: Mapping[str, Any]) -> dict[str, Any] | None:
    salary = mapping(posting.get("salaryRange"))
    says_something = figure(salary.get("min")) or figure(salary.get("max"))
    plain = text(posting.get("salaryDescriptionPlain"))
    return present({"salaryRange": present(salary) if says_something else None, "salaryDescriptionPlain": plain})
