"""We Work Remotely's feed (weworkremotely.com/remote-jobs.rss): the title is "Company: Role"; ``region`` says who may apply."""

from __future__ import annotations

from pipeline.feed_fields import words
from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting
from pipeline.text import unescape_once


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one item."""
    item = mapping(raw.payload)
    employer, colon, role = (text(item.get("title")) or "").partition(": ")
    description, regions = block(item.get("description")), words(item.get("region"))
    return build_posting(
        raw,
        company,
        title=role if colon and role.strip() else employer,
        description_html=unescape_once(description) if description else None,
        company_name=employer if colon else None,
        locations=[*regions, *words(item.get("state")), *words(item.get("country"))],
        apply_url=raw.url,
        department=next(iter(words(item.get("category"))), None),
        employment_type=item.get("type"),
        structured_remote=present({"regions": regions}),
        published=item.get("pubDate"),
        expires=item.get("expires_at"),
        tags=[skill for one in words(item.get("skills")) for skill in one.split(",")],
    )
