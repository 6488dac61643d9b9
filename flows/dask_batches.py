"""Batches on a Dask cluster: a Prefect flow with a task a batch, run by prefect-dask (the extra ``dask``).

Dask does a task again when its worker dies, also one that was done already; so the tasks are pure, and whatever is written is
written by the process that asked. ``flows.engine.prepare`` runs in here before Prefect is imported.
"""

from __future__ import annotations

import math
import os
import pickle
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http import HTTPStatus
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.request import urlopen

from flows.batches import LOOK_AHEAD, Batches, Given, Made
from flows.engine import engine, prepare
from pipeline.errors import RolecallError, UsageError

if TYPE_CHECKING:
    from prefect import Task
    from prefect_dask.task_runners import DaskTaskRunner

Result = TypeVar("Result")
_WORK: ContextVar[Callable[[], Any]] = ContextVar("rolecall_on_dask")

MOST_TASKS = 180
"""Task runs of a replay; Prefect takes 7 to 17 ms for each and keeps its pages quick under 200."""
_LEAST_ROWS = 500
_LOCAL = re.compile(r"local:([1-9]\d{0,2})")
_ADDRESS = re.compile(r"(tcp|tls|ucx|ws|wss)://\S+:\d+")
_CONNECT_SECONDS = 15


class DaskError(RolecallError):
    """The cluster cannot be reached, has no workers, or has lost the same batch too often."""


def on_dask(cluster: str, data_dir: Path, work: Callable[[Batches], Result]) -> Result:
    """Do a piece of work whose batches go to a Dask cluster.

    Args:
        cluster: the scheduler's address, as in ``tcp://scheduler:8786``, or ``local:3`` for one with three workers on this machine.
        data_dir: folder of the engine's own files.
        work: what to do, in this process; it is given the batches.

    Raises:
        UsageError: the address is none, or prefect-dask is not installed.
        DaskError: no scheduler answers there, it has no workers, they do not reach Prefect's server, or they died again and again
            over the same batch.
        EngineError: Prefect's server does not start.
    """
    _require(cluster)
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "warning")  # it tells of every connection otherwise; read on import
    prepare(data_dir)
    from prefect import flow
    from prefect.cache_policies import NO_CACHE
    from prefect.states import Failed
    from prefect.tasks import task

    runner, workers = _runner(cluster)
    label = task(name="label batch", task_run_name="batch {place}", cache_policy=NO_CACHE, persist_result=False)(_labelled)
    reclassify = flow(name="reclassify", task_runner=runner, persist_result=False)(_flow)  # type: ignore[arg-type]
    made: list[Result] = []
    refused: list[RolecallError] = []

    def held() -> Any:
        try:
            made.append(work(_OnDask(label, workers)))
        except RolecallError as error:  # a sentence for a person, which Prefect would print with its traceback
            refused.append(error)
            return Failed(message=str(error))

    token = _WORK.set(held)
    try:
        with engine(data_dir):
            if runner.address:
                _require_reach(runner.address)
            state: Any = reclassify(return_state=True)
    finally:
        _WORK.reset(token)
    for error in refused:
        raise error
    if not made:
        state.result()  # raises what nobody foresaw
    return made[0]


def _flow() -> Any:
    """The flow; it goes to the workers with each task, so it holds nothing."""
    return _WORK.get()()


def _require(cluster: str) -> None:
    if not _LOCAL.fullmatch(cluster) and not _ADDRESS.fullmatch(cluster):
        raise UsageError(f"--dask: '{cluster}' must be a scheduler's address, as in tcp://scheduler:8786, or local:3")
    if find_spec("prefect_dask") is None:
        raise UsageError("--dask needs prefect-dask, which is not installed; add it with `.venv/bin/pip install prefect-dask`")


def _runner(cluster: str) -> tuple[DaskTaskRunner, int]:
    """The task runner, and how many tasks the cluster works on at once."""
    from prefect_dask.task_runners import DaskTaskRunner

    local = _LOCAL.fullmatch(cluster)
    if local:
        count = int(local[1])
        # one thread each: labelling holds Python's lock
        wanted = {"n_workers": count, "threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
        return DaskTaskRunner(cluster_kwargs=wanted), count
    return DaskTaskRunner(address=cluster), _threads(cluster)


def _threads(address: str) -> int:
    with _client(address) as client:
        workers = client.scheduler_info(n_workers=-1)["workers"].values()
    threads: int = sum(worker["nthreads"] for worker in workers)
    if not threads:
        raise DaskError(f"the Dask scheduler at {address} has no workers; `dask worker {address} --nthreads 1` starts one")
    return threads


def _require_reach(address: str) -> None:
    """Prefect's part of a task fails on a worker that does not reach the server; the one that we bring is on loopback."""
    from prefect.settings import PREFECT_API_URL

    url = PREFECT_API_URL.value()
    with _client(address) as client:
        reached: dict[str, bool] = client.run(reaches, f"{url}/health")
    for worker, is_reached in reached.items():
        if not is_reached:
            raise DaskError(
                f"the Dask worker {worker} does not reach Prefect at {url}; set PREFECT_API_URL to a server that it reaches"
            )


@contextmanager
def _client(address: str) -> Iterator[Any]:
    from distributed import Client

    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise DaskError(f"no Dask scheduler answers at {address}; `dask scheduler` starts one") from error
    with client:
        yield client


def reaches(url: str) -> bool:
    """Whether a server answers at a web address; asked of each worker."""
    try:
        with urlopen(url, timeout=_CONNECT_SECONDS) as response:  # noqa: S310 - Prefect's server, as this user has set it
            return bool(response.status == HTTPStatus.OK)
    except OSError:
        return False


class _OnDask:
    """Batches as tasks of the flow that is running."""

    least = 1

    def __init__(self, label: Task[[bytes, int], bytes], workers: int) -> None:
        self._label = label
        self._workers = workers

    def rows(self, total: int) -> int:
        return max(_LEAST_ROWS, math.ceil(total / MOST_TASKS))

    def map(self, work: Callable[[Given], Made], batches: Iterable[Given]) -> Iterator[Made]:
        coming, waiting, place = iter(batches), deque[Any](), 0
        try:
            while True:
                for batch in islice(coming, LOOK_AHEAD * self._workers - len(waiting)):
                    place += 1
                    # as bytes: Prefect would walk through every value of every posting to look for futures
                    waiting.append(self._label.submit(_packed((work, batch)), place))
                if not waiting:
                    return
                made = _result(waiting[0])
                waiting.popleft()
                yield _unpacked(made)
        finally:
            for future in waiting:
                future.wrapped_future.cancel()


def _result(future: Any) -> bytes:
    from distributed.scheduler import KilledWorker

    try:
        made: bytes = future.result()
    except KilledWorker as error:
        raise DaskError(
            "Dask workers died again and again over the same batch (too little memory?); their logs say more"
        ) from error
    return made


def _labelled(given: bytes, place: int) -> bytes:
    """What a worker does; ``place`` is the batch's number in Prefect's page."""
    work, batch = _unpacked(given)
    return _packed(work(batch))


def _packed(value: Any) -> bytes:
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def _unpacked(packed: bytes) -> Any:
    return pickle.loads(zlib.decompress(packed))  # noqa: S301 - from our own workers, who may run code of ours anyway
