"""schema.org JobPosting objects (schema.org/JobPosting), as employers write them into their pages.

Any value may stand alone or in a list, be a text or an object with a ``name``, or be blank. Some pages put parts of the text into
fields of their own (``responsibilities``, ``qualifications``), places repeat themselves, and ``baseSalary`` may hold blank texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, many, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting
from pipeline.text import unescape_once

_SECTIONS = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "educationRequirements": "Education",
    "experienceRequirements": "Experience",
    "skills": "Skills",
    "jobBenefits": "Benefits",
    "incentiveCompensation": "Incentive compensation",
    "workHours": "Working hours",
}
_ADDRESS_PARTS = ("addressLocality", "addressRegion", "addressCountry")


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one JobPosting object."""
    posting = mapping(raw.payload)
    employer = next(iter(many(posting.get("hiringOrganization"))), None)
    return build_posting(
        raw,
        company,
        title=_name(posting.get("title")) or posting.get("name"),
        description_html=_description(posting),
        company_name=_name(employer),
        locations=[part for place in many(posting.get("jobLocation")) for part in _place(place)],
        department=_name(mapping(employer).get("department")) or _name(posting.get("occupationalCategory")),
        employment_type=", ".join(filter(None, map(text, many(posting.get("employmentType"))))),
        structured_remote=place_of_work(posting),
        structured_salary=pay(posting),
        published=posting.get("datePosted"),
        updated=posting.get("dateModified"),
        expires=posting.get("validThrough"),
        requisition_id=identifier(posting),
        tags=[_name(one) for one in many(posting.get("industry"))],
    )


def _name(value: Any) -> str | None:
    """A text, or the ``name`` of an object; the first where several stand (one site lists a country ten times)."""
    for one in many(value):
        found = text(one) or (_name(one.get("name")) if isinstance(one, Mapping) else None)
        if found:
            return found
    return None


def _description(posting: Mapping[str, Any]) -> str | None:
    """The description, and the other fields that hold text of the page and are not in it already."""
    parts = [unescape_once(block(posting.get("description")) or "")]
    for key, heading in _SECTIONS.items():
        content = "\n".join(filter(None, (block(one) for one in many(posting.get(key)))))
        if content and content not in parts[0]:
            parts.append(f"<h3>{escape(heading)}</h3>\n<div>{unescape_once(content)}</div>")
    return "\n".join(part for part in parts if part) or None


def _place(place: Any) -> list[str]:
    """What a Place says: its name and its address, which need not agree; a text stands for itself."""
    if not isinstance(place, Mapping):
        return [found] if (found := text(place)) else []
    address = place.get("address")
    if isinstance(address, Mapping):
        parts = dict.fromkeys(found.strip(" ,") for part in _ADDRESS_PARTS if (found := _name(address.get(part))))
        written: str | None = ", ".join(part for part in parts if part)
    else:
        written = _name(address)
    return [found for found in (text(place.get("name")), written) if found]


def place_of_work(posting: Mapping[str, Any]) -> dict[str, Any] | None:
    """``jobLocationType`` and the names of the places where an applicant may live."""
    kinds = [found for one in many(posting.get("jobLocationType")) if (found := text(one))]
    places = [found for one in many(posting.get("applicantLocationRequirements")) if (found := _name(one))]
    return present({"jobLocationType": kinds[0] if len(kinds) == 1 else kinds, "applicantLocationRequirements": places})


def pay(posting: Mapping[str, Any]) -> dict[str, Any] | None:
    """``baseSalary`` as written, where any of its values is a figure (boards send it with blank texts)."""
    salary = posting.get("baseSalary")
    return present({"baseSalary": salary, "salaryCurrency": text(posting.get("salaryCurrency"))}) if _has_figure(salary) else None


def _has_figure(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_figure(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_has_figure(inner) for inner in value)
    if isinstance(value, str):
        return any(char in "123456789" for char in value)
    return isinstance(value, int | float) and not isinstance(value, bool) and value != 0


def identifier(posting: Mapping[str, Any]) -> str | None:
    """The posting's own number: a text, or the value of a PropertyValue; None where it only repeats the employer's name."""
    employers = {_name(one) for one in many(posting.get("hiringOrganization"))}
    for one in many(posting.get("identifier")):
        found = text(one) or text(mapping(one).get("value"))
        if found and found not in employers:
            return found
    return None
