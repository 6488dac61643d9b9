"""An item of any RSS or Atom feed, read by ``pipeline/data/feed_fields.toml`` and the ``fields`` of the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.feed_fields import NAMED, field_of, words
from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, mapping, present
from pipeline.records import CompanyFacts, Posting, RawPosting
from pipeline.text import html_to_text, unescape_once


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one item."""
    item = mapping(raw.payload)
    return build_posting(
        raw,
        company,
        title=html_to_text(_first(item, "title") or ""),
        description_html=_description(item),
        company_name=_first(item, "company"),
        locations=words(field_of(item, "location")),
        apply_url=_first(item, "apply_url"),
        department=_first(item, "department"),
        employment_type=", ".join(words(field_of(item, "employment_type"))),
        structured_remote=present({"remote": _first(item, "remote")}),
        structured_salary=present({"salary": _first(item, "salary")}),
        published=_first(item, "published"),
        updated=_first(item, "updated"),
        expires=_first(item, "expires"),
        tags=words(field_of(item, "tags")),
    )


def _first(item: Mapping[str, Any], name: str) -> str | None:
    return next(iter(words(field_of(item, name))), None)


def _description(item: Mapping[str, Any]) -> str | None:
    """The description; of those that a feed sends side by side the longest, since one is often a teaser."""
    if mapping(item.get(NAMED)).get("description"):
        texts = words(field_of(item, "description"))
    else:
        elements = ("content:encoded", "content", "description", "summary")
        texts = [word for element in elements for word in words(item.get(element))]
    longest = max(texts, key=len, default=None)
    return unescape_once(longest) if longest and block(longest) else None
