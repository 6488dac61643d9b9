"""Himalayas' feed (himalayas.app/docs/data-dictionary).

Every job is remote. ``locationRestrictions`` are names of countries, objects with one by the documentation; an empty list means
worldwide. ``salaryPeriod`` is often absent, and hourly figures stand beside annual ones. Dates are seconds, milliseconds by the
documentation.
"""

from __future__ import annotations

from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, figure, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``jobs``."""
    job = mapping(raw.payload)
    places = [place for one in listed(job.get("locationRestrictions")) if (place := text(one) or text(mapping(one).get("name")))]
    zones = [zone for zone in listed(job.get("timezoneRestrictions")) if isinstance(zone, int | float | str)]
    parents = listed(job.get("parentCategories"))
    return build_posting(
        raw,
        company,
        title=job.get("title"),
        description_html=block(job.get("description")),
        company_name=job.get("companyName"),
        locations=places,
        apply_url=job.get("applicationLink"),
        department=next((name for one in parents if (name := text(one))), None),
        employment_type=job.get("employmentType"),
        structured_remote=present({"locationRestrictions": places, "timezoneRestrictions": zones}),
        structured_salary=_salary(job),
        published=job.get("pubDate"),
        expires=job.get("expiryDate"),
        tags=[*listed(job.get("seniority")), *listed(job.get("categories")), *parents],
    )


def _salary(job: Any) -> dict[str, Any] | None:
    """Currency and period only say something beside a figure."""
    figures = present({key: figure(job.get(key)) for key in ("minSalary", "maxSalary")})
    return figures and {**figures, **(present({key: text(job.get(key)) for key in ("currency", "salaryPeriod")}) or {})}
