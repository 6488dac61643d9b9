"""SmartRecruiters postings (developers.smartrecruiters.com, Posting API), of the list or of their own answer.

Only a posting's own answer has ``jobAd``, whose sections come with their headings, and ``compensation``. Labels are in the
employer's language; ``department`` may be an empty object; ``fullLocation`` keeps the room of a region that is not there
("Warsaw, , Poland").
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import amount, block, flag, joined, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting

_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``content``."""
    posting = mapping(raw.payload)
    place = mapping(posting.get("location"))
    return build_posting(
        raw,
        company,
        title=posting.get("name"),
        description_html=_description(mapping(mapping(posting.get("jobAd")).get("sections"))),
        company_name=mapping(posting.get("company")).get("name"),
        locations=[_place(place)],
        apply_url=posting.get("applyUrl"),
        department=_label(posting, "department"),
        employment_type=_label(posting, "typeOfEmployment"),
        structured_remote=present({key: flag(place.get(key)) for key in ("remote", "hybrid")}),
        structured_salary=_pay(mapping(posting.get("compensation"))),
        published=posting.get("releasedDate"),
        requisition_id=posting.get("refNumber"),
        tags=[_label(posting, key) for key in ("function", "industry", "experienceLevel")],
    )


def _label(posting: Mapping[str, Any], key: str) -> str | None:
    value = mapping(posting.get(key))
    return text(value.get("label")) or text(value.get("id"))


def _description(sections: Mapping[str, Any]) -> str | None:
    """The sections in the page's order, each under its heading; one without a text is left out."""
    keys = [*_SECTIONS, *(key for key in sections if key not in _SECTIONS)]
    parts = []
    for section in (mapping(sections.get(key)) for key in keys):
        body, heading = block(section.get("text")), text(section.get("title"))
        if body:
            parts.append(f"<h3>{escape(heading)}</h3>\n<div>{body}</div>" if heading else body)
    return "\n".join(parts) or None


def _place(place: Mapping[str, Any]) -> str | None:
    whole = ", ".join(part for one in (text(place.get("fullLocation")) or "").split(",") if (part := one.strip()))
    country = (text(place.get("country")) or "").upper()  # two letters, sent small
    return whole or joined({**place, "country": country}, ("city", "region", "country"))


def _pay(pay: Mapping[str, Any]) -> dict[str, Any] | None:
    """Currency and period only say something beside a figure."""
    return {"compensation": present(pay)} if amount(pay.get("min")) or amount(pay.get("max")) else None
