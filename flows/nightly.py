"""One night, from the plan to the summary. Read this file to see the way of a posting.

plan shards -> crawl (``flows.crawl``, a process a shard) -> parse and label (``flows.classify``) -> commit (``storage.store``)
-> summary (``flows.summary``). A board is committed as soon as its shard has ended, so that half a night is kept.
"""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from prefect import flow
from prefect.task_runners import ThreadPoolTaskRunner

from flows.classify import label_board
from flows.crawl import crawl, orders_for
from flows.engine import engine
from flows.plan import chosen, put_off, require_contact, require_keys, shards
from flows.request import NightlyRequest, Report
from flows.shards import read_postings
from flows.sources import Night, open_night
from flows.stopping import stop_on_signals
from flows.summary import save_summary, source_name, source_row, summarise
from pipeline.config import SourceConfig
from pipeline.crawling import BoardResult
from pipeline.records import CompanyFacts
from pipeline.runs import Progress, RunSummary, SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind
from storage.lock import run_lock
from storage.store import Store

SHARDS_AT_ONCE = 2

__all__ = ["NightlyRequest", "nightly", "run_nightly"]


@dataclass
class _Work:
    """What the steps of one night share."""

    request: NightlyRequest
    night: Night
    sources: tuple[SourceConfig, ...]
    store: Store
    report: Report
    run_id: str
    stop: threading.Event = field(default_factory=threading.Event)
    rows: dict[tuple[str, str], SourceRow] = field(default_factory=dict)
    seconds_by_phase: dict[str, float] = field(default_factory=lambda: {"crawl": 0.0, "label": 0.0, "store": 0.0})

    @property
    def run_dir(self) -> Path:
        return self.request.data_dir / "runs" / self.run_id

    @property
    def boards_dir(self) -> Path:
        """Where the shards leave what they read."""
        return self.run_dir / "boards"

    @cached_property
    def companies(self) -> Mapping[tuple[str, str], CompanyFacts]:
        return {(source.platform, source.board): source.company for source in self.sources}


_WORK: ContextVar[_Work] = ContextVar("rolecall_night")
"""The flow takes no parameters, since Prefect stores those: a database address may hold a password."""


def run_nightly(request: NightlyRequest, report: Report) -> RunSummary:
    """Run one night and say what it gave.

    Args:
        request: the work order.
        report: told of each step, from several threads.

    Raises:
        UsageError: nothing to crawl, an unknown source, no contact address.
        RunLocked: another run works on the same data.
        DatasetError: the data set cannot be reached; said before anything is crawled.
    """
    with ExitStack() as stack:
        night = stack.enter_context(open_night(request))
        sources = chosen(night.sources, request.only)
        require_contact(sources, request.config)
        require_keys(sources, os.environ)
        stack.enter_context(run_lock(request.data_dir, request.now))
        store = stack.enter_context(Store.open(request.database_url, request.data_dir, create=True, dataset=request.dataset))
        swept = store.sweep()
        run_id = store.begin_run(night.now.date(), night.now)
        token = _WORK.set(_Work(request, night, sources, store, report, run_id))
        try:
            if swept.files:
                report(Progress("start", text=f"removed files that are not part of the data set: {swept.files}"))
            report(Progress("start", text=f"run {run_id}, {len(sources)} sources, starting the engine"))
            with engine(request.data_dir):
                return nightly()
        finally:
            _WORK.reset(token)


@flow(name="nightly", task_runner=ThreadPoolTaskRunner(max_workers=SHARDS_AT_ONCE))  # type: ignore[arg-type]
def nightly() -> RunSummary:
    """Crawl, label, commit and summarise; Prefect sees one task a shard and no address, password or posting."""
    work = _WORK.get()
    began = time.monotonic()
    with stop_on_signals(work.stop):
        failed = [result for result in _crawl(work) if not _commit_read(work, result)]
        _commit_failed(work, failed)
    interrupted = work.stop.is_set()
    summary = summarise(work.run_id, work.night, tuple(work.rows.values()), work.store, interrupted, began, work.seconds_by_phase)
    save_summary(summary, work.run_dir)
    work.store.finish_run(work.run_id, summary.to_json())
    for read in work.boards_dir.glob("*.jsonl"):  # stands in the data set now
        read.unlink()
    return summary


def _crawl(work: _Work) -> Iterator[BoardResult]:
    """Each board's result, as soon as its shard has ended; boards that are not due yet come first."""
    due = []
    for source in work.sources:
        skipped = put_off(source, work.store.last_complete(source.platform, source.board), work.night.now)
        if skipped:
            yield skipped
        else:
            due.append(source)
    validators = {source.source_id: work.store.validators(source.platform, source.board) for source in due}
    planned = shards(due, work.request.config, validators)
    hosts_dir = work.request.data_dir / "hosts"
    orders = orders_for(planned, work.night.now, work.request.config.crawler.contact, work.boards_dir, hosts_dir)
    told = itertools.count(1)

    def tell(result: BoardResult) -> None:
        work.report(Progress("crawl", next(told), len(due), f"{source_name(result)} {result.status}"))

    began = time.monotonic()
    for results in crawl(orders, work.stop, tell):
        work.seconds_by_phase["crawl"] = time.monotonic() - began
        yield from results


def _commit_read(work: _Work, result: BoardResult) -> bool:
    """Label and store a board that was read, note one that was put off; False for a board that failed."""
    if result.status is BoardStatus.FAILED:
        return False
    if result.status is BoardStatus.SKIPPED:
        work.rows[result.platform, result.board] = source_row(result)
        return True
    began = time.monotonic()
    company = work.companies[result.platform, result.board]
    known = work.store.known_hashes(result.platform, result.board)
    board = label_board(read_postings(work.boards_dir, result), company, known, work.request.config.technologies)
    labelled = time.monotonic()
    change = work.store.commit_board(work.run_id, result, board.seen, board.labelled, board.raws, company)
    work.seconds_by_phase["label"] += labelled - began
    work.seconds_by_phase["store"] += time.monotonic() - labelled
    work.rows[result.platform, result.board] = source_row(result, change, board.unreadable, board.fill)
    work.report(Progress("label", len(work.rows), len(work.sources), source_name(result)))
    return True


def _commit_failed(work: _Work, failed: Sequence[BoardResult]) -> None:
    """Put failures on record, so that boards go stale in time.

    A night in which nothing could be read says more of us than of the boards (no network), and a board that was not reached before
    a stop has not failed: neither is held against them.
    """
    nothing_read = not work.rows
    for result in failed:
        key = result.platform, result.board
        if nothing_read or result.failure is FailureKind.INTERRUPTED:
            work.rows[key] = source_row(result)
        else:
            change = work.store.commit_board(work.run_id, result, {}, (), (), work.companies[key])
            work.rows[key] = source_row(result, change)
