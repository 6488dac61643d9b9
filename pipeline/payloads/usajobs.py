"""USAJOBS' search (developer.usajobs.gov/api-reference/get-api-search).

``RemoteIndicator`` and ``TeleworkEligible`` are two answers: telework without remote is a hybrid job. Pay figures are texts without
a currency (dollars). The text stands in parts under ``UserArea.Details``, some of them lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, listed, many, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting

_SECTIONS = {
    "JobSummary": "Summary",
    "MajorDuties": "Duties",
    "Requirements": "Requirements",
    "KeyRequirements": "Key requirements",
    "Education": "Education",
    "RequiredDocuments": "Required documents",
    "Benefits": "Benefits",
    "OtherInformation": "Other information",
}


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one item: its descriptor with the item's own number."""
    job = mapping(raw.payload)
    details = mapping(mapping(job.get("UserArea")).get("Details"))
    display = text(job.get("PositionLocationDisplay"))
    places = [mapping(one).get("LocationName") for one in listed(job.get("PositionLocation"))]
    return build_posting(
        raw,
        company,
        title=job.get("PositionTitle"),
        description_html=_description(job, details),
        company_name=job.get("OrganizationName"),
        locations=places if display == "Multiple Locations" and places else [display, *places],
        apply_url=next(iter(many(job.get("ApplyURI"))), None),
        department=job.get("DepartmentName"),
        employment_type=", ".join(_names(job, "PositionSchedule") + _names(job, "PositionOfferingType")),
        structured_remote=present({key: _flag(details.get(key)) for key in ("RemoteIndicator", "TeleworkEligible")}),
        structured_salary=present({"PositionRemuneration": _pay(job)}),
        published=text(job.get("PublicationStartDate")) or job.get("PositionStartDate"),
        expires=text(job.get("ApplicationCloseDate")) or job.get("PositionEndDate"),
        requisition_id=job.get("PositionID"),
        tags=_names(job, "JobCategory"),
    )


def _names(job: Mapping[str, Any], key: str) -> list[str]:
    return [name for one in listed(job.get(key)) if (name := text(mapping(one).get("Name")))]


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).lower())


def _pay(job: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The ranges whose figures are more than zero ("0.00" says nothing)."""
    ranges = [present(mapping(one)) or {} for one in listed(job.get("PositionRemuneration"))]
    return [one for one in ranges if any(str(one.get(key, "")).strip("0., ") for key in ("MinimumRange", "MaximumRange"))]


def _description(job: Mapping[str, Any], details: Mapping[str, Any]) -> str | None:
    said = {**details, "Requirements": details.get("Requirements") or job.get("QualificationSummary")}
    parts = []
    for key, heading in _SECTIONS.items():
        blocks = [_html(found) for one in many(said.get(key)) if (found := block(one))]
        if blocks:
            parts.append(f"<h3>{escape(heading)}</h3>\n" + "\n".join(f"<div>{one}</div>" for one in blocks))
    return "\n".join(parts) or None


def _html(words: str) -> str:
    """Some announcements are written in HTML, others in plain lines."""
    return words if "</" in words or "<br" in words else escape(words, quote=False).replace("\n", "<br>")
