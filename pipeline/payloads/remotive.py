"""Remotive's feed (github.com/remotive-io/remote-jobs-api).

Every job is remote; ``candidate_required_location`` says for whom. The salary is free text ("$31,2k- $52k", "Pay per task"), the
date has no zone. There is no address to apply at but the posting's own, which the terms ask to link to.
"""

from __future__ import annotations

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``jobs``."""
    job = mapping(raw.payload)
    place = text(job.get("candidate_required_location"))
    return build_posting(
        raw,
        company,
        title=job.get("title"),
        description_html=block(job.get("description")),
        company_name=job.get("company_name"),
        locations=[place],
        department=job.get("category"),
        employment_type=job.get("job_type"),
        structured_remote=present({"candidate_required_location": place}),
        structured_salary=present({"salary": text(job.get("salary"))}),
        published=job.get("publication_date"),
        tags=listed(job.get("tags")),
    )
