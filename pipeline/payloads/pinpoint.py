"""Pinpoint postings (the careers site's ``/postings.json``).

The text stands in four fields, three of them with a heading of the employer's. The figures of pay are there even where
``compensation_visible`` says that they are not to be shown: then they are no pay. The frequency is the employer's and may be wrong
("week" for an hourly wage). A place's name may be a country or "Remote" beside another city. There is no date of publishing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import amount, block, joined, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting

_SECTIONS = ("description", "key_responsibilities", "skills_knowledge_expertise", "benefits")
_PAY = ("compensation", "compensation_minimum", "compensation_maximum", "compensation_currency", "compensation_frequency")


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``data``."""
    posting = mapping(raw.payload)
    job, place = mapping(posting.get("job")), mapping(posting.get("location"))
    return build_posting(
        raw,
        company,
        title=posting.get("title"),
        description_html="\n".join(_sections(posting)) or None,
        locations=[place.get("name"), joined(place, ("city", "province"))],
        department=mapping(job.get("department")).get("name"),
        employment_type=text(posting.get("employment_type_text")) or posting.get("employment_type"),
        structured_remote=_workplace(posting),
        structured_salary=_pay(posting),
        expires=posting.get("deadline_at"),
        requisition_id=job.get("requisition_id"),
        tags=[mapping(job.get(key)).get("name") for key in ("division", "structure_custom_group_one")],
    )


def _sections(posting: Mapping[str, Any]) -> Iterator[str]:
    for key in _SECTIONS:
        heading, content = text(posting.get(f"{key}_header")), block(posting.get(key))
        if content:
            yield (f"<h3>{escape(heading, quote=False)}</h3>\n" if heading else "") + content


def _workplace(posting: Mapping[str, Any]) -> dict[str, Any] | None:
    """The code, or its words where an answer holds only these."""
    code = text(posting.get("workplace_type"))
    return present({"workplace_type": code} if code else {"workplace_type_text": text(posting.get("workplace_type_text"))})


def _pay(posting: Mapping[str, Any]) -> dict[str, Any] | None:
    says_something = any(amount(posting.get(key)) for key in _PAY[:3])
    if not says_something or posting.get("compensation_visible") is False:
        return None
    return present({key: posting.get(key) for key in _PAY})
