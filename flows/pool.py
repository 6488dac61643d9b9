"""The crawl of a night by the workers of a Prefect work pool: ask for crawls, watch the ledger, set right what Prefect gets wrong.

Workers take shards by themselves; a dead worker's shards go to the others when its lease ends. This process replaces crawls that
died or never began, and crawls itself when no worker does: a night ends even if every worker is gone.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun

from flows.bench import Bench
from flows.crawl import work_off
from flows.deployment import CRAWL_TAGS, put_up_crawl
from flows.plan import require_for_pool
from flows.reconciling import call_off, crash, data_tag, states
from flows.request import NightlyRequest, Report
from flows.worker import alive_name
from pipeline.runs import Progress
from storage import leases, ledger
from storage.clock import database_now
from storage.ledger import Standing
from storage.queries.board_results import count_stored

LOOK_SECONDS = 2.0
MOST_REPLACEMENTS = 5
"""Crawls that are asked for again in a night; more than that is no accident."""


@dataclass(frozen=True, slots=True)
class PoolWork:
    """How a night is crawled by a pool."""

    pool: str
    workers: int
    """Crawls at a time."""
    config: str
    """Path of the configuration, on the workers' machines."""
    tags: tuple[str, ...]
    lease_seconds: float = leases.LEASE_SECONDS
    begin_seconds: float = 300.0
    """Until then a crawl that was asked for must have begun; a loaded machine takes two minutes to start one."""


def pool_of(request: NightlyRequest) -> PoolWork | None:
    """By which pool a night is crawled; None where it is crawled here, as invented nights always are.

    Raises:
        UsageError: what a pool needs is missing.
    """
    crawler = request.config.crawler
    if crawler.pool is None or request.practice or request.payloads is not None:
        return None
    require_for_pool(request.config, request.database_url, os.environ)
    config = str((request.config_path or Path("rolecall.toml")).absolute())
    tags = (*CRAWL_TAGS, data_tag(request.database_url))
    return PoolWork(crawler.pool, crawler.workers, config, tags, crawler.lease_seconds)


@dataclass
class _Asked:
    """A crawl that was asked for."""

    at: float
    """Monotonic."""
    was_alive: bool = False


@dataclass
class _Watch:
    bench: Bench
    work: PoolWork
    client: SyncPrefectClient
    deployment_id: UUID
    report: Report
    total: int
    """Sources of the night."""
    told: int = 0
    """Of how many boards progress was told."""
    asked: dict[UUID, _Asked] = field(default_factory=dict)
    replaced: int = 0

    def ask(self) -> None:
        parameters = {"run_id": self.bench.run_id, "config": self.work.config, "lease_seconds": self.work.lease_seconds}
        run = self.client.create_flow_run_from_deployment(self.deployment_id, parameters=parameters, tags=list(self.work.tags))
        self.asked[run.id] = _Asked(time.monotonic())

    def look(self) -> Standing:
        """Mark crawls that died or never began, and ask for others in their place."""
        seen = states(self.client, self.asked)
        with self.bench.store.engine.connect() as connection:
            now = database_now(connection)
            standing = ledger.standing(connection, self.bench.run_id, now)
            alive = {id_: leases.holder(connection, alive_name(str(id_))) for id_ in self.asked}
        for id_, asked in list(self.asked.items()):
            run, holder = seen.get(id_), alive[id_]
            is_alive = holder is not None and holder.expires_at > now
            asked.was_alive = asked.was_alive or is_alive
            why = _why_dead(run, asked, holder, now, self.work.begin_seconds)
            if why is None and not (run is None or run.state is None or run.state.is_final()):
                continue
            del self.asked[id_]
            if why is not None:
                crash(self.client, id_, why)
                self.note(f"a crawl of the pool is gone: {why}")
            if not standing.is_over:
                self._replace()
        return standing

    def note(self, text: str) -> None:
        self.report(Progress("note", text=text))

    def tell_progress(self) -> None:
        """Say how many boards the workers have stored, where that is news."""
        stored = count_stored(self.bench.store, self.bench.run_id)
        if stored > self.told:
            self.told = stored
            self.report(Progress("crawl", stored, self.total, "by the workers of the pool"))

    def _replace(self) -> None:
        if self.replaced < MOST_REPLACEMENTS:
            self.replaced += 1
            self.ask()


def crawl_by_pool(bench: Bench, work: PoolWork, report: Report, total: int) -> None:
    """Have a planned run crawled by a pool; ends when the ledger says that nothing is left, or on a stop.

    To be called inside a flow whose task runner takes ``flows.crawl.SHARDS_AT_ONCE`` tasks at a time.

    Args:
        bench: of this process, which helps where no worker does.
        work: how.
        report: told of progress, and in a sentence of what went wrong.
        total: sources of the night.
    """
    with get_client(sync_client=True) as client:
        watch = _Watch(bench, work, client, put_up_crawl(client, work.pool), report, total)
        for _ in range(work.workers):
            watch.ask()
        began = time.monotonic()
        while not bench.stop.is_set():
            standing = watch.look()
            watch.tell_progress()
            if standing.is_over:
                break
            if not watch.asked or (time.monotonic() - began > work.begin_seconds and _nobody_alive(watch)):
                watch.note("no worker of the pool is at work; this process crawls what is left")
                work_off(bench)
                break
            bench.stop.wait(LOOK_SECONDS)
        _close(watch)


def _nobody_alive(watch: _Watch) -> bool:
    return not any(asked.was_alive for asked in watch.asked.values())


def _why_dead(run: FlowRun | None, asked: _Asked, holder: leases.Holder | None, now: datetime, begin_seconds: float) -> str | None:
    """Why a crawl counts as dead though Prefect does not say so; None for one that lives, waits or has ended."""
    if run is None or run.state is None or run.state.is_final():
        return None
    if holder is not None and holder.expires_at <= now:
        return f"its worker ({holder.owner}) has been silent since {holder.expires_at:%H:%M:%S} UTC at the latest"
    if not asked.was_alive and time.monotonic() - asked.at > begin_seconds:
        return f"it has not begun in {begin_seconds:g} s"
    return None


def _close(watch: _Watch) -> None:
    """Nothing is left to crawl: crawls end by themselves, the dead are known when their lease has ended, others never began."""
    deadline = time.monotonic() + watch.work.lease_seconds + LOOK_SECONDS
    with watch.bench.store.engine.begin() as connection:
        ledger.stop(connection, watch.bench.run_id)
    while watch.asked:
        for run in states(watch.client, watch.asked).values():
            if (run.state and run.state.is_scheduled()) or time.monotonic() > deadline:
                del watch.asked[run.id]
                call_off(watch.client, run.id, "the night is over")
        watch.look()
        time.sleep(LOOK_SECONDS / 4)
