"""Pages of Phenom's career sites: what they show is written into a script as ``phApp.ddo`` (as recorded pages have it).

A list has ``eagerLoadRefineSearch`` or ``refineSearch`` with ``data.jobs``, the beginnings of texts only; a posting's own page has
``jobDetail`` with ``data.job``. The address of a job's page, ``…/job/{jobSeqNo}``, is known from public addresses alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup

_DDO = re.compile(r"\bphApp\.ddo\s*=\s*")
_LISTS = ("eagerLoadRefineSearch", "refineSearch")
_PAGE = re.compile(r"/(?:search-results|c/[^/?]+|[^/?]*jobs)?/?(?:\?.*)?$")
_NOT_IN_A_SLUG = re.compile(r"[^A-Za-z0-9]+")


def data_of(soup: BeautifulSoup) -> Mapping[str, Any] | None:
    """The value of ``phApp.ddo``; None on any other page."""
    for script in soup.find_all("script"):
        text = script.string or ""
        match = _DDO.search(text)
        if match is None:
            continue
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, match.end())
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None
    return None


def jobs_of(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The jobs of a list."""
    for name in _LISTS:
        jobs = _inside(data, name, "data", "jobs")
        if isinstance(jobs, list):
            return [job for job in jobs if isinstance(job, dict)]
    return []


def job_of(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The job of a posting's own page."""
    job = _inside(data, "jobDetail", "data", "job")
    return job if isinstance(job, dict) else None


def address_of(job: Mapping[str, Any], list_address: str) -> str | None:
    """The address of a job's own page, beside that of the list; None for a job without a number."""
    number = job.get("jobSeqNo") or job.get("jobId")
    if not isinstance(number, str) or not number.strip():
        return None
    slug = _NOT_IN_A_SLUG.sub("-", str(job.get("title") or "")).strip("-")
    root = _PAGE.sub("", list_address)
    return urljoin(f"{root}/", f"job/{quote(number.strip(), safe='')}" + (f"/{quote(slug)}" if slug else ""))


def next_of(data: Mapping[str, Any], list_address: str) -> str | None:
    """The address of the next page of a list (``from`` counts jobs); None where all were shown."""
    shown, parts = len(jobs_of(data)), urlsplit(list_address)
    total = next((found for name in _LISTS if isinstance(found := _inside(data, name, "totalHits"), int)), 0)
    query = dict(parse_qsl(parts.query))
    begin = int(query["from"]) if query.get("from", "").isdigit() else 0
    if not shown or begin + shown >= total:
        return None
    return urlunsplit((*parts[:3], urlencode({**query, "from": begin + shown, "s": "1"}), ""))


def _inside(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
