"""One job: its facts, why it has its label, where it was seen, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.terms import forbids
from rolecall.render import figures
from rolecall.render.jobs import employer
from rolecall.web import words
from rolecall.web.description import description_html
from rolecall.web.eligibility import eligibility
from rolecall.web.freshness import freshness
from rolecall.web.marks import Tone, legend_of, marks_of
from rolecall.web.pages.cards import Chip, Credit, chip_of, credit_of
from rolecall.web.quotes import quoted
from rolecall.web.shelf import SITE, Shown
from rolecall.web.words import day
from storage.exports.plain import web_address
from storage.queries.jobs import find
from storage.queries.reading import description_markup

_FIELDS = {"description_text": "description", "person": "a person's word"}
_NEEDS = ("required", "preferred", "mentioned")
_LONGEST_QUOTE = 600
_LONGEST_VALUE = 120


class NotShownError(LookupError):
    """The terms of the source keep the posting from sites."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that a label rests on."""

    quote: str
    signal: str
    where: str
    """``description``, ``title`` or the source's field."""
    marked_at: int | None
    """Number of the passage of the description that holds the words; None where they are not marked."""


@dataclass(frozen=True, slots=True)
class Band:
    """A pay band as stated, and made comparable."""

    stated: str
    kind: str
    zone: str
    comparable: str
    rate: str
    quote: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """A posting of the job."""

    source: str
    state: str
    seen: str
    url: str | None
    credit: Credit
    is_shown: bool
    """It is the one that this page shows."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to the job."""

    night: str
    kind: str
    moved: tuple[tuple[str, str, str], ...]
    """Field, old and new value."""


@dataclass(frozen=True, slots=True)
class JobPage:
    """A job in full."""

    job: Mapping[str, Any]
    """As ``rolecall jobs show --json`` gives it, less sightings that their source keeps from sites."""
    employer: str
    chip: Chip
    chances: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]
    signals: tuple[Reason, ...]
    conflicts: tuple[tuple[str, str], ...]
    """What was believed, and what was not."""
    arrangement: str
    bands: tuple[Band, ...]
    pay_notes: tuple[str, ...]
    pay: str
    """As on its card: stated, and comparable where that differs."""
    comparable: str
    places: str
    eligibility: tuple[str, ...]
    stack: tuple[tuple[str, tuple[str, ...]], ...]
    """Need, and the technologies of that need."""
    concepts: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    freshness: tuple[str, ...]
    sightings: tuple[Sighting, ...]
    timeline: tuple[Moment, ...]
    description: Markup
    legend: tuple[tuple[Tone, str], ...]
    """Tones of the marks that the description holds, and what each is called."""
    apply_url: str | None
    credit: Credit
    versions: str


def job_page(shown: Shown, id_: str) -> JobPage:
    """The page of a job.

    Args:
        shown: what is stored.
        id_: of the job or of one of its postings, or the beginning of one.

    Raises:
        UsageError: no job, or several, with such an id.
        NotShownError: its source keeps it from sites.
    """
    found = find(shown.store, id_)
    if forbids(found["platform"], SITE):
        raise NotShownError(found["platform"])
    job = {**found, "seen_on": [row for row in found["seen_on"] if not forbids(row["platform"], SITE)]}
    labels = job["labels"]
    marked = marks_of(labels, job["description_text"])
    return JobPage(
        job=job,
        employer=employer(job),
        chip=chip_of(job),
        chances=tuple((name, f"{chance:.0%}") for name, chance in sorted(labels["remote_probability"].items(), key=_falling)),
        reasons=_reasons(labels["evidence"], marked.found_at),
        signals=_reasons(labels.get("signal_evidence") or (), {}),
        conflicts=tuple((_said(one["believed"]), _said(one["refused"])) for one in labels["conflicts"]),
        arrangement=_arrangement(labels),
        bands=tuple(_band(band) for band in labels["pay_bands"]),
        pay_notes=_pay_notes(labels),
        pay=words.pay_of(job),
        comparable=words.comparable_pay(job),
        places=words.places_of(job),
        eligibility=eligibility(job, labels),
        stack=_stack(labels["tech_stack"]),
        concepts=tuple(item["name"] for item in labels["concepts"]),
        facts=_facts(job, labels),
        freshness=freshness(job, shown.night),
        sightings=tuple(_sighting(row, job) for row in job["seen_on"]),
        timeline=tuple(_moment(event) for event in reversed(job["events"])),
        description=description_html(description_markup(shown.store, job["posting_id"]), job["description_text"], marked.marks),
        legend=legend_of(marked.marks),
        apply_url=web_address(job["apply_url"]) or web_address(job["url"]),
        credit=credit_of(job),
        versions=", ".join(str(version) for version in labels["versions"].values()),
    )


def _falling(item: tuple[str, float]) -> float:
    return -item[1]


def _reasons(items: Sequence[Mapping[str, Any]], found_at: Mapping[int, int]) -> tuple[Reason, ...]:
    return tuple(
        Reason(
            item["quote"][:_LONGEST_QUOTE],
            str(item["signal"]).replace("_", " "),
            _where(item),
            found_at.get(number),
        )
        for number, item in enumerate(items, 1)
    )


def _where(item: Mapping[str, Any]) -> str:
    field = str(item["field"])
    return "a field of the source" if field.startswith("structured") else _FIELDS.get(field, field)


def _said(item: Mapping[str, Any]) -> str:
    return f"{quoted(item['quote'][:_LONGEST_QUOTE])} ({_where(item)})"


def _arrangement(labels: Mapping[str, Any]) -> str:
    words = {"onsite": "on-site", "unstated": "not stated"}.get(labels["arrangement"], labels["arrangement"])
    days = labels.get("office_days")
    return words if days is None else f"{words}, {days:g} office {'day' if days == 1 else 'days'} a week"


def _band(band: Mapping[str, Any]) -> Band:
    low, high = band.get("min_annual_usd"), band.get("max_annual_usd")
    is_comparable = low is not None or high is not None
    rate = f"at {band['usd_rate']:g} on {band['usd_rate_on']}" if band.get("usd_rate") and band["currency"] != "USD" else ""
    return Band(
        stated=words.dashed(figures.pay(band["min"], band["max"], band["currency"], band["period"])),
        kind=band["kind"],
        zone=band.get("zone") or "",
        comparable=words.dashed(figures.pay(low, high, "USD", "year")) if is_comparable else "",
        rate=rate,
        quote=" ".join(band["quote"].split())[:_LONGEST_QUOTE],
    )


def _pay_notes(labels: Mapping[str, Any]) -> tuple[str, ...]:
    policies = {
        "global": "The same pay wherever one lives.",
        "national": "Pay is set for one country.",
        "zoned": "Pay follows zones.",
        "location-dependent": "Pay depends on where one lives.",
    }
    notes = [policies[labels["pay_policy"]]] if labels.get("pay_policy") in policies else []
    return (*notes, *(["Equity is offered."] if labels.get("equity") else []))


def _stack(items: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    by_need = {need: tuple(item["name"] for item in items if item["need"] == need) for need in _NEEDS}
    return tuple((need, names) for need, names in by_need.items() if names)


def _facts(job: Mapping[str, Any], labels: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    years = labels.get("years_min")
    facts = (
        ("Level", "not stated" if labels["level"] == "unstated" else labels["level"]),
        ("Role", labels["role_family"].replace("-", " ").replace("ml ", "ML ")),
        ("Experience", f"from {years:g} {'year' if years == 1 else 'years'}" if years is not None else ""),
        ("Employment", job["employment_type"] or ""),
        ("Place named", job["location"] or ""),
        ("Industry", job["industry"] or ""),
        ("Stage", words.value_in_words("stage", job["stage"] or "")),
        ("Size", job["size"] or ""),
        ("Language", job["language"] or ""),
    )
    return tuple((name, value) for name, value in facts if value)


def _sighting(row: Mapping[str, Any], job: Mapping[str, Any]) -> Sighting:
    seen = f"{day(row['opened_at'])} to {day(row['last_seen_on'])}" if row["last_seen_on"] else f"from {day(row['opened_at'])}"
    state = row["state"] + (f" ({row['state_reason'].replace('_', ' ')})" if row["state_reason"] else "")
    is_shown = row["posting_id"] == job["posting_id"]
    return Sighting(
        words.source_name(row["platform"], row["board"]), state, seen, web_address(row["url"]), credit_of(row), is_shown
    )


def _moment(event: Mapping[str, Any]) -> Moment:
    fields = event.get("fields") or {}
    pairs = ((name, pair) for name, pair in fields.items() if isinstance(pair, list) and len(pair) == 2)
    moved = tuple((name, _short(old), _short(new)) for name, (old, new) in pairs)
    return Moment(day(event["night"]), event["kind"], moved)


def _short(value: Any) -> str:
    text = "nothing" if value in (None, "", []) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
