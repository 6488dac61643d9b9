"""Remote OK's feed (remoteok.com/api).

A salary of 0 is none. Texts are UTF-8 that was decoded once too often (``donâ\x80\x99t``). Each description ends in a sentence that
names a word and a tag made of the reader's own network address; it changes with every reader, so it goes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import block, figure, listed, mapping, present, text
from pipeline.records import CompanyFacts, Posting, RawPosting

_DECODED_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]{1,3}")
_CONTROLS = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]{0,2}[\u0080-\u009f]")
_READERS_TAG = re.compile(
    r"(?:<br\s*/?>|\s)*Please mention the word \**\w+\** and tag [\w+/=-]+ when applying to show you read the job post completely"
    r"[^<]*(?:<br\s*/?>|\s)*(?:This is a beta feature[^<]*)?",
    re.IGNORECASE,
)


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one element of the answer."""
    job = _mended(mapping(raw.payload))
    description = block(job.get("description"))
    place = text(job.get("location"))
    return build_posting(
        raw,
        company,
        title=job.get("position"),
        description_html=without_readers_tag(description) if description else None,
        company_name=job.get("company"),
        locations=[place.strip(" ,") if place else None],
        apply_url=job.get("apply_url"),
        structured_salary=present({key: figure(job.get(key)) for key in ("salary_min", "salary_max")}),
        published=text(job.get("date")) or job.get("epoch"),
        tags=listed(job.get("tags")),
    )


def without_readers_tag(description: str) -> str:
    """The description without the sentence that holds the reader's network address."""
    return _READERS_TAG.sub("", description)


def _mended(job: Mapping[str, Any]) -> Mapping[str, Any]:
    """The posting with its texts decoded as they should have been, where control characters in one of them show what happened."""
    if not any(isinstance(value, str) and _CONTROLS.search(value) for value in job.values()):
        return job
    return {key: _DECODED_TWICE.sub(_decoded, value) if isinstance(value, str) else value for key, value in job.items()}


def _decoded(match: re.Match[str]) -> str:
    try:
        return match.group().encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
