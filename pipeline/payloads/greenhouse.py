"""Greenhouse job-board payloads (developers.greenhouse.io/job-board.html).

``content`` is HTML escaped once, with entities that are escaped twice in it. There is no field for the place of work: some boards
keep one among their own ``metadata``. ``pay_input_ranges`` comes with ``pay_transparency=true``, in cents and without an interval.
"""

from __future__ import annotations

import re
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting
from pipeline.text import unescape_once

_PLACE_OF_WORK = re.compile(
    r"\bremote\b|\bhybrid\b|workplace|work (?:arrangement|location type|model|mode|setting)|location type", re.I
)
_EMPLOYMENT = re.compile(
    r"^(?:employment|worker|job|time|contract|position|requisition) ?type$|^employment status$|^commitment$", re.I
)


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of ``jobs``."""
    job = mapping(raw.payload)
    metadata = [(name, item.get("value")) for item in map(mapping, listed(job.get("metadata"))) if (name := text(item.get("name")))]
    content = block(job.get("content"))
    return build_posting(
        raw,
        company,
        title=job.get("title"),
        description_html=unescape_once(content) if content else None,
        company_name=job.get("company_name"),
        locations=_locations(job),
        apply_url=job.get("absolute_url"),
        department="; ".join(filter(None, (text(mapping(one).get("name")) for one in listed(job.get("departments"))))),
        employment_type=next((value for name, value in metadata if _EMPLOYMENT.search(name) and isinstance(value, str)), None),
        structured_remote=present({name: value for name, value in metadata if _PLACE_OF_WORK.search(name) and _is_plain(value)}),
        structured_salary=present({"pay_input_ranges": [one for one in listed(job.get("pay_input_ranges")) if mapping(one)]}),
        published=job.get("first_published"),
        updated=job.get("updated_at"),
        expires=job.get("application_deadline"),
        requisition_id=job.get("requisition_id"),
    )


def _locations(job: Any) -> list[Any]:
    """The posting's own place; the offices only where it has none (an office says where the team sits, not where the job is)."""
    own = text(mapping(job.get("location")).get("name"))
    if own:
        return [own]
    offices = [mapping(office) for office in listed(job.get("offices"))]
    return [office.get("location") or office.get("name") for office in offices]


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | bool) or (isinstance(value, list) and all(isinstance(item, str) for item in value))
