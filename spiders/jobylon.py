"""The list that Jobylon's widget shows: ``JBL.embed_v2['jobs'] = [{id: '…', url: '…'}]`` in a script (as a recorded page has it).

Its objects are no JSON: keys without quotes, texts in single quotes with ``\\u0027`` for their own, commas too many.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup

_LIST = re.compile(r"JBL\.embed_v2\[['\"]jobs['\"]\]\s*=\s*\[")
_PAIR = re.compile(r"^\s*(\w+):\s*'([^'\n]{0,2000})',?\s*$", re.MULTILINE)
_END = re.compile(r"^\s*\];\s*$", re.MULTILINE)
_SITE = "https://emp.jobylon.com"
_LABELS = {
    "locations_text": "location",
    "workspace": "workplace",
    "employment_type": "employment type",
    "company": "company",
    "published_date": "posted",
    "to_date": "closing date",
}
_LISTED = re.compile(r"\bdepartments:\s*\[\s*'([^'\n]{1,200})'")


def rows_of(soup: BeautifulSoup) -> list[dict[str, Any]]:
    """The rows of the widget: ``url``, ``title`` and ``fields``, as those of a list of links are."""
    texts = (script.string or "" for script in soup.find_all("script"))
    begun = next((text[match.end() :] for text in texts if (match := _LIST.search(text))), "")
    end = _END.search(begun)
    jobs = re.split(r"(?m)^\s*id:", begun[: end.start()] if end else begun)[1:]
    return [row for job in jobs if (row := _row(job))]


def _row(job: str) -> dict[str, Any] | None:
    said = {key: _plain(value) for key, value in _PAIR.findall(job)}
    if not said.get("url") or not said.get("title"):
        return None
    fields = [{"label": label, "value": said[key]} for key, label in _LABELS.items() if said.get(key)]
    if match := _LISTED.search(job):
        fields.append({"label": "department", "value": _plain(match[1])})
    return {"url": urljoin(_SITE, said["url"]), "title": said["title"], "fields": fields}


def _plain(text: str) -> str:
    r"""A text without its escapes (``\u002D``)."""
    try:
        return str(json.loads(f'"{text}"', strict=False)).strip()
    except ValueError:
        return text.strip()
