"""The end of a night: its summary, its files, its page and artifacts, feeds, exports and site, the notices that go out, and what is
cleared away.

The night is stored before the first of these begins; what fails here is said and takes nothing away.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.artifacts import publish
from flows.clearing import clear
from flows.following import write_searches
from flows.match_telling import RunClock, tell_matches
from flows.notify import send
from flows.report import ReportError, write_report
from flows.request import NightlyRequest, Report
from flows.summary import save_summary
from pipeline.notices import Notice, broken_notice, night_notice
from pipeline.runs import Progress, RunSummary
from pipeline.search_config import SearchConfig
from storage.store import Store
from storage.summaries import histories_of

_NIGHTS_BACK = 14


def end_night(
    request: NightlyRequest, searches: Sequence[SearchConfig], store: Store, summary: RunSummary, report: Report
) -> RunSummary:
    """Keep the summary, write the run's files into the data set and those of saved searches, and tell of it.

    Called inside the running flow.

    Returns:
        The summary, with every file that was written.
    """
    run_dir = request.data_dir / "runs" / summary.run_id
    save_summary(summary, run_dir)
    store.finish_run(summary.run_id, summary.to_json())
    try:
        page = write_report(request.data_dir, summary.run_id)
        summary = replace(summary, wrote=(*summary.wrote, str(page)))
        save_summary(summary, run_dir)
    except ReportError as error:
        report(Progress("note", text=str(error)))
    folders = [str(request.data_dir / name) for name in ("feeds", "exports")] if searches else []
    for sentence in write_searches(request, searches, store, summary.started_at):
        report(Progress("note", text=sentence))
    summary = replace(summary, wrote=(*summary.wrote, *folders))
    save_summary(summary, run_dir)
    for sentence in _told(request, store, summary):
        report(Progress("note", text=sentence))
    clear(request.data_dir / "runs", summary.run_id)
    return summary


def _told(request: NightlyRequest, store: Store, summary: RunSummary) -> Iterator[str]:
    """Sentences of what could not be told."""
    lacking = publish(summary, histories_of(request.data_dir / "runs", summary, _NIGHTS_BACK))
    if lacking:
        yield lacking
    yield from notify(request, night_notice(summary))
    if not request.is_invented:
        yield from tell_matches(store, request.config, RunClock(summary.run_id, summary.started_at), os.environ)


def tell_broken(request: NightlyRequest, error: Exception) -> tuple[str, ...]:
    """Tell of a night that did not come to its end, or did not begin; gives a sentence for each who could not be told."""
    why = str(error) or type(error).__name__
    return notify(request, broken_notice(why, request.now.date(), None))


def notify(request: NightlyRequest, notice: Notice) -> tuple[str, ...]:
    """Tell those whom the configuration names; nobody hears of invented nights."""
    if request.is_invented:
        return ()
    return send(notice, request.config.notify, os.environ)
