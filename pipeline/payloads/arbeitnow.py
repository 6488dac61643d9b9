"""Arbeitnow's feed (www.arbeitnow.com/blog/job-board-api): mostly German jobs, with a flag for remote ones, never pay."""

from __future__ import annotations

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, listed, mapping, present, texts
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``data``."""
    job = mapping(raw.payload)
    is_remote = job.get("remote")
    return build_posting(
        raw,
        company,
        title=job.get("title"),
        description_html=block(job.get("description")),
        company_name=job.get("company_name"),
        locations=[job.get("location")],
        employment_type=", ".join(texts(listed(job.get("job_types")))),
        structured_remote=present({"remote": is_remote if isinstance(is_remote, bool) else None}),
        published=job.get("created_at"),
        tags=listed(job.get("tags")),
    )
