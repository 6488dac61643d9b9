"""A replay in one process, over the cores, and on a local Dask cluster of three workers, beside each other.

usage: python -m benchmarks.relabel [POSTINGS] [FOLDER]

POSTINGS is 300,000 where it is not given. FOLDER keeps the filled store for the next time; without it, it goes again. Every
posting's labels are those of an older version, so all of them are written anew. Wall time holds the start of the program, of the
workers and, with Dask, of Prefect's server; that share ("start") ends with the first batch, and postings a second are counted from
there. CPU is that of all processes, memory that of the largest one. The digests of the three stores must be the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.relabel_world import digest, fill

POSTINGS = 300_000
WAYS = {"one process": ("--workers", "1"), "over the cores": (), "Dask, three workers": ("--dask", "local:3")}


@dataclass(frozen=True, slots=True)
class Measured:
    """One replay."""

    seconds: float
    first_seconds: float
    """Until the first batch was written."""
    cpu_seconds: float
    """User and system, of all processes."""
    peak_bytes: int
    """Resident memory of the largest process."""


def replay(folder: Path, words: tuple[str, ...]) -> Measured:
    """Label a store again and measure."""
    command = [sys.executable, "-P", "-m", "rolecall", "--data", str(folder), "-v", "reclassify", *words]
    began, first = time.monotonic(), None
    with (folder / "stdout").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        lines = []
        for line in process.stderr:
            lines.append(line)
            if first is None and line.startswith("relabel "):
                first = time.monotonic() - began
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("".join(lines))
    return Measured(time.monotonic() - began, first or 0.0, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def main(postings: int, folder: Path | None) -> int:
    """Print the table; gives the exit code."""
    with nullcontext(str(folder)) if folder else tempfile.TemporaryDirectory(prefix="rolecall-benchmark-") as name:
        filled = Path(name) / f"relabel-{postings}"
        if not filled.exists():
            began = time.monotonic()
            filled.mkdir(parents=True)
            fill(filled, postings)
            print(f"filled with {postings:,} postings in {time.monotonic() - began:.0f} s")
        digests = set()
        titles = ("postings/s", "wall s", "start s", "CPU s", "CPU ms each", "MB")
        print(f"{os.cpu_count()} cores\n{'':20} " + " ".join(f"{title:>11}" for title in titles))
        for way, words in WAYS.items():
            store = Path(name) / "replayed"
            shutil.copytree(filled, store)
            told = replay(store, words)
            digests.add(digest(store))
            shutil.rmtree(store)
            speed = postings / max(told.seconds - told.first_seconds, 0.001)
            figures = (speed, told.seconds, told.first_seconds, told.cpu_seconds)
            each, peak = 1000 * told.cpu_seconds / postings, told.peak_bytes / 1e6
            print(f"{way:20} " + " ".join(f"{figure:11.1f}" for figure in (*figures, each, peak)), flush=True)
        print("the same labels" if len(digests) == 1 else "THE LABELS DIFFER")
    return 0 if len(digests) == 1 else 1


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0].replace(",", "")) if given else POSTINGS, Path(given[1]) if len(given) > 1 else None))
