"""Jobicy's feed (github.com/Jobicy/remote-jobs-api).

Every job is remote; ``jobGeo`` says for whom ("APAC,  EMEA", "Anywhere"). Names hold entities (``Product &amp; Operations``).
The terms ask that applying goes through Jobicy's own page, so there is no other address.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, figure, many, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``jobs``."""
    job = mapping(raw.payload)
    geo, industries = _name(job.get("jobGeo")), [_name(one) for one in many(job.get("jobIndustry"))]
    return build_posting(
        raw,
        company,
        title=_name(job.get("jobTitle")),
        description_html=block(job.get("jobDescription")) or block(job.get("jobExcerpt")),
        company_name=_name(job.get("companyName")),
        locations=(geo or "").split(","),
        apply_url=raw.url,
        department=next(filter(None, industries), None),
        employment_type=", ".join(filter(None, (_name(one) for one in many(job.get("jobType"))))),
        structured_remote=present({"jobGeo": geo}),
        structured_salary=_salary(job),
        published=job.get("pubDate"),
        tags=[_name(job.get("jobLevel")), *industries],
    )


def _name(value: Any) -> str | None:
    found = text(value)
    return text(unescape(found)) if found else None


def _salary(job: Mapping[str, Any]) -> dict[str, Any] | None:
    """Currency and period only say something beside a figure; figures are numbers or, in older answers, texts."""
    figures = present({key: _figure(job.get(key)) for key in ("salaryMin", "salaryMax")})
    return figures and {**figures, **(present({key: text(job.get(key)) for key in ("salaryCurrency", "salaryPeriod")}) or {})}


def _figure(value: Any) -> int | float | str | None:
    if isinstance(value, str):
        return value.strip() if value.strip(" 0.,") else None
    return figure(value)
