"""Positions of Personio's feed (developer.personio.de/docs/retrieving-open-job-positions).

The text comes in blocks, each with a heading in the language of the feed, and there are none where nobody has written the position
in that language. An office called "Remote" is the only word on the place of work; there is no field for pay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, joined, many, mapping, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one ``position``."""
    position = mapping(raw.payload)
    keywords = text(position.get("keywords")) or ""
    return build_posting(
        raw,
        company,
        title=position.get("name"),
        description_html=description(position),
        company_name=position.get("subcompany"),
        locations=[position.get("office"), *many(mapping(position.get("additionalOffices")).get("office"))],
        department=position.get("department"),
        employment_type=joined(position, ("employmentType", "schedule")),
        published=position.get("createdAt"),
        tags=[
            *(position.get(key) for key in ("recruitingCategory", "seniority", "occupation", "occupationCategory")),
            *keywords.split(","),
        ],
    )


def description(position: Mapping[str, Any]) -> str | None:
    """The blocks of text with their headings, in the order of the page; None where no block has a text."""
    return "\n".join(_blocks(position)) or None


def _blocks(position: Mapping[str, Any]) -> Iterator[str]:
    for one in many(mapping(position.get("jobDescriptions")).get("jobDescription")):
        heading, content = text(mapping(one).get("name")), block(mapping(one).get("value"))
        if content:
            yield (f"<h3>{escape(heading, quote=False)}</h3>\n" if heading else "") + f"<div>{content}</div>"
