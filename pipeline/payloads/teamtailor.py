"""Items of Teamtailor's JSON Feed with their twins from RSS (the careers site's ``/jobs.json`` and ``/jobs.rss``).

``_jobposting`` is a schema.org JobPosting, its figures of pay are texts, its currency may be blank. RSS names the places as the
employer calls them; a place called "United States - Remote" may carry the address of an office elsewhere. ``remoteStatus`` is none,
hybrid, temporary or fully.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, joined, listed, many, mapping, present, text
from pipeline.payloads.jsonld import identifier, pay, place_of_work
from pipeline.records import CompanyFacts, Posting, RawPosting

_ADDRESS = ("addressLocality", "addressRegion", "addressCountry")


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``items``."""
    item = mapping(raw.payload)
    posting, rss = mapping(item.get("_jobposting")), mapping(item.get("rss"))
    employer = text(rss.get("company_name")) or text(mapping(posting.get("hiringOrganization")).get("name"))
    return build_posting(
        raw,
        company,
        title=item.get("title"),
        description_html=block(item.get("content_html")) or block(posting.get("description")) or block(rss.get("description")),
        company_name=employer or mapping(posting.get("identifier")).get("name"),
        locations=[*_named_places(rss)] or [joined(address, _ADDRESS) for address in _addresses(posting)],
        department=rss.get("tt:department"),
        employment_type=", ".join(filter(None, map(text, many(posting.get("employmentType"))))),
        structured_remote=present({"remoteStatus": text(rss.get("remoteStatus")), **(place_of_work(posting) or {})}),
        structured_salary=pay(posting),
        published=text(item.get("date_published")) or text(posting.get("datePosted")) or rss.get("pubDate"),
        updated=item.get("date_modified"),
        expires=posting.get("validThrough"),
        requisition_id=identifier(posting),
        tags=[rss.get("tt:role"), *listed(item.get("tags"))],
    )


def _named_places(rss: Mapping[str, Any]) -> Iterator[str | None]:
    """The employer's name of each place and its address, where the name neither is in it nor denies it."""
    for place in map(mapping, many(mapping(rss.get("tt:locations")).get("tt:location"))):
        name, address = text(place.get("tt:name")), joined(place, ("tt:city", "tt:country"))
        if name and not (address and name.casefold() in address.casefold()):
            yield name
        if not name or "remote" not in name.casefold():
            yield address


def _addresses(posting: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (mapping(mapping(place).get("address")) for place in many(posting.get("jobLocation")))
