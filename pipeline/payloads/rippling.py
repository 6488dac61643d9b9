"""Rippling job board entries, of either version of its list, with what the posting's own answer adds.

The second version names ``workplaceType`` for each place. The first only has labels, which begin with the workplace where it is no
office: "Remote (New Jersey, US)", "Hybrid (Seattle, Washington, US)". Of ``employmentType`` the ``label`` is a code and the ``id``
the employer's words. ``payRangeDetails`` holds a range for each place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import amount, block, joined, listed, mapping, present, text, texts
from pipeline.records import CompanyFacts, Posting, RawPosting

_WORKPLACE = re.compile(r"(?:remote|hybrid)\b", re.IGNORECASE)


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one job; rows of one id are one job already."""
    job = mapping(raw.payload)
    department, kind = mapping(job.get("department")), mapping(job.get("employmentType"))
    return build_posting(
        raw,
        company,
        title=job.get("name"),
        description_html=_description(job.get("description")),
        company_name=text(job.get("companyName")) or mapping(job.get("board")).get("title"),
        locations=[_place(mapping(place)) for place in listed(job.get("locations"))] or listed(job.get("workLocations")),
        department=text(department.get("name")) or text(department.get("label")) or department.get("id"),
        employment_type=", ".join(texts((kind.get("id"), kind.get("label")))),
        structured_remote=_remote(job),
        structured_salary=_pay(listed(job.get("payRangeDetails"))),
        published=job.get("createdOn"),
        tags=[department.get("base_department"), *listed(department.get("department_tree"))],
    )


def _description(description: Any) -> str | None:
    """The role first, then the company; any other part behind them."""
    parts = mapping(description)
    keys = sorted(parts, key=lambda key: (key != "role", key != "company"))
    return block(description) or "\n".join(part for key in keys if (part := block(parts[key]))) or None


def _place(place: Mapping[str, Any]) -> str | None:
    """The place's name, which leaves the country out, and the country."""
    name, country = text(place.get("name")) or joined(place, ("city", "state")), text(place.get("country"))
    return name if name and (not country or country in name) else joined({"name": name, "country": country}, ("name", "country"))


def _remote(job: Mapping[str, Any]) -> dict[str, Any] | None:
    """The workplace of each place: one word, or a list of several; labels where no word is sent."""
    kinds = texts(mapping(place).get("workplaceType") for place in listed(job.get("locations")))
    labels = [label for label in texts(listed(job.get("workLocations"))) if _WORKPLACE.match(label)]
    if kinds:
        return {"workplaceType": kinds[0] if len(kinds) == 1 else list(kinds)}
    return present({"workLocations": labels})


def _pay(ranges: list[Any]) -> dict[str, Any] | None:
    """The ranges that hold a figure."""
    found = [one for one in map(mapping, ranges) if amount(one.get("rangeStart")) or amount(one.get("rangeEnd"))]
    return present({"payRangeDetails": found})
