"""``kill -9`` at moments that nobody chose: a reader never meets a bad file, and no posting twice."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from storage.dataset.manifest import committed_files, read_manifests
from storage.dataset.place import Place, open_place
from storage.dataset.sweep import sweep
from storage.store import Store
from tests.storage.dataset.samples import assert_none_twice, found, paths
from tests.storage.factory import NIGHT, NOW

ROOT = str(Path(__file__).parents[3])
KILLS = {"disk": 12, "s3": 6}
"""By kind of place; ``test_compaction`` and ``test_purging`` die at every single step besides."""

_KILLER = """
import os, signal, sys, time
{work}
for line in sys.stdin:
    steps, seconds = line.split()
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        work(lambda: os.write(tell, b"."), *sys.argv[1:])
        os._exit(0)
    for _ in range(int(steps)):
        os.read(ready, 1)
    time.sleep(float(seconds))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(os.WTERMSIG(status), flush=True)
"""

COMMITS = """
from datetime import timedelta
from pathlib import Path
from tests.storage.factory import NIGHT, NOW, labelled, posting, raw
from pipeline.crawling import BoardResult
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus
from storage.store import Store
def work(ready, folder, address):
    folder = Path(folder)
    with Store.open(f"sqlite:///{folder / 'r.db'}", folder, create=True, dataset=address) as store:
        store.sweep()
        ready()
        for number in range(10_000):
            day = timedelta(days=number)
            board = f"b{number}"
            if store.known_hashes("greenhouse", board):
                continue
            run_id = store.begin_run(NIGHT + day, NOW + day)
            items = [posting(str(n), board=board) for n in range(5)]
            seen = {item.posting_id: item.content_hash for item in items}
            result = BoardResult("greenhouse", board, BoardStatus.COMPLETE, postings=5)
            store.commit_board(run_id, result, seen, [labelled(i) for i in items], [raw(i) for i in items], CompanyFacts())
            store.finish_run(run_id, {})
            ready()
"""

TIDIES = """
from datetime import date, timedelta
from itertools import count
from storage.dataset.compaction import compact
from storage.dataset.manifest import read_manifests
from storage.dataset.place import open_place
from storage.dataset.purging import purge
from storage.dataset.sweep import sweep
from tests.storage.dataset.samples import write_run
def work(ready, address):
    place = open_place(address)
    begin = sum(manifest.run_id.startswith("20") for manifest in read_manifests(place))
    for number in count(begin):
        run_id = f"{date(2026, 1, 5) + timedelta(days=number // 2)}-{number % 2 + 1}"
        write_run(place, run_id, [f"{number}-{n}" for n in range(3)] + [f"gone-{number}"])
        ready()
        compact(place)
        ready()
        purge(place, [f"gone-{number - 1}"])
        ready()
        sweep(place)
"""


def kills(work: str, *arguments: str, most_steps: int = 4) -> Generator[int]:
    """Let a process work and kill it some steps and some moments later, again and again; yields the steps after each kill."""
    moments = random.Random(6)
    command = [sys.executable, "-c", _KILLER.format(work=work), *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(KILLS["s3" if arguments[-1].startswith("s3://") else "disk"]):
            steps = moments.randint(1, most_steps)
            process.stdin.write(f"{steps} {moments.uniform(0.0, 0.15)}\n")
            process.stdin.flush()
            assert process.stdout.readline() == "9\n"  # it did not end by itself
            yield steps
        process.stdin.close()


@pytest.mark.slow
def test_commits(tmp_path: Path, address: str) -> None:
    place = open_place(address)
    whole: list[tuple[str, str]] = []
    told = 0
    for steps in kills(COMMITS, str(tmp_path), address, most_steps=2):
        told += steps - 1  # the first step is the process's start
        rows = found(place)
        assert_none_twice([("", id_) for _, id_ in rows])
        assert rows[: len(whole)] == whole  # what was once committed stays
        whole = rows
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True, dataset=address) as store:
        store.begin_run(NIGHT, NOW)
        store.sweep()
        stored = sum(len(store.known_hashes("greenhouse", f"b{number}")) for number in range(len(whole) + 1))
    rows = found(place)
    assert_none_twice([("", id_) for _, id_ in rows])
    assert len(rows) == stored
    assert told
    assert len(rows) >= 5 * told  # what a process has told of is committed
    assert_only_committed_files(place)


@pytest.mark.slow
def test_compaction_and_purge(address: str) -> None:
    place = open_place(address)
    whole: set[str] = set()
    for _ in kills(TIDIES, address):
        for kind in ("postings", "raw"):
            rows = found(place, kind)
            assert_none_twice(rows)
            by_run: dict[str, int] = {}
            for run, id_ in rows:
                by_run[run] = by_run.get(run, 0) + (not id_.startswith("gone"))
            assert whole <= set(by_run)  # what was once committed stays
            assert set(by_run.values()) <= {3}  # and whole, but for what was purged
        whole = set(by_run)
    done = {manifest.run_id.partition("-")[0] for manifest in read_manifests(place)}
    assert done == {"2026", "compact", "purge"}
    sweep(place)
    assert_only_committed_files(place)


def assert_only_committed_files(place: Place) -> None:
    named = [file.path for kind in ("postings", "raw") for file in committed_files(place, kind)]
    assert [path for path in paths(place) if not path.startswith("manifests/")] == sorted(named)


def test_a_writer_killed_in_the_middle_of_a_file_leaves_what_a_sweep_removes(tmp_path: Path) -> None:
    work = """
from storage.dataset.place import open_place
def work(ready, address):
    with open_place(address).writing("postings/run_date=2026-01-05/2026-01-05.parquet") as file:
        file.write(b"half")
        ready()
        time.sleep(60)
"""
    next(killed := kills(work, str(tmp_path), most_steps=1))
    place = open_place(tmp_path)
    assert paths(place) == ["postings/run_date=2026-01-05/.2026-01-05.parquet.part"]
    assert sweep(place).files == 1
    assert paths(place) == []
    killed.close()
