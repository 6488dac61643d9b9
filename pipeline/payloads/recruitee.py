"""Recruitee offers (the careers site's ``/api/offers``).

Text stands in ``description`` and ``requirements``, and once more under ``translations``. ``remote``, ``hybrid`` and ``on_site``
may be set together. The figures of ``salary`` are texts. The address of a remote job need not fit itself (city "DC", state
"Washington"), and the names under ``locations`` are the employer's own words ("Germany/Remote").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import amount, block, flag, joined, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting

_ADDRESS = ("city", "state_name", "country")


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``offers``."""
    offer = mapping(raw.payload)
    parts = (block(offer.get(key)) for key in ("description", "requirements"))
    places = (mapping(place) for place in listed(offer.get("locations")))
    return build_posting(
        raw,
        company,
        title=offer.get("title"),
        description_html="\n".join(part for part in parts if part) or None,
        company_name=offer.get("company_name"),
        locations=[*_address(offer), *map(_place, places)],
        apply_url=offer.get("careers_apply_url"),
        department=offer.get("department"),
        employment_type=offer.get("employment_type_code"),
        structured_remote=present({key: flag(offer.get(key)) for key in ("remote", "hybrid", "on_site")}),
        structured_salary=_salary(mapping(offer.get("salary"))),
        published=text(offer.get("published_at")) or offer.get("created_at"),
        updated=offer.get("updated_at"),
        expires=offer.get("close_at"),
        tags=[offer.get("category_code"), offer.get("experience_code"), *listed(offer.get("tags"))],
    )


def _address(offer: Mapping[str, Any]) -> list[str | None]:
    """The line of the page, and the country where that line is silent on it ("Remote job")."""
    line, country = text(offer.get("location")) or joined(offer, _ADDRESS), text(offer.get("country"))
    return [line, None if line and country and country in line else country]


def _place(place: Mapping[str, Any]) -> str | None:
    """The employer's name of a place, or its address where the name is blank."""
    return text(place.get("name")) or joined(place, ("city", "state", "country"))


def _salary(salary: Mapping[str, Any]) -> dict[str, Any] | None:
    """Currency and period only say something beside a figure."""
    return {"salary": present(salary)} if amount(salary.get("min")) or amount(salary.get("max")) else None
