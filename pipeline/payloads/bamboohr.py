"""Job openings of BambooHR's careers sites: an entry of the list or of the widget, joined with its detail.

``locationType`` is a code (0 in an office, 1 remote, 2 hybrid, as the widget's labels of the same jobs show); ``isRemote`` is null
everywhere. ``location`` is an office of the employer's, ``atsLocation`` a place that was typed for the job; either may be all null.
``compensation`` is free text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import amount, block, flag, joined, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one job opening."""
    job = mapping(raw.payload)
    pay = text(job.get("compensation"))
    return build_posting(
        raw,
        company,
        title=job.get("jobOpeningName"),
        description_html=block(job.get("description")),
        locations=_places(job),
        department=job.get("departmentLabel"),
        employment_type=text(job.get("employmentStatusLabel")) or job.get("employmentType"),
        structured_remote=present({"locationType": text(job.get("locationType")), "isRemote": flag(job.get("isRemote"))}),
        structured_salary={"compensation": pay} if amount(pay) else None,
        published=job.get("datePosted"),
        tags=[job.get("minimumExperience")],
    )


def _places(job: Mapping[str, Any]) -> list[str | None]:
    """Office and typed place; the widget's label where neither says anything."""
    office, typed = mapping(job.get("location")), mapping(job.get("atsLocation"))
    places = [joined(office, ("city", "state", "addressCountry")), joined(typed, ("city", "state", "province", "country"))]
    return places if any(places) else [text(job.get("locationLabel"))]
