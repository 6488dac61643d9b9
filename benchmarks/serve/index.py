"""The index alone: loading it, answering random filters, the rows of a page.

usage: python -m benchmarks.serve.index [POSTINGS] [FOLDER]

POSTINGS is 300,000 where it is not given. FOLDER keeps the generated database for the next time. *Cold* is the first time that
filters are asked for, *warm* the second; both are asked one after another, in one thread. On a machine that is busy otherwise, CPU
time says more than the clock. Exits with 1 where a bar is missed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from statistics import median, quantiles

from benchmarks.serve.asked import filters
from benchmarks.serve.filling import served
from benchmarks.serve.machine import load_average, machine, resident_mb
from benchmarks.storage.figure import Figure
from pipeline.filters import Filters, parse_filters
from storage.facet_index.index import FacetIndex
from storage.queries.jobs import rows_of
from storage.store import Store

POSTINGS, ASKED, PAGE = 300_000, 500, 50
_LEAST_BARRED = 100_000
"""With fewer postings the bars are those of a small store."""


def main(postings: int, folder: Path | None) -> int:
    """Print every figure beside its bar; gives the exit code."""
    place = nullcontext(str(folder)) if folder else tempfile.TemporaryDirectory(prefix="rolecall-benchmark-")
    with place as name, served(Path(name), postings) as store:
        told = measure(store, most_load_seconds=10 if postings >= _LEAST_BARRED else 0.5)
    print(f"{postings:,} postings; {machine()}; load {load_average():.1f}")
    for line in told:
        print(line)
    return 0 if all(line.is_met for line in told) else 1


def measure(store: Store, most_load_seconds: float) -> list[Figure]:
    """Loading, cold and warm answers, rows."""
    before, began, cpu = resident_mb(), time.perf_counter(), time.process_time()
    index = FacetIndex.load(store)
    told = [
        Figure("loading the index", time.perf_counter() - began, "s", most=most_load_seconds),
        Figure("loading the index: CPU", time.process_time() - cpu, "s"),
        Figure("resident memory that it adds, once loaded", resident_mb() - before, "MB", most=400),
    ]
    draw = random.Random(300)
    asked = [parse_filters(filters(draw)) for _ in range(ASKED)]
    told += _answers("cold", index, store, asked)
    told += _answers("warm", index, store, asked)
    pages = [index.answer(store, one, 0, PAGE).posting_ids for one in asked[:100]]
    told += _spent(f"rows of a page of {PAGE}", [lambda page=page: rows_of(store, page) for page in pages if len(page) == PAGE], 15)
    return [*told, *_spent("is it stale", [lambda: index.is_stale(store)] * 50)]


def _answers(kind: str, index: FacetIndex, store: Store, asked: list[Filters]) -> list[Figure]:
    return _spent(f"{ASKED} random filters, {kind}", [lambda one=one: index.answer(store, one, 0, PAGE) for one in asked])


def _spent(name: str, pieces: list[Callable[[], object]], most_cpu_ms: float | None = None) -> list[Figure]:
    """Milliseconds of some pieces of work, by the clock and of CPU."""
    clock, cpu = [], []
    for work in pieces:
        began, used = time.perf_counter(), time.thread_time()
        work()
        cpu.append((time.thread_time() - used) * 1000)
        clock.append((time.perf_counter() - began) * 1000)
    return [
        Figure(f"{name}: median", median(clock), "ms"),
        Figure(f"{name}: 99th percentile", quantiles(clock, n=100)[98], "ms"),
        Figure(f"{name}: CPU, median", median(cpu), "ms", most=most_cpu_ms),
        Figure(f"{name}: CPU, 99th percentile", quantiles(cpu, n=100)[98], "ms"),
    ]


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0].replace(",", "")) if words else POSTINGS, Path(words[1]) if len(words) > 1 else None))
