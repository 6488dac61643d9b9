"""Who may hold a job, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.countries import country_name
from rolecall.web.words import places_of, utc

_MOST_COUNTRIES = 12


def eligibility(job: Mapping[str, Any], labels: Mapping[str, Any]) -> tuple[str, ...]:
    """Places, clock, papers and languages.

    Args:
        job: its row.
        labels: its verdicts, as ``pipeline.lines`` writes them.
    """
    told = labels.get("eligibility") or {}
    place = places_of({**job, "utc_min": None})
    sentences = [f"{place[:1].upper()}{place[1:]}." if place else "The posting does not say where one may live."]
    if job["utc_min"] is not None:
        overlap = f", {told['overlap_hours']:g} hours of overlap" if told.get("overlap_hours") else ""
        sentences.append(f"Clock: {utc(job['utc_min'])} to {utc(job['utc_max'])}{overlap}.")
    if job["visa_sponsorship"] != "unstated":
        sentences.append("A visa is sponsored." if job["visa_sponsorship"] == "yes" else "No visa is sponsored.")
    if told.get("work_authorisation"):
        names = ", ".join(country_name(code) for code in told["work_authorisation"][:_MOST_COUNTRIES])
        sentences.append(f"Permission to work in {names} is asked for.")
    if job["needs_clearance"]:
        sentences.append("A security clearance is asked for.")
    if job["languages"]:
        sentences.append(f"Languages asked for: {', '.join(job['languages'])}.")
    return tuple(sentences)
