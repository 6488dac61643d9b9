"""Jobs of Workable's widget (apply.workable.com).

``telecommuting`` is the only word on the place of work. A place may be ``hidden``: the page does not show it, and neither do we.
``city`` and ``state`` are blank where a whole country is meant. ``created_at`` may lie years before ``published_on`` (reposts).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, flag, joined, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``jobs``."""
    job = mapping(raw.payload)
    return build_posting(
        raw,
        company,
        title=job.get("title"),
        description_html=block(job.get("description")),
        company_name=job.get("company"),
        locations=_places(job),
        apply_url=job.get("application_url"),
        department=job.get("department"),
        employment_type=job.get("employment_type"),
        structured_remote=present({"telecommuting": flag(job.get("telecommuting"))}),
        published=text(job.get("published_on")) or job.get("created_at"),
        requisition_id=job.get("code"),
        tags=[job.get(key) for key in ("function", "industry", "experience", "education")],
    )


def _places(job: Mapping[str, Any]) -> list[str | None]:
    """The places that are shown; the job's own address where it lists none."""
    places = [mapping(place) for place in listed(job.get("locations"))]
    if not places:
        return [joined(job, ("city", "state", "country"))]
    return [joined(place, ("city", "region", "country")) for place in places if place.get("hidden") is not True]
