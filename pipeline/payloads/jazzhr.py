"""JazzHR rows (the careers site's ``/apply/jobs``), with what the posting's page adds.

The page's labels tell more than its JSON-LD, which many postings lack ("Contracted to Full Time" is FULL_TIME there). Only JSON-LD
has a date and pay: the number in a row's id is when the record was made, which may be years before it was published.
"""

from __future__ import annotations

from pipeline.payloads import jsonld
from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, mapping, text
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one row; ``attributes`` are the labels of its page, ``JobPosting`` is the page's JSON-LD."""
    row = mapping(raw.payload)
    page, labels = mapping(row.get("JobPosting")), mapping(row.get("attributes"))
    return build_posting(
        raw,
        company,
        title=row.get("title"),
        description_html=block(row.get("description")) or block(page.get("description")),
        company_name=text(row.get("company")) or mapping(page.get("hiringOrganization")).get("name"),
        locations=[text(row.get("location")) or labels.get("Location")],
        department=text(row.get("department")) or labels.get("Department"),
        employment_type=text(labels.get("Type")) or page.get("employmentType"),
        structured_remote=jsonld.place_of_work(page),
        structured_salary=jsonld.pay(page),
        published=page.get("datePosted"),
        expires=page.get("validThrough"),
        tags=[labels.get("Experience")],
    )
