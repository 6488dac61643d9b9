"""Breezy HR positions (the careers site's ``/json``), with what the posting's page adds.

``is_remote`` is the word on the place of work: ``remote_details`` may say "Fully remote" beside a false one. ``salary`` is free
text ("$5.00 – $6.50 / hour"). The names of places leave the country out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.payloads import jsonld
from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import amount, block, flag, joined, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of the list; ``JobPosting`` is its page's JSON-LD."""
    position = mapping(raw.payload)
    page = mapping(position.get("JobPosting"))
    places = [mapping(one) for one in listed(position.get("locations"))]
    place = mapping(position.get("location")) or next(iter(places), {})
    kind = mapping(position.get("type"))
    return build_posting(
        raw,
        company,
        title=position.get("name"),
        description_html=block(position.get("description")) or block(page.get("description")),
        company_name=mapping(position.get("company")).get("name"),
        locations=map(_place, places or [place]),
        department=position.get("department"),
        employment_type=text(kind.get("name")) or kind.get("id"),
        structured_remote=_remote(place) or jsonld.place_of_work(page),
        structured_salary=present({"salary": amount(position.get("salary"))}) or jsonld.pay(page),
        published=text(position.get("published_date")) or page.get("datePosted"),
        expires=page.get("validThrough"),
        tags=[mapping(position.get(key)).get("name") for key in ("category", "experience", "education")],
    )


def _place(place: Mapping[str, Any]) -> str | None:
    """The place's name with its country behind it."""
    country = text(mapping(place.get("country")).get("name"))
    state = text(mapping(place.get("state")).get("name"))
    name = text(place.get("name")) or joined({"city": place.get("city"), "state": state}, ("city", "state"))
    return name if name and (not country or country in name) else joined({"name": name, "country": country}, ("name", "country"))


def _remote(place: Mapping[str, Any]) -> dict[str, Any] | None:
    """The flag, and how it is meant where it is true."""
    is_remote = flag(place.get("is_remote"))
    details = mapping(place.get("remote_details"))
    how = text(details.get("label")) or text(details.get("value"))
    return present({"is_remote": is_remote, "remote_details": how if is_remote else None})
