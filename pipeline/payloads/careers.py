"""Postings of careers pages: ``posting`` (a schema.org JobPosting), ``job`` (Phenom), ``page`` (what the page's structure says)
and ``row`` (what the list said of it), of which one or several are there. The first that says a thing is believed.

``page`` and ``row`` hold short texts as the page has them: ``fields`` with label and value, ``lead`` without labels; a row's
``text`` is the beginning of the posting's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from pipeline.folding import fold_name
from pipeline.page_labels import fact_of, fact_of_hint, is_employment, is_place, is_workplace
from pipeline.payloads.common import build_posting
from pipeline.payloads.fields import amount, block, joined, listed, mapping, present, text
from pipeline.payloads.jsonld import said_by
from pipeline.records import CompanyFacts, Posting, RawPosting

_FLAGS = {"yes": True, "true": True, "si": True, "ja": True, "oui": True, "sim": True, "no": False, "false": False, "nein": False}
_OF_A_SITE = ("careers", "jobs", "career site", "karriere")
"""What a site's name ends in that is no part of the employer's."""


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of all that its page and its list say."""
    payload = mapping(raw.payload)
    row = mapping(payload.get("row"))
    said = [
        said_by(mapping(payload.get("posting"))),
        _job(mapping(payload.get("job"))),
        _page(mapping(payload.get("page"))),
        said_by(mapping(row.get("posting"))),
        _job(mapping(row.get("job"))),
        _row(row),
    ]
    merged = {name: next((one[name] for one in said if one.get(name)), None) for name in said[0]}
    return build_posting(raw, company, apply_url=_first(one.get("apply_url") for one in said), **{**merged, **_lists(merged)})


def _lists(merged: Mapping[str, Any]) -> dict[str, Any]:
    return {name: merged[name] or [] for name in ("locations", "tags")}


def _job(job: Mapping[str, Any]) -> dict[str, Any]:
    """A job of Phenom's; on a list only the beginning of its text is there."""
    place = text(job.get("location")) or text(job.get("cityStateCountry")) or joined(job, ("city", "state", "country"))
    more = (text(mapping(one).get("location")) or text(one) for one in listed(job.get("multi_location")))
    return {
        "title": job.get("title"),
        "description_html": block(job.get("description")) or block(job.get("descriptionTeaser")),
        "company_name": job.get("companyName"),
        "locations": [one for one in (place, *more) if one],
        "department": text(job.get("department")) or text(job.get("category")),
        "employment_type": job.get("type"),
        "structured_remote": present({key: job.get(key) for key in ("workplaceType", "remote", "isRemote", "jobLocationType")}),
        "structured_salary": present({key: amount(job.get(key)) for key in ("salary", "salaryRange", "payRange")}),
        "published": text(job.get("postedDate")) or text(job.get("dateCreated")),
        "requisition_id": text(job.get("reqId")) or text(job.get("jobId")),
        "apply_url": job.get("applyUrl"),
    }


def _page(page: Mapping[str, Any]) -> dict[str, Any]:
    """What the structure of a page says."""
    html, summary = block(page.get("html")) or "", text(page.get("summary")) or ""
    said = _short_texts(page)
    return {
        **said,
        "title": page.get("title"),
        # iCIMS shows its text to a frame alone, and holds it in the summary of the page around
        "description_html": (html if len(html) >= len(summary) else escape(summary)) or None,
        "company_name": said["company_name"] or _employer(text(page.get("site"))),
        "published": said["published"] or page.get("published"),
    }


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    beginning = text(row.get("text"))
    return {**_short_texts(row), "title": row.get("title"), "description_html": escape(beginning) if beginning else None}


def _short_texts(source: Mapping[str, Any]) -> dict[str, Any]:
    """Labels with their values, each kind's first; where no label says it, the texts that speak for themselves."""
    values: dict[str, list[str]] = {}
    for one in map(mapping, listed(source.get("fields"))):
        label, value = text(one.get("label")), text(one.get("value"))
        fact = (fact_of(label) or fact_of_hint(label)) if label else None
        if fact and value:
            values.setdefault(fact, []).append(value)
    lead = [line for one in listed(source.get("lead")) if (line := text(one))]
    workplace = _first(values.get("workplace", ())) or _first(filter(is_workplace, lead))
    pay = _first(value for value in values.get("pay", ()) if amount(value))
    return {
        "company_name": _first(values.get("company", ())),
        "locations": _places(values.get("place", ())) or list(filter(is_place, lead))[:1],
        "department": _first(values.get("department", ())),
        "employment_type": _first(values.get("employment", ())) or _first(filter(is_employment, lead)),
        "structured_remote": _workplace(workplace),
        "structured_salary": {"salary": pay} if pay else None,
        "published": _first(values.get("published", ())),
        "expires": _first(values.get("expires", ())),
        "requisition_id": _first(values.get("requisition", ())),
        "tags": values.get("industry", []),
    }


def _places(values: Iterable[str]) -> list[str]:
    """Places without the brackets that a page sets around them; what another one holds already is left out."""
    places = [value.strip("() .") if value.startswith("(") and value.endswith(")") else value.strip(" .") for value in values]
    return [one for at, one in enumerate(places) if one and not any(one in other for other in (*places[:at],))]


def _workplace(value: str | None) -> dict[str, Any] | None:
    """An arrangement in the page's words; "Remote: yes" is a flag."""
    if value is None:
        return None
    flag = _FLAGS.get(fold_name(value))
    return {"workplace": value} if flag is None else {"remote": flag}


def _employer(site: str | None) -> str | None:
    """The employer's name in a site's: "Osprey Careers"."""
    if site is None:
        return None
    end = next((word for word in _OF_A_SITE if site.lower().endswith(f" {word}")), "")
    return site[: len(site) - len(end)].strip(" -|–") or None


def _first(values: Iterable[Any] | Iterator[Any]) -> Any:
    return next((value for value in values if value), None)
