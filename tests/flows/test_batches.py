"""Batches in this process and over the cores: the same results in the same order, also where a worker dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from flows.batches import Batches, InThisProcess, OverCores, WorkerDied, cores, over_cores
from flows.classify import label_board
from pipeline.records import CompanyFacts, RawPosting

RAW = RawPosting("greenhouse", "acme", "1", "https://example.org/1", datetime(2026, 1, 5, tzinfo=UTC), {})


def double(batch: list[int]) -> list[int]:
    time.sleep(0.02 if batch[0] % 2 else 0)  # so that they end in another order
    return [2 * number for number in batch]


def die_once(batch: list[int], mark: Path) -> list[int]:
    if batch == [3] and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return double(batch)


def die(batch: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return batch


def fail(batch: list[int]) -> list[int]:
    raise ValueError(f"no {batch}")


def process_id(_: object) -> int:
    return os.getpid()


def hold_on(mark: Path) -> None:
    mark.write_text(str(os.getpid()))
    time.sleep(60)


@pytest.fixture(scope="module")
def pool() -> Iterator[Batches]:
    with over_cores(2) as batches:
        yield batches


def numbers(count: int, taken: list[int] | None = None) -> Iterator[list[int]]:
    for number in range(count):
        if taken is not None:
            taken.append(number)
        yield [number]


def test_results_come_in_order(pool: Batches) -> None:
    wanted = [[2 * number] for number in range(40)]
    assert list(pool.map(double, numbers(40))) == wanted
    assert list(InThisProcess().map(double, numbers(40))) == wanted
    assert list(pool.map(double, [])) == []


def test_batches_are_taken_a_few_ahead_only(pool: Batches) -> None:
    taken: list[int] = []
    results = pool.map(double, numbers(40, taken))
    next(results)
    assert len(taken) == 4
    del results
    assert list(pool.map(double, numbers(2))) == [[0], [2]]


def test_it_is_done_in_other_processes_that_are_kept(pool: Batches) -> None:
    first, second = set(pool.map(process_id, range(20))), set(pool.map(process_id, range(20)))
    assert os.getpid() not in first | second
    assert len(first | second) <= 2


def test_an_error_in_a_batch_is_the_callers(pool: Batches) -> None:
    with pytest.raises(ValueError, match="no"):
        list(pool.map(fail, numbers(3)))


@pytest.mark.slow
def test_a_worker_that_dies_is_told_and_its_batches_are_done_again(tmp_path: Path) -> None:
    told: list[str] = []
    with over_cores(2, told.append) as batches:
        assert list(batches.map(partial(die_once, mark=tmp_path / "mark"), numbers(9))) == [[2 * number] for number in range(9)]
    assert told == ["a worker process died; its postings are labelled again"]


@pytest.mark.slow
def test_batches_that_kill_twice_are_given_up() -> None:
    with over_cores(2) as batches, pytest.raises(WorkerDied, match="died twice over the same postings"):
        list(batches.map(die, numbers(3)))


def test_one_worker_is_this_process() -> None:
    with over_cores(1) as batches:
        assert list(batches.map(process_id, [0])) == [os.getpid()]
    assert cores() >= 1


def test_a_pool_costs_more_cold_than_warm() -> None:
    cold = OverCores(2, lambda _: None)
    before = cold.least
    assert list(cold.map(double, numbers(1))) == [[0]]
    assert before > cold.least > 1
    cold.close()
    assert cold.least == before


SCRIPT = """
import sys
from pathlib import Path
from flows.batches import over_cores
from tests.flows.test_batches import hold_on

if __name__ == "__main__":
    with over_cores(2) as batches:
        list(batches.map(hold_on, [Path(sys.argv[1])]))
"""


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_worker_finds_our_modules_anywhere_and_ends_with_its_parent(tmp_path: Path) -> None:
    for name in ("flows", "storage", "pipeline"):  # folders of the user's that are called as ours are
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit(9)")
    (tmp_path / "script.py").write_text(SCRIPT)
    mark, root = tmp_path / "mark", Path(__file__).parents[2]
    command = [sys.executable, "-P", str(tmp_path / "script.py"), str(mark)]
    process = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(root)}, start_new_session=True)
    deadline = time.monotonic() + 60
    while not (mark.exists() and mark.read_text()) and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.05)
    worker = int(mark.read_text())
    os.kill(worker, signal.SIGINT)  # as Ctrl-C does to everyone at the terminal
    assert _alive(worker)
    process.kill()
    process.wait()
    while _alive(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(worker)


def _board(count: int) -> list[RawPosting]:
    texts = ["We are a remote-first company. You write Python.", "Hybrid, three days in our Berlin office. €60,000 - €80,000."]
    raws = []
    for number in range(count):
        job = {
            "id": number, "title": f"Engineer {number}", "absolute_url": f"https://example.org/{number}",
            "content": f"<p>{texts[number % 2]} Team {number}.</p>",
        }  # fmt: skip
        raws.append(replace(RAW, external_id=str(number), payload=job))
    return [*raws[:7], replace(RAW, external_id="broken"), *raws[7:], raws[3]]  # one that cannot be read, one twice


@pytest.mark.slow
def test_a_board_over_the_cores_is_the_board(pool: Batches) -> None:
    raws = _board(70)
    list(pool.map(double, numbers(1)))
    assert pool.least < 70
    serial = label_board(raws, CompanyFacts("Acme"), {})
    assert label_board(iter(raws), CompanyFacts("Acme"), {}, (), pool) == serial
    assert (len(serial.labelled), len(serial.unreadable), len(serial.raws)) == (70, 1, 71)
    ids = [item.posting.posting_id for item in serial.labelled]
    known = {id_: serial.seen[id_] for id_ in ids[::2]}
    half = label_board(raws, CompanyFacts("Acme"), known)
    assert label_board(raws, CompanyFacts("Acme"), known, (), pool) == half
    assert [item.posting.posting_id for item in half.labelled] == ids[1::2]


def test_a_small_board_is_not_worth_the_way() -> None:
    cold = OverCores(2, lambda _: None)
    label_board(_board(20), CompanyFacts("Acme"), {}, (), cold)
    assert cold.least == OverCores(2, lambda _: None).least, "no worker was started"
