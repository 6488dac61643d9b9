"""schema.org JobPosting objects (schema.org/JobPosting), as employers write them into their pages.

Any value may stand alone or in a list, be a text or an object with a ``name``, or be blank. Some pages put parts of the text into
fields of their own (``responsibilities``, ``qualifications``), places repeat themselves, and ``baseSalary`` may hold blank texts.
``estimatedSalary`` is a site's guess and no pay. Images that are written into the text itself (``data:``) are taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, many, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting
from pipeline.text import unescape_once, without_data_images

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
    return build_posting(raw, company, **said_by(mapping(raw.payload)))


def said_by(posting: Mapping[str, Any]) -> dict[str, Any]:
    """What a JobPosting object says, by the names of ``build_posting``; what it does not say is None or empty."""
    employer = next(iter(many(posting.get("hiringOrganization"))), None)
    return {
        "title": _name(posting.get("title")) or _name(posting.get("name")),
        "description_html": _description(posting),
        "company_name": _name(employer),
        "locations": [part for place in _flat(posting.get("jobLocation")) for part in _place(place)],
        "department": _name(mapping(employer).get("department")) or _name(posting.get("occupationalCategory")),
        "employment_type": ", ".join(found for one in _flat(posting.get("employmentType")) if (found := _name(one))),
        "structured_remote": place_of_work(posting),
        "structured_salary": pay(posting),
        "published": _first(posting.get("datePosted")),
        "updated": _first(posting.get("dateModified")),
        "expires": _first(posting.get("validThrough")),
        "requisition_id": identifier(posting),
        "tags": [_name(one) for one in many(posting.get("industry"))],
    }


def _name(value: Any) -> str | None:
    """A text, or the ``name`` of an object; the first where several stand (one site lists a country ten times)."""
    for one in many(value):
        found = text(one) or (_name(one.get("name")) if isinstance(one, Mapping) else None)
        if found:
            return unescape(found) if "&" in found else found
    return None


def _first(value: Any) -> Any:
    """The first of several dates; a ``{"@value": …}`` of JSON-LD is its value."""
    one = next(iter(many(value)), None)
    return one.get("@value") if isinstance(one, Mapping) else one


def _flat(value: Any) -> list[Any]:
    """One or several, lists in lists opened."""
    return [inner for one in many(value) for inner in (_flat(one) if isinstance(one, list) else [one])]


def _description(posting: Mapping[str, Any]) -> str | None:
    """The description, and the other fields that hold text of the page and are not in it already."""
    written = "\n".join(filter(None, (block(one) for one in many(posting.get("description")))))
    parts = [unescape_once(written)]
    for key, heading in _SECTIONS.items():
        content = "\n".join(filter(None, (block(one) for one in many(posting.get(key)))))
        if content and content not in parts[0]:
            parts.append(f"<h3>{escape(heading)}</h3>\n<div>{unescape_once(content)}</div>")
    return without_data_images("\n".join(part for part in parts if part)) or None


def _place(place: Any) -> list[str]:
    """What a Place says: its name and its addresses, which need not agree; a text stands for itself."""
    if not isinstance(place, Mapping):
        return [found] if (found := _name(place)) else []
    addresses = _flat(place.get("address")) or ([place] if any(place.get(part) for part in _ADDRESS_PARTS) else [])
    return [found for found in (_name(place.get("name")), *map(_written, addresses)) if found]


def _written(address: Any) -> str | None:
    """An address on one line: its parts each once, or the text that stands for it."""
    if not isinstance(address, Mapping):
        return _name(address)
    parts = dict.fromkeys(found.strip(" ,") for part in _ADDRESS_PARTS if (found := _name(address.get(part))))
    return ", ".join(part for part in parts if part) or None


def place_of_work(posting: Mapping[str, Any]) -> dict[str, Any] | None:
    """``jobLocationType`` and the names of the places where an applicant may live."""
    kinds = [found for one in _flat(posting.get("jobLocationType")) if (found := _name(one))]
    asked = _flat(posting.get("applicantLocationRequirements"))
    places = [found for one in asked if (found := next(iter(_place(one)), None))]
    return present({"jobLocationType": kinds[0] if len(kinds) == 1 else kinds, "applicantLocationRequirements": places})


def pay(posting: Mapping[str, Any]) -> dict[str, Any] | None:
    """``baseSalary`` as written less what is blank, where any of its values is a figure (boards send it with blank texts)."""
    salary = posting.get("baseSalary")
    currency = _name(posting.get("salaryCurrency"))
    return present({"baseSalary": _filled(salary), "salaryCurrency": currency}) if _has_figure(salary) else None


def _filled(value: Any) -> Any:
    """A value without the blank texts and nulls in it."""
    if isinstance(value, Mapping):
        inner = {key: _filled(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in (None, "", [], {})}
    if isinstance(value, list):
        return [one for one in map(_filled, value) if one not in (None, "", [], {})]
    return value.strip() if isinstance(value, str) else value


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
