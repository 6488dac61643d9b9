"""One night, from the plan to the report. Read this file to see the way of a posting.

plan shards into the ledger (``flows.plan``, ``storage.ledger``) -> crawl (``flows.crawl``: here, or by the workers of a pool,
``flows.pool``), where each board is parsed, labelled and stored as soon as it is read (``flows.boards``) -> settle what failed
(``flows.settling``) -> summary, report, notices (``flows.ending``). Half a night is kept.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

from prefect import flow, tags
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner

from flows.batches import Batches, over_cores
from flows.bench import Bench
from flows.crawl import SHARDS_AT_ONCE, work_off
from flows.ending import end_night, tell_broken
from flows.engine import engine
from flows.plan import chosen, put_off, require_contact, require_keys, shards
from flows.pool import PoolWork, crawl_by_pool, pool_of
from flows.reconciling import data_tag, set_left_right
from flows.request import NightlyRequest, Report
from flows.settling import settle
from flows.sources import Night, open_night
from flows.stopping import stop_on_signals
from flows.summary import source_name, summarise
from pipeline.config import SourceConfig
from pipeline.crawling import BoardResult
from pipeline.runs import Progress, RunSummary
from pipeline.shard_work import ShardWork, source_id_of
from storage import ledger
from storage.leases import this_process
from storage.ledger import NewShard, Worker
from storage.run import CRAWL, NIGHTLY
from storage.store import Store
from storage.working import Working, open_working

__all__ = ["NightlyRequest", "nightly", "run_nightly"]


@dataclass
class _Work:
    """What the steps of one night share."""

    request: NightlyRequest
    night: Night
    sources: tuple[SourceConfig, ...]
    working: Working
    report: Report
    run_id: str
    stop: threading.Event
    batches: Batches
    pool: PoolWork | None
    """Whose workers crawl; None crawls here."""
    read: set[tuple[str, str]] = field(default_factory=set)
    """Boards that progress was told of; one that is asked again counts once."""

    @property
    def store(self) -> Store:
        return self.working.store


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
    try:
        return _run(request, report)
    except Exception as error:
        for sentence in tell_broken(request, error):
            report(Progress("note", text=sentence))
        raise


def _run(request: NightlyRequest, report: Report) -> RunSummary:
    stop = threading.Event()
    with ExitStack() as stack:
        night = stack.enter_context(open_night(request))
        sources = chosen(night.sources, request.only)
        require_contact(sources, request.config)
        require_keys(sources, os.environ)
        pool = pool_of(request)
        opened = open_working(
            request.database_url, request.data_dir, request.dataset, request.now,
            lease_seconds=request.config.crawler.lease_seconds, on_lost=stop.set,
        )  # fmt: skip
        working = stack.enter_context(opened)
        if working.took_over:
            report(Progress("note", text=working.took_over))
        swept = working.store.sweep()
        run_id = working.store.begin_run(night.now.date(), night.now, CRAWL if request.only else NIGHTLY)
        if swept.files:
            report(Progress("start", text=f"removed files that are not part of the data set: {swept.files}"))
        report(Progress("start", text=f"run {run_id}, {len(sources)} sources, starting the engine"))
        batches = stack.enter_context(over_cores(tell=lambda text: report(Progress("note", text=text))))
        token = _WORK.set(_Work(request, night, sources, working, report, run_id, stop, batches, pool))
        try:
            with engine(request.data_dir), tags("rolecall", "nightly", data_tag(request.database_url)):
                return nightly()
        finally:
            _WORK.reset(token)


def _flow_run_name() -> str:
    work = _WORK.get()
    return f"night {work.run_id}, {len(work.sources)} sources"


@flow(
    name="nightly", flow_run_name=_flow_run_name, task_runner=ThreadPoolTaskRunner(max_workers=SHARDS_AT_ONCE),  # type: ignore[arg-type]
)  # fmt: skip
def nightly() -> RunSummary:
    """Plan, crawl, settle, tell; Prefect sees one task a shard's attempt, and no address, password or posting."""
    work = _WORK.get()
    began = time.monotonic()
    bench = _bench(work)
    _set_right(work)
    with stop_on_signals(work.stop):
        skipped = _plan(work)
        if work.pool is None:
            work_off(bench)
        else:
            crawl_by_pool(bench, work.pool, work.report, len(work.sources))
    if work.pool is not None:
        bench.seconds_by_phase = {"crawl": time.monotonic() - began}  # the workers' own phases are theirs
    work.working.require()
    rows = settle(work.store, work.run_id, work.sources, skipped)
    summary = summarise(work.run_id, work.night, rows, work.store, work.stop.is_set(), began, bench.seconds_by_phase)
    return end_night(work.request, work.night.searches, work.store, summary, work.report)


def _plan(work: _Work) -> Sequence[BoardResult]:
    """Write the boards that are due into the ledger, as shards; gives those that are not due yet."""
    skipped, due = [], []
    for source in work.sources:
        resting = put_off(source, work.store.last_complete(source.platform, source.board), work.night.now)
        if resting:
            skipped.append(resting)
        else:
            due.append(source)
    config, planned = work.request.config, []
    companies = {source.source_id: source.company for source in due}
    for shard in shards(due, config):
        of_shard = {name: companies[name] for name in map(source_id_of, shard.sources)}
        order = ShardWork(shard.host, config.crawler.contact, shard.sources, of_shard, config.technologies)
        planned.append(NewShard(shard.shard_id, shard.lane, order.to_json()))
    with work.store.engine.begin() as connection:
        ledger.plan(connection, work.run_id, planned)
    return skipped


def _bench(work: _Work) -> Bench:
    def told(result: BoardResult) -> None:
        work.read.add((result.platform, result.board))
        work.report(Progress("crawl", len(work.read), len(work.sources), f"{source_name(result)} {result.status}"))

    is_shared = work.pool is not None
    place = None if is_shared else work.working.place  # workers may stand in the same folder
    lease_seconds = work.request.config.crawler.lease_seconds
    worker = Worker(this_process(), lease_seconds, flow_run.id, place)
    return Bench(work.store, work.run_id, work.night.now, worker, work.stop, told, is_shared, work.batches)


def _set_right(work: _Work) -> None:
    """Runs that killed nights left in Prefect's books; ours and the one that began it are alive."""
    alive = [UUID(str(id_)) for id_ in (flow_run.id, flow_run.parent_flow_run_id) if id_]
    left = set_left_right(data_tag(work.request.database_url), alive)
    if left:
        which = "1 run of a killed night is" if left == 1 else f"{left} runs of killed nights are"
        work.report(Progress("note", text=f"{which} marked as crashed in Prefect"))
