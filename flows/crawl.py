"""The crawl of a night: one Prefect task a shard, each a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, as_completed

from flows.plan import PlannedShard
from flows.shards import run_shard
from pipeline.crawling import BoardResult, ShardOrder

OnBoard = Callable[[BoardResult], None]


@task(name="crawl shard", task_run_name="crawl {shard_id}", cache_policy=NO_CACHE, persist_result=False)
def crawl_shard(shard_id: str, order: ShardOrder, stop: threading.Event, on_board: OnBoard) -> tuple[BoardResult, ...]:
    """Crawl the boards of one shard; a board's failure is in its result and never raises."""
    return run_shard(order, stop, on_board)


def crawl(
    orders: Sequence[tuple[PlannedShard, ShardOrder]], stop: threading.Event, on_board: OnBoard
) -> Iterator[tuple[BoardResult, ...]]:
    """Crawl shards side by side, those of one lane one after another; yields each shard's results as it ends."""
    last_of_lane: dict[str, PrefectFuture[Any]] = {}
    futures = []
    for planned, order in orders:
        before = last_of_lane.get(planned.lane)
        future: PrefectFuture[Any] = crawl_shard.submit(
            order.shard_id, order, stop, on_board, return_state=False, wait_for=[before] if before else None
        )
        last_of_lane[planned.lane] = future
        futures.append(future)
    for future in as_completed(futures):
        yield future.result()


def orders_for(
    planned: Sequence[PlannedShard], now: Any, contact: str | None, out_dir: Path, hosts_dir: Path
) -> tuple[tuple[PlannedShard, ShardOrder], ...]:
    """The orders that go to the shards' processes.

    Args:
        planned: tonight's shards.
        now: the night's clock, UTC.
        contact: address for the User-Agent.
        out_dir: the run's folder of boards.
        hosts_dir: where shards keep what they learn of hosts, over runs.
    """
    return tuple(
        (shard, ShardOrder(shard.shard_id, shard.host, now, contact, str(out_dir), shard.sources, str(hosts_dir)))
        for shard in planned
    )
