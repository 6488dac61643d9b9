"""Ashby job-board payloads (developers.ashbyhq.com/docs/public-job-posting-api).

``workplaceType`` beats ``isRemote``, which may be true for a hybrid job: both are kept as said. A title may begin with blanks, and
there is no company name. ``compensation`` comes with ``includeCompensation=true``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``jobs``."""
    job = mapping(raw.payload)
    is_remote = job.get("isRemote")
    return build_posting(
        raw,
        company,
        title=job.get("title"),
        description_html=block(job.get("descriptionHtml")),
        description_text=block(job.get("descriptionPlain")),
        locations=[_place(job), *(_place(mapping(second)) for second in listed(job.get("secondaryLocations")))],
        apply_url=job.get("applyUrl"),
        department=text(job.get("department")) or job.get("team"),
        employment_type=job.get("employmentType"),
        structured_remote=present(
            {"workplaceType": text(job.get("workplaceType")), "isRemote": is_remote if isinstance(is_remote, bool) else None}
        ),
        structured_salary=_salary(mapping(job.get("compensation"))),
        published=job.get("publishedAt"),
        updated=job.get("updatedAt"),
        tags=[job.get("team")],
    )


def _place(place: Mapping[str, Any]) -> str | None:
    """The place as the board words it, else its postal address."""
    address = mapping(mapping(place.get("address")).get("postalAddress"))
    parts = (text(address.get(part)) for part in ("addressLocality", "addressRegion", "addressCountry"))
    return text(place.get("location")) or ", ".join(part for part in parts if part) or None


def _salary(compensation: Mapping[str, Any]) -> dict[str, Any] | None:
    """The whole object, where any part of it says something (boards send it with nulls and empty lists)."""
    said = present(compensation)
    return {"compensation": said} if said else None
