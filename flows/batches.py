"""Work on postings in batches: in this process, or over the cores; results come in the order of the batches.

What is mapped must be pure and at the top of a module, since it is done in another process, and done again where that process dies.
``flows.dask_batches`` does the same on a Dask cluster.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Any, Protocol, TypeVar

from pipeline.errors import RolecallError

Given = TypeVar("Given")
Made = TypeVar("Made")
Tell = Callable[[str], None]
"""Told of what was survived, in a sentence."""

LOOK_AHEAD = 2
"""Batches a worker that are on their way at most: the next one is there when the last one is done, and memory stays bounded."""
_ROWS_HERE, _ROWS_A_WORKER = 1_000, 200
_LEAST_COLD, _LEAST_WARM = 500, 32
"""Postings from which workers pay: each one's start (imports, automaton, models) was measured to cost as much as labelling 210, so
that two of them break even at 420; those that run already pay as soon as each has a batch."""


class WorkerDied(RolecallError):
    """Workers died twice over the same postings."""


class Batches(Protocol):
    """A way to work on batches."""

    def map(self, work: Callable[[Given], Made], batches: Iterable[Given]) -> Iterator[Made]:
        """What ``work`` makes of each batch, in order; batches are taken a few ahead. Closing the iterator gives the rest up."""
        ...

    def rows(self, total: int) -> int:
        """Rows that a batch should have where there are ``total`` of them."""
        ...

    @property
    def least(self) -> int:
        """Postings from which labels come sooner this way than in this process."""
        ...


@dataclass(frozen=True, slots=True)
class InThisProcess:
    """One batch after the other, here."""

    least: int = 1

    def map(self, work: Callable[[Given], Made], batches: Iterable[Given]) -> Iterator[Made]:
        return map(work, batches)

    def rows(self, total: int) -> int:
        return _ROWS_HERE


@dataclass(slots=True)
class _Sent:
    batch: Any
    future: Future[Any]
    is_again: bool = False


class OverCores:
    """Worker processes, started when they are first needed and kept until the end of ``over_cores``."""

    def __init__(self, workers: int, tell: Tell) -> None:
        self._workers = workers
        self._tell = tell
        self._pool: ProcessPoolExecutor | None = None

    @property
    def least(self) -> int:
        return _LEAST_COLD if self._pool is None else _LEAST_WARM

    def rows(self, total: int) -> int:
        return _ROWS_A_WORKER

    def map(self, work: Callable[[Given], Made], batches: Iterable[Given]) -> Iterator[Made]:
        """See ``Batches``.

        Raises:
            WorkerDied: a batch was on its way twice when a worker died.
        """
        coming, waiting = iter(batches), deque[_Sent]()
        try:
            while True:
                for batch in islice(coming, LOOK_AHEAD * self._workers - len(waiting)):
                    waiting.append(_Sent(batch, self._submit(work, batch)))
                if not waiting:
                    return
                try:
                    made = waiting[0].future.result()
                except BrokenProcessPool:
                    self._send_again(work, waiting)
                    continue
                waiting.popleft()
                yield made
        finally:
            for sent in waiting:
                sent.future.cancel()

    def close(self) -> None:
        """End the workers; batches on their way are finished first."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _submit(self, work: Callable[[Any], Any], batch: Any) -> Future[Any]:
        if self._pool is None:
            # spawn: a fork of a process with threads (Prefect's, Arrow's) may hang on a lock that nobody holds any more
            self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), _begin_worker)
        try:
            return self._pool.submit(work, batch)
        except BrokenProcessPool as error:
            failed: Future[Any] = Future()
            failed.set_exception(error)
            return failed

    def _send_again(self, work: Callable[[Any], Any], waiting: Iterable[_Sent]) -> None:
        """A dead worker takes the whole pool with it: a new pool does what was on its way, once."""
        self.close()
        lost = [sent for sent in waiting if not (sent.future.done() and sent.future.exception() is None)]
        if any(sent.is_again for sent in lost):
            raise WorkerDied(
                "worker processes died twice over the same postings (too little memory?); fewer workers need less: --workers 1"
            )
        self._tell("a worker process died; its postings are labelled again")
        for sent in lost:
            sent.future, sent.is_again = self._submit(work, sent.batch), True


@contextmanager
def over_cores(workers: int | None = None, tell: Tell = lambda _: None) -> Iterator[Batches]:
    """Batches over worker processes; in this one where there would be only one.

    Args:
        workers: None takes the cores that this process may use.
        tell: told of a worker that died.
    """
    count = workers or cores()
    if count == 1:
        yield InThisProcess()
        return
    pool = OverCores(count, tell)
    try:
        yield pool
    finally:
        pool.close()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin_worker() -> None:
    """Ctrl-C reaches a worker through its parent only, and a worker whose parent was killed ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
