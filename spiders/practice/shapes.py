"""A posting in each platform's own shape. Facts of the shapes: docs/reference/platforms.md."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.text import html_to_text
from spiders.practice.calendar import FIRST_NIGHT, thread_began, thread_opens
from spiders.practice.companies import COUNTRY_NAMES
from spiders.practice.drawing import number_of
from spiders.practice.world import Published

_STORY_ID = 46_000_000
_WORKPLACE = {"remote": "remote", "hybrid": "hybrid", "onsite": "on-site", "unstated": "unspecified"}
_ASHBY_WORKPLACE = {"remote": "Remote", "hybrid": "Hybrid", "onsite": "OnSite"}


def published_at(posting: Published) -> datetime:
    """When the employer published it: at some minute of the day before the night that first held it."""
    day = datetime.combine(FIRST_NIGHT, datetime.min.time(), tzinfo=UTC) + timedelta(days=posting.published_night - 2)
    return day + timedelta(minutes=number_of("minute", posting.external_id) % 1380)


def stories(opens: int) -> list[dict[str, Any]]:
    """The account's three threads of a month, the hiring thread in the middle; ``opens`` is the night that first finds them."""
    began = thread_began(opens)
    titles = ("Ask HN: Who wants to be hired?", "Ask HN: Who is hiring?", "Ask HN: Freelancer? Seeking freelancer?")
    return [
        {
            "objectID": str(_STORY_ID + 30_000 * opens + place),
            "title": f"{title} ({began:%B %Y})",
            "created_at_i": int(began.timestamp()) - place,
            "author": "whoishiring",
        }
        for place, title in enumerate(titles)
    ]


def field_arrangement(posting: Published) -> str:
    """The arrangement of the platform's own field; now and then the employer's text says otherwise, and the text is right."""
    remote = posting.written.remote
    arrangement = str(remote["arrangement"])
    if arrangement == "unstated" or not remote["evidence"] or number_of("field", posting.job) % 25:
        return arrangement
    return "onsite" if arrangement == "remote" else "remote"


def greenhouse(posting: Published) -> dict[str, Any]:
    """``content`` is escaped once more than HTML needs, as the real one is; pay sits in cents under ``pay_input_ranges``."""
    written, pay = posting.written, posting.written.pay.structured
    day = published_at(posting).isoformat()
    value: dict[str, Any] = {
        "absolute_url": posting.url,
        "internal_job_id": number_of("internal", posting.job) % 10**9,
        "location": {"name": written.location},
        "metadata": None,
        "id": int(posting.external_id),
        "updated_at": day,
        "requisition_id": f"R-{number_of('req', posting.job) % 10**5}",
        "title": written.title,
        "company_name": posting.company.name,
        "first_published": day,
        "content": html.escape(written.html),
        "departments": [{"id": 1, "name": written.department, "child_ids": [], "parent_id": None}],
        "offices": [{"id": 2, "name": posting.company.city, "location": posting.company.city, "child_ids": [], "parent_id": None}],
    }
    if pay and posting.external_id[-1] in "02468":
        low, high, currency = pay
        value["pay_input_ranges"] = [
            {"min_cents": low * 100, "max_cents": high * 100, "currency_type": currency, "title": "Salary range", "blurb": ""}
        ]
    return value


def lever(posting: Published) -> dict[str, Any]:
    written, pay = posting.written, posting.written.pay.structured
    head, found, rest = written.html.partition("<ul>")
    items, _, tail = rest.partition("</ul>")
    value: dict[str, Any] = {
        "id": posting.external_id,
        "text": written.title,
        "categories": {
            "commitment": "Internship" if written.level == "intern" else "Full-time",
            "location": written.location,
            "team": written.department,
            "allLocations": [written.location],
        },
        "country": posting.company.country,
        "createdAt": int(published_at(posting).timestamp() * 1000),
        "workplaceType": _WORKPLACE[field_arrangement(posting)] if posting.external_id[0] in "01234567" else "unspecified",
        "opening": "",
        "description": head,
        "descriptionPlain": html_to_text(head),
        "lists": [{"text": "Details", "content": items}] if found else [],
        "additional": tail,
        "additionalPlain": html_to_text(tail),
        "hostedUrl": posting.url,
        "applyUrl": posting.url + "/apply",
    }
    if pay:
        low, high, currency = pay
        value["salaryRange"] = {"min": low, "max": high, "currency": currency, "interval": "per-year-salary"}
    return value


def ashby(posting: Published) -> dict[str, Any]:
    """``isRemote`` may be true beside ``Hybrid``, as on the real platform: the workplace type is the one to believe."""
    written, pay = posting.written, posting.written.pay.structured
    arrangement = field_arrangement(posting)
    value: dict[str, Any] = {
        "id": posting.external_id,
        "title": " " + written.title,
        "department": written.department,
        "team": written.department,
        "employmentType": "Intern" if written.level == "intern" else "FullTime",
        "location": written.location,
        "secondaryLocations": [],
        "publishedAt": published_at(posting).isoformat(timespec="milliseconds"),
        "isListed": True,
        "isRemote": arrangement in ("remote", "hybrid") if arrangement != "unstated" else None,
        "workplaceType": _ASHBY_WORKPLACE.get(arrangement),
        "address": {"postalAddress": {"addressLocality": posting.company.city, "addressCountry": posting.company.country}},
        "jobUrl": posting.url,
        "applyUrl": posting.url + "/application",
        "descriptionHtml": written.html,
        "descriptionPlain": html_to_text(written.html),
        "shouldDisplayCompensationOnJobPostings": bool(pay),
        "compensation": {
            "compensationTierSummary": None,
            "scrapeableCompensationSalarySummary": None,
            "compensationTiers": [],
            "summaryComponents": [],
        },
    }
    if pay:
        low, high, currency = pay
        component = {
            "compensationType": "Salary",
            "interval": "1 YEAR",
            "currencyCode": currency,
            "minValue": low,
            "maxValue": high,
        }
        summary = f"{currency} {low // 1000}K – {high // 1000}K"
        value["compensation"] |= {
            "compensationTierSummary": summary,
            "compensationTiers": [
                {"id": "t", "tierSummary": summary, "title": None, "additionalInformation": None, "components": [component]}
            ],
        }
    return value


def remoteok(posting: Published) -> dict[str, Any]:
    """``salary_min`` and ``salary_max`` are 0 where nothing is stated."""
    written, pay = posting.written, posting.written.pay.structured
    moment = published_at(posting)
    in_dollars = pay is not None and pay[2] == "USD"
    return {
        "slug": f"remote-{posting.external_id}",
        "id": posting.external_id,
        "epoch": int(moment.timestamp()),
        "date": moment.isoformat(),
        "company": posting.company.name,
        "company_logo": "",
        "position": written.title,
        "tags": ["engineer", *(name.lower() for name in written.stack[:4])],
        "description": written.html,
        "location": written.location,
        "apply_url": posting.apply_url,
        "salary_min": pay[0] if pay and in_dollars else 0,
        "salary_max": pay[1] if pay and in_dollars else 0,
        "logo": "",
        "url": posting.url,
    }


def hn(posting: Published) -> dict[str, Any]:
    """A comment: one line of facts parted by bars, then paragraphs whose ``<p>`` is never closed."""
    written = posting.written
    body = [line for line in html_to_text(written.html).split("\n") if line]
    mode = {"remote": "REMOTE", "hybrid": "HYBRID", "onsite": "ONSITE"}.get(written.remote["arrangement"])
    head = " | ".join(
        part
        for part in (
            posting.company.name,
            written.title,
            written.location,
            mode,
            "Intern" if written.level == "intern" else "Full-time",
        )
        if part
    )
    text = "<p>".join(html.escape(part, quote=False).replace("/", "&#x2F;") for part in (head, *body))
    leads_away = posting.apply_url != posting.url
    form = html.escape(posting.apply_url if leads_away else f"https://{posting.company.host}/jobs").replace("/", "&#x2F;")
    text += f'<p><a href="{form}" rel="nofollow">{form}</a>' if leads_away else f"<p>{form}"
    moment = published_at(posting)
    story = stories(thread_opens(max(posting.published_night, 1)))[1]
    return {
        "objectID": posting.external_id,
        "author": f"user{number_of('author', posting.external_id) % 1000}",
        "comment_text": text,
        "created_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "created_at_i": int(moment.timestamp()),
        "parent_id": int(story["objectID"]),
        "story_id": int(story["objectID"]),
        "story_title": story["title"],
        "_tags": ["comment", f"author_user{number_of('author', posting.external_id) % 1000}", f"story_{story['objectID']}"],
    }


def jsonld(posting: Published) -> str:
    """A page whose JSON-LD is an object, a list or a graph, and now and then holds a raw line break inside a text."""
    written = posting.written
    value: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": written.title,
        "description": written.html,
        "identifier": {"@type": "PropertyValue", "name": posting.company.name, "value": posting.external_id},
        "datePosted": published_at(posting).date().isoformat(),
        "employmentType": "INTERN" if written.level == "intern" else "FULL_TIME",
        "url": posting.url,
        "hiringOrganization": {"@type": "Organization", "name": posting.company.name, "sameAs": f"https://{posting.company.host}"},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": posting.company.city,
                "addressCountry": posting.company.country,
            },
        },
    }
    if written.remote["arrangement"] == "remote":
        value["jobLocationType"] = "TELECOMMUTE"
        value["applicantLocationRequirements"] = {
            "@type": "Country",
            "name": COUNTRY_NAMES[posting.company.country].removeprefix("the "),
        }
    if written.pay.structured:
        low, high, currency = written.pay.structured
        amount = {"@type": "QuantitativeValue", "minValue": low, "maxValue": high, "unitText": "YEAR"}
        value["baseSalary"] = {"@type": "MonetaryAmount", "currency": currency, "value": amount}
    habit = number_of("page", posting.external_id) % 4
    wrapped: Any = {
        0: value,
        1: [value],
        2: {"@context": "https://schema.org/", "@graph": [{"@type": "WebSite"}, value]},
        3: value,
    }[habit]
    script = json.dumps(wrapped, ensure_ascii=False).replace("</", "<\\/")
    if habit == 3:
        script = script.replace("\\n", "\n")
    name = html.escape(written.title)
    return (
        f'<!doctype html><html lang="{written.language}"><head><meta charset="utf-8"><title>{name}</title>'
        f'<script type="application/ld+json">{script}</script></head>'
        f'<body><h1>{name}</h1><a href="/jobs">All jobs</a></body></html>'
    )


SHAPES: Mapping[str, Callable[[Published], dict[str, Any]]] = {
    "greenhouse": greenhouse, "lever": lever, "ashby": ashby, "remoteok": remoteok, "hn": hn,
}  # fmt: skip
