"""The site under load, on loopback: 20 readers, each asking for a random filtered page with facets every two seconds.

usage: python -m benchmarks.serve [POSTINGS] [FOLDER] [SECONDS]

POSTINGS is 300,000 and SECONDS 60 where they are not given. FOLDER keeps the generated database for the next time. The server is
``rolecall serve`` in a process of its own; readers and server share the machine. Exits with 1 where a bar is missed.
"""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median, quantiles

import httpx

from benchmarks.serve.filling import served
from benchmarks.serve.machine import cpu_seconds, load_average, machine, resident_mb
from benchmarks.serve.readers import FOR_SECONDS, READERS, Read, read_all
from benchmarks.storage.figure import Figure

POSTINGS = 300_000
MOST_MEDIAN_MS, MOST_P99_MS, MOST_PAGE_KB = 100, 400, 100
_ROOT = Path(__file__).parents[2]
_START_SECONDS = 180
_WARM_SECONDS = 4.0
"""Before the measured minute: a server that has just started has loaded none of its templates."""


def main(postings: int, folder: Path | None, seconds: float) -> int:
    """Print every figure beside its bar; gives the exit code."""
    with nullcontext(str(folder)) if folder else tempfile.TemporaryDirectory(prefix="rolecall-benchmark-") as name:
        with served(Path(name), postings) as store:
            data = store.data_dir
        with serving(data) as (base, pid, started_seconds):
            told = [Figure("from the command to the first page", started_seconds, "s"), *first_page(base)]
            read_all(base, _WARM_SECONDS)
            told += under_load(base, pid, seconds)
    print(f"{postings:,} postings, {READERS} readers for {seconds:g} s; {machine()}; load {load_average():.1f}")
    for line in told:
        print(line)
    return 0 if all(line.is_met for line in told) else 1


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, int, float]]:
    """A running server over a data folder: its address, its process, and the seconds until it gave its first page."""
    port = _free_port()
    command = [sys.executable, "-P", "-m", "rolecall", "--data", str(data), "serve", "--port", str(port)]
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=data, env={**os.environ, "PYTHONPATH": str(_ROOT)}) as process:
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(base, process)
            yield base, process.pid, time.perf_counter() - began
        finally:
            process.terminate()


def first_page(base: str) -> list[Figure]:
    """Size of the page at ``/``, as it is and packed."""
    plain = httpx.get(base, headers={"Accept-Encoding": "identity"}, timeout=_START_SECONDS).raise_for_status()
    with httpx.stream("GET", base, headers={"Accept-Encoding": "gzip"}) as answer:
        sent = sum(len(part) for part in answer.iter_raw())
    packed = len(gzip.compress(plain.content))
    return [
        Figure("first page", len(plain.content) / 1000, "KB", most=MOST_PAGE_KB),
        Figure("first page, gzip", packed / 1000, "KB"),
        Figure("first page, as sent to a browser", sent / 1000, "KB"),
    ]


def under_load(base: str, pid: int, seconds: float) -> list[Figure]:
    """What readers wait, and what the server uses meanwhile."""
    before = cpu_seconds(pid)
    reads = read_all(base, seconds)
    used = cpu_seconds(pid) - before
    spent = sorted(read.milliseconds for read in reads)
    centiles = quantiles(spent, n=100)
    return [
        Figure("pages read", len(reads), "pages"),
        Figure("pages that were no 200", _failed(reads), "pages", most=0),
        Figure("a page: median", median(spent), "ms", most=MOST_MEDIAN_MS),
        Figure("a page: 95th percentile", centiles[94], "ms"),
        Figure("a page: 99th percentile", centiles[98], "ms", most=MOST_P99_MS),
        Figure("a page, as sent: median", median(read.sent_bytes for read in reads) / 1000, "KB"),
        Figure("server: CPU a page", used / len(reads) * 1000, "ms"),
        Figure("server: share of a core", used / seconds * 100, "%"),
        Figure("server: resident memory", resident_mb(pid), "MB"),
        Figure("server: resident memory, peak", resident_mb(pid, peak=True), "MB"),
    ]


def _failed(reads: list[Read]) -> int:
    failed = Counter(read.status for read in reads if read.status != httpx.codes.OK)
    for status, number in failed.items():
        example = next(read.address for read in reads if read.status == status)
        print(f"{number} answers of status {status}, as for {example}", file=sys.stderr)
    return failed.total()


def _wait_for(base: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers.

    Raises:
        RuntimeError: it ended, or did not answer in time.
    """
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            httpx.get(base, timeout=_START_SECONDS).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not answer at {base} (exit code {process.poll()})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(
        main(
            int(words[0].replace(",", "")) if words else POSTINGS,
            Path(words[1]) if len(words) > 1 else None,
            float(words[2]) if len(words) > 2 else FOR_SECONDS,
        )
    )
