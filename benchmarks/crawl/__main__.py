"""What a crawl costs, in CPU time, beside clients that only fetch and decode; and what a second night and a shard's memory come to.

usage: python -m benchmarks.crawl [BOARDS [ROUNDS]]

Alternating rounds against one fake (``benchmarks.crawl.fake``), medians. What a client spends on one board (imports, start) is
deducted from each figure. Exits with 1 where a bar is missed.
"""

from __future__ import annotations

import importlib.util
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson

from benchmarks.crawl.fake import BOARDS

ROUNDS = 5
MOST_TIMES_AIOHTTP = 3.5
MOST_MEMORY_MB = 150
_AIOHTTP, _SCRAPY, _OURS, _SECOND = "aiohttp + orjson", "bare Scrapy, tuned", "ours, first night", "ours, second night"


@contextmanager
def fake(boards: int) -> Iterator[str]:
    """The address of a running fake."""
    command = [sys.executable, "-m", "benchmarks.crawl.fake", str(boards)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def run(client: str, address: str, boards: int, *more: str) -> dict[str, Any]:
    """One client in a process of its own; gives what it printed."""
    command = [sys.executable, "-m", f"benchmarks.crawl.{client}", address, str(boards), *more]
    told: dict[str, Any] = orjson.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def one_round(address: str, boards: int, has_aiohttp: bool) -> dict[str, dict[str, Any]]:
    """Every client once."""
    told = {_AIOHTTP: run("bare_aiohttp", address, boards)} if has_aiohttp else {}
    told[_SCRAPY] = run("bare_scrapy", address, boards)
    with tempfile.TemporaryDirectory() as folder:
        told[_OURS] = run("ours", address, boards, folder)
        told[_SECOND] = run("ours", address, boards, folder)
    return told


def main(boards: int, rounds: int) -> int:
    """Print the table; gives the exit code."""
    has_aiohttp = importlib.util.find_spec("aiohttp") is not None
    if not has_aiohttp:
        print("aiohttp is not installed: its row and the bar against it are left out; `pip install aiohttp` brings them")
    spent: dict[str, list[float]] = defaultdict(list)
    memory: list[float] = []
    with fake(boards) as address:
        starts = one_round(address, 1, has_aiohttp)
        for _ in range(rounds):
            for name, told in one_round(address, boards, has_aiohttp).items():
                assert told["postings"] == (0 if name == _SECOND else boards * 50), (name, told)
                spent[name].append(told["cpu_seconds"] - starts[name]["cpu_seconds"])
                memory += [told["memory_mb"]] if name == _OURS else []
    return _print(boards, {name: statistics.median(values) for name, values in spent.items()}, memory)


def _print(boards: int, medians: dict[str, float], memory: list[float]) -> int:
    print(f"{boards:,} boards of 50 postings; CPU seconds, medians")
    base = medians.get(_AIOHTTP)
    for name, seconds in medians.items():
        print(f"  {name:20} {seconds:6.2f} s" + (f"  {seconds / base:5.2f} times aiohttp" if base else ""))
    share = medians[_SECOND] / medians[_OURS]
    print(f"second night: {share:.0%} of the first, the crawl alone; benchmarks.crawl.night has whole nights")
    print(f"memory of a shard: {', '.join(f'{each:.0f}' for each in memory)} MB (bar {MOST_MEMORY_MB} MB)")
    is_quick = base is None or medians[_OURS] <= MOST_TIMES_AIOHTTP * base
    return 0 if is_quick and max(memory) <= MOST_MEMORY_MB else 1


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [BOARDS, ROUNDS][len(numbers) :])))
