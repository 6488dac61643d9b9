"""How fresh a posting is, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rolecall.web.words import ago, day

_OLD_DAYS = 60
"""A posting that stands for longer is called old; half of all postings are gone by then."""
_REASONS: Mapping[str, str] = {
    "absent": "it was missing on two nights on which the whole board was read",
    "expired": "its closing date has passed",
    "aged_out": "the feed no longer shows it, and it is old",
    "board_emptied": "its board stood empty on three nights",
    "board_shrank": "its board shrank, and stayed so on three nights",
    "board_gone": "its board was not found on three nights",
    "stale": "its board could not be read for two weeks",
}


def freshness(job: Mapping[str, Any], night: date) -> tuple[str, ...]:
    """Sentences on a job, as ``storage.queries.jobs.find`` gives it, seen from a night."""
    told = [_state(job, night)]
    published, opened = job["published_on"], job["opened_at"]
    since = published or opened.date()
    days = (night - since).days
    if job["state"] == "open" and days > _OLD_DAYS:
        told.append(f"Posted {days} days ago: ask whether it is still wanted.")
    elif published:
        told.append(f"Posted {ago(published, night)} ({day(published)}), first found {ago(opened, night)}.")
    else:
        told.append(f"First found {ago(opened, night)} ({day(opened)}); the source gives no date.")
    returned = _count(job["events"], "reopened")
    if returned:
        told.append(f"Came back {_times(returned)} after it had been closed.")
    changed = _count(job["events"], "changed")
    if changed:
        told.append(f"Its text or fields changed {_times(changed)} since.")
    copies = len(job["seen_on"])
    if copies > 1:
        told.append(f"Seen as {copies} postings: the same job on several boards, or posted again.")
    if job["expires_on"] and job["state"] == "open":
        passed = job["expires_on"] < night
        told.append(f"Closing date {day(job['expires_on'])}" + (": passed, though the posting still stands." if passed else "."))
    return tuple(told)


def _state(job: Mapping[str, Any], night: date) -> str:
    seen = ago(job["last_seen_on"], night) if job["last_seen_on"] else "never since it was found"
    if job["state"] == "open":
        return f"Open: last seen {seen}."
    why = _REASONS.get(job["state_reason"] or "", "no reason is on record")
    if job["state"] == "closed":
        return f"Closed {ago(job['closed_at'], night)} ({day(job['closed_at'])}): {why}."
    return f"Not known whether it is still open: {why}; last seen {seen}."


def _count(events: Sequence[Mapping[str, Any]], kind: str) -> int:
    return sum(event["kind"] == kind for event in events)


def _times(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number} times"
