"""A night in which nothing moved, over databases of different sizes with as many boards: its cost is that of the boards."""

from __future__ import annotations

import resource
from datetime import timedelta
from pathlib import Path

from benchmarks.storage.figure import Figure
from benchmarks.storage.filling import filled
from benchmarks.storage.world import AT, BOARDS, NIGHT, board_of
from pipeline.crawling import BoardResult
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus
from storage.store import Store

MOST_GROWTH = 2.0
"""Ten times the postings on as many boards: an index is a level deeper, nothing more."""


def measure(folder: Path, sizes: tuple[int, ...]) -> list[Figure]:
    """CPU seconds and megabytes written, a size."""
    told, spent = [], []
    for size in sizes:
        with filled(folder, size) as store:
            _night(store, 1)  # the cache is as a night finds it that follows another one
            cpu_seconds, written_mb = _night(store, 2)
        spent.append(cpu_seconds)
        told.append(Figure(f"unchanged night, {BOARDS:,} boards, {size:,} postings: CPU", cpu_seconds, "s"))
        told.append(Figure(f"unchanged night, {BOARDS:,} boards, {size:,} postings: written", written_mb, "MB"))
    if len(spent) > 1:
        told.append(Figure("unchanged night: growth from the smaller to the larger", spent[-1] / spent[0], "x", most=MOST_GROWTH))
    return told


def _night(store: Store, number: int) -> tuple[float, float]:
    day = timedelta(days=number)
    before = _spent(), _written()
    run_id = store.begin_run(NIGHT + day, AT + day)
    for board in range(BOARDS):
        result = BoardResult("greenhouse", board_of(board), BoardStatus.COMPLETE, not_modified=True)
        change = store.commit_board(run_id, result, {}, (), (), CompanyFacts())
        assert (change.new, change.changed, change.closed) == (0, 0, 0)
    store.finish_run(run_id, {})
    return _spent() - before[0], (_written() - before[1]) / 1e6


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _written() -> int:
    """Bytes that this process has handed to the kernel for writing."""
    fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text(encoding="ascii").splitlines())
    return int(fields["wchar"])
