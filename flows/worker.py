"""What a worker of a Prefect pool runs: shards of a night, taken from the ledger until none is left.

The worker's machine has the configuration for the address of the database, and the keys of platforms in its environment; what to
crawl, and how, stands in the ledger.
"""

from __future__ import annotations

import socket
import threading
import uuid
from datetime import datetime
from pathlib import Path

from prefect import flow, get_run_logger, runtime
from prefect.task_runners import ThreadPoolTaskRunner
from sqlalchemy import Connection

from flows.batches import over_cores
from flows.bench import Bench
from flows.configured import Configured
from flows.crawl import SHARDS_AT_ONCE, work_off
from flows.processes import stand_apart
from flows.stopping import stop_on_signals
from storage import leases
from storage import run as runs
from storage.clock import database_now
from storage.keeper import kept
from storage.ledger import Worker
from storage.store import Store

CRAWL_FLOW = "crawl"


def _flow_run_name() -> str:
    return f"crawl of {runtime.flow_run.parameters['run_id']} on {socket.gethostname()}"


@flow(
    name=CRAWL_FLOW, flow_run_name=_flow_run_name, task_runner=ThreadPoolTaskRunner(max_workers=SHARDS_AT_ONCE),  # type: ignore[arg-type]
    persist_result=False,
)  # fmt: skip
def crawl(run_id: str, config: str, lease_seconds: float = leases.LEASE_SECONDS) -> None:
    """Work off a night's shards.

    Args:
        run_id: the night's run.
        config: path of the configuration on the worker's machine.
        lease_seconds: how long this worker may be silent until its shards go to another.
    """
    stand_apart()
    where = Configured(Path(config))
    flow_run_id = str(runtime.flow_run.id)
    name = leases.this_process()
    stop, log = threading.Event(), get_run_logger()
    with (
        Store.open(where.database_url, where.data_dir, create=True, dataset=where.dataset) as store,
        over_cores(tell=log.warning) as batches,
        stop_on_signals(stop),
    ):
        with store.engine.connect() as connection:
            night = runs.load(connection, run_id)
        worker = Worker(name, lease_seconds, flow_run_id)
        bench = Bench(store, run_id, night.at, worker, stop, lambda result: None, is_shared=True, batches=batches)
        token = uuid.uuid4().hex
        with store.engine.begin() as connection:
            leases.take(connection, alive_name(flow_run_id), token, name, database_now(connection), lease_seconds)

        def renew(connection: Connection, now: datetime) -> bool:
            return leases.renew(connection, alive_name(flow_run_id), token, now, lease_seconds)

        try:
            with kept(store.engine, renew, lease_seconds, stop.set):
                work_off(bench)
        finally:
            with store.engine.begin() as connection:
                leases.release(connection, alive_name(flow_run_id), token)


def alive_name(flow_run_id: str) -> str:
    """Name of the lease by which a worker says that it is alive, also while every host is taken and it waits."""
    return f"worker:{flow_run_id}"
