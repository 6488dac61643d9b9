"""The notice of new matches: which saved search, how many jobs, and the ten that moved last, each with its source's credit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.figures import class_in_words, pay, plural
from pipeline.notices import Notice, clean, head
from pipeline.vocabulary import NoticeKind

_MOST_TITLE, _MOST_NAME, _MOST_ADDRESS, _MOST_LINE = 120, 100, 300, 700
"""Characters."""


def match_notice(
    search: Mapping[str, str],
    jobs: Iterable[Mapping[str, Any]],
    counts: Mapping[str, int],
    events: tuple[int, int],
    night: date,
    run_id: str,
) -> Notice:
    """The notice of a search's new matches for one target.

    Args:
        search: ``id``, ``title``, and ``page`` where it has one.
        jobs: rows of ``storage.queries.jobs.rows``, those to be named.
        counts: ``count`` of all new matches, ``left_out`` of those that terms keep from feeds.
        events: the last event that was told before, and the last that this tells of.
        night: date of the night.
        run_id: its run.
    """
    named = [_job(row) for row in jobs]
    matching = f"{plural(counts['count'], 'new job')} {'matches' if counts['count'] == 1 else 'match'}"
    title = clean(f"Rolecall {night.isoformat()}: {matching} {search['title']}", _MOST_TITLE)
    lines = [f"{matching} {clean(search['title'], _MOST_NAME)}:", *(f"- {_line(job)}" for job in named)]
    if counts["count"] > len(named):
        lines.append(f"- and {counts['count'] - len(named)} more")
    if counts["left_out"]:
        lines.append(f"{plural(counts['left_out'], 'job')} left out: the terms of the source keep such out of notices.")
    page = search.get("page")
    lines.append(f"All that match: {page or 'rolecall jobs list --search ' + search['id']}")
    kinds = (NoticeKind.MATCHES,)
    value = {
        **head(kinds, title, lines, run_id, night, _MOST_LINE),
        "search": {"id": search["id"], "title": clean(search["title"], _MOST_NAME), "page": page},
        **counts,
        "jobs": named,
        "after_event": events[0],
        "until_event": events[1],
    }
    return Notice(kinds, title, value["text"], value)


def _job(row: Mapping[str, Any]) -> dict[str, Any]:
    money = pay(row["pay_min"], row["pay_max"], row["pay_currency"], row["pay_period"]) if row["pay_period"] else None
    return {
        "job_id": row["job_id"],
        "title": clean(row["title"], _MOST_NAME),
        "company": clean(row["company"], _MOST_NAME) if row["company"] else None,
        "remote_class": row["remote_class"],
        "arrangement": row["arrangement"],
        "pay": money,
        "url": clean(row["url"], _MOST_ADDRESS),
        "credit": clean(row["attribution"], _MOST_NAME),
    }


def _line(job: Mapping[str, Any]) -> str:
    called = ", ".join(filter(None, [job["title"], job["company"]]))
    said = "; ".join(filter(None, [class_in_words(job["remote_class"], job["arrangement"]), job["pay"]]))
    return f"{called} ({said}): {job['url']} ({job['credit']})"
