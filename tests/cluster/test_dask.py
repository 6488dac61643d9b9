"""A replay on a Dask cluster of three worker processes, one of which is killed in the middle, against the replay of one process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from benchmarks.relabel_world import digest, fill
from tests.cluster.processes import Processes, wait_for

pytestmark = [pytest.mark.cluster, pytest.mark.slow, pytest.mark.timeout(1800)]

POSTINGS = int(os.environ.get("ROLECALL_CLUSTER_POSTINGS", "20000"))
WORKERS = 3
KILLED_AFTER = 2
"""Batches that are written before a worker is killed."""


def start_cluster(processes: Processes) -> tuple[str, dict[int, subprocess.Popen[bytes]]]:
    """A scheduler and its workers; gives the address and the workers by process id."""
    port, log = "0", processes.folder / "scheduler.log"
    processes.start("scheduler", "dask", "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")

    def address() -> str | None:
        lines = log.read_text().splitlines() if log.exists() else []
        return next((line.split()[-1] for line in lines if "Scheduler at:" in line), None)

    found = str(wait_for("scheduler", address))
    words = ("dask", "worker", found, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    workers = [processes.start(f"worker{number}", *words) for number in range(WORKERS)]
    wait_for("workers", lambda: log.read_text().count("Register worker") == WORKERS)
    return found, {worker.pid: worker for worker in workers}


def kill_a_busy_worker(address: str, workers: dict[int, subprocess.Popen[bytes]]) -> None:
    from distributed import Client

    with Client(address, set_as_default=False, timeout=60) as client:
        process_ids = client.run(os.getpid)
        busy = wait_for("busy worker", lambda: [worker for worker, tasks in client.processing().items() if tasks])
        workers[process_ids[busy[0]]].kill()


def replay(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-P", "-m", "rolecall", "--data", str(folder), "-v", "reclassify", *words]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_killed_worker_changes_nothing(processes: Processes, tmp_path: Path) -> None:
    filled, alone, together = tmp_path / "filled", tmp_path / "alone", tmp_path / "together"
    filled.mkdir()
    fill(filled, POSTINGS)
    before = digest(filled)
    for folder in (alone, together):
        shutil.copytree(filled, folder)

    single = processes.start("alone", "rolecall", "--data", str(alone), "reclassify", "--workers", "1")
    address, workers = start_cluster(processes)
    with replay(together, "--dask", address) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        reader = threading.Thread(target=process.stdout.read)
        reader.start()
        lines = []
        for line in process.stderr:
            lines.append(line)
            if sum(one.startswith("relabel ") for one in lines) == KILLED_AFTER and line.startswith("relabel "):
                kill_a_busy_worker(address, workers)
        reader.join()
    assert process.returncode == 0, "".join(lines)
    assert sorted(worker.poll() is None for worker in workers.values()) == [False, True, True]
    assert f"{POSTINGS:,} postings read again, {POSTINGS:,} were relabelled" in lines[-1]
    assert single.wait() == 0, processes.log("alone").read_text()
    assert digest(together) == digest(alone) != before
