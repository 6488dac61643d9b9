"""Workday postings (``/wday/cxs``), of the list or of their own answer.

``startDate`` is the day on which a posting went up; ``postedOn`` says the same in words that count back from the night ("Posted 8
Days Ago", "Posted 30+ Days Ago"). ``locationsText`` of the list may only count ("3 Locations"). Pay stands in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting

_PLACE = re.compile(r"/job/([^/]+)/[^/]+$")
_COUNTED = re.compile(r"\d+ Locations?$", re.IGNORECASE)


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``jobPostings``, joined with its own ``jobPostingInfo`` where that was read."""
    job = mapping(raw.payload)
    codes = listed(job.get("bulletFields"))
    return build_posting(
        raw,
        company,
        title=job.get("title"),
        description_html=block(job.get("jobDescription")),
        company_name=mapping(job.get("hiringOrganization")).get("name"),
        locations=_places(job),
        employment_type=job.get("timeType"),
        structured_remote=present({"remoteType": text(job.get("remoteType"))}),
        published=text(job.get("startDate")) or _posted(job),
        expires=job.get("endDate"),
        requisition_id=text(job.get("jobReqId")) or next(iter(codes), None),
    )


def _posted(job: Mapping[str, Any]) -> str | None:
    """The words on the posting's age; "30+ days" would be another day every night, so they name none."""
    posted = text(job.get("postedOn"))
    return None if posted and "+" in posted else posted


def _places(job: Mapping[str, Any]) -> list[Any]:
    """Every place of the posting's own answer and its country; what the list says where there is none."""
    places = [text(job.get("location")), *map(text, listed(job.get("additionalLocations")))]
    if any(places):
        return [*places, mapping(job.get("country")).get("descriptor")]
    line = text(job.get("locationsText"))
    return [_first_place(job) if line is None or _COUNTED.match(line) else line]


def _first_place(job: Mapping[str, Any]) -> str | None:
    """The place in the posting's path, the first of those that the list only counts: ``/job/Illinois---Chicago/…``."""
    found = _PLACE.match(text(job.get("externalPath")) or "")
    return text(unquote(found[1]).replace("---", " / ").replace("-", " ")) if found else None
