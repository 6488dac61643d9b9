"""Adzuna's search (developer.adzuna.com/docs/search).

The text is the beginning of the employer's. ``salary_is_predicted`` says that the pay is Adzuna's guess. There is no currency: it
is the country's. Titles may hold tags around the words that were searched for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, figure, listed, mapping, present, text, texts
from pipeline.records import CompanyFacts, Posting, RawPosting
from pipeline.text import html_to_text


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``results``."""
    job = mapping(raw.payload)
    place = mapping(job.get("location"))
    category = mapping(job.get("category")).get("label")
    return build_posting(
        raw,
        company,
        title=html_to_text(text(job.get("title")) or ""),
        description_html=block(job.get("description")),
        company_name=mapping(job.get("company")).get("display_name"),
        locations=[", ".join(reversed(texts(listed(place.get("area"))))) or place.get("display_name")],
        apply_url=job.get("redirect_url"),
        department=category,
        employment_type=", ".join(texts((job.get("contract_time"), job.get("contract_type")))),
        structured_salary=_salary(job),
        published=job.get("created"),
        tags=[category],
    )


def _salary(job: Mapping[str, Any]) -> dict[str, Any] | None:
    figures = present({key: figure(job.get(key)) for key in ("salary_min", "salary_max")})
    return figures and {**figures, **(present({"salary_is_predicted": text(job.get("salary_is_predicted"))}) or {})}
