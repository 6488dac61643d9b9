"""Working Nomads' feed (www.workingnomads.com/api/exposed_jobs/): remote jobs, tags as one text with commas, never pay."""

from __future__ import annotations

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, mapping, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of the answer."""
    job = mapping(raw.payload)
    return build_posting(
        raw,
        company,
        title=job.get("title"),
        description_html=block(job.get("description")),
        company_name=job.get("company_name"),
        locations=[job.get("location")],
        apply_url=job.get("url"),
        department=job.get("category_name"),
        published=job.get("pub_date"),
        tags=(text(job.get("tags")) or "").split(","),
    )
