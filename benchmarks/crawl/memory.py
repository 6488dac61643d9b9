"""What a shard's process holds: eight times the same boards in one process, and one answer of 30 MB, with the files that it writes.

usage: python -m benchmarks.crawl.memory
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import orjson

from benchmarks.crawl.__main__ import MOST_MEMORY_MB, fake
from pipeline.crawling import ShardOrder, SourceOrder, order_to_json

BOARDS, REPEATS, BIG_BYTES = 250, 8, 30_000_000
MOST_WITH_A_BIG_ANSWER_MB = 400
MOST_GROWTH_MB = 10
LONGEST_STOP_SECONDS = 5.0
NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def command(folder: Path, sources: list[SourceOrder]) -> list[str]:
    """The command line of a shard over these boards."""
    path = folder / "order.json"
    order = ShardOrder("memory", "loopback", NOW, None, str(folder), tuple(sources))
    path.write_bytes(orjson.dumps(order_to_json(order)))
    return [sys.executable, "-P", "-m", "spiders.run", str(path)]


def peak_mb(sources: list[SourceOrder]) -> float:
    """Most memory of a shard over these boards, all of which have to be complete."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(command(Path(folder), sources), check=True)
        stats = orjson.loads((Path(folder) / "memory.stats.json").read_bytes())
    peak: float = stats["peak_memory_mb"]
    return peak


def stop_seconds(source: SourceOrder, after_seconds: float) -> float:
    """How long a shard takes to end when it is told to in the midst of one board."""
    with tempfile.TemporaryDirectory() as folder, subprocess.Popen(command(Path(folder), [source])) as process:
        time.sleep(after_seconds)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait()
        return time.monotonic() - began


def main() -> int:
    """Print the figures; gives the exit code."""
    with fake(BOARDS) as address:
        repeats = [peak_mb(_boards(address, BOARDS * times)) for times in range(1, REPEATS + 1)]
        big = SourceOrder("greenhouse", f"big-{BIG_BYTES}", address, 0.0, {})
        with_big = peak_mb([*_boards(address, 10), big])
        stops = [stop_seconds(big, after) for after in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2)]
    print(f"{BOARDS} boards, once to {REPEATS} times: {', '.join(f'{each:.0f}' for each in repeats)} MB (bar {MOST_MEMORY_MB} MB)")
    print(f"with one answer of {BIG_BYTES / 1e6:.0f} MB: {with_big:.0f} MB (bar {MOST_WITH_A_BIG_ANSWER_MB} MB)")
    print(
        f"SIGTERM in the midst of it: gone after {', '.join(f'{each:.1f}' for each in stops)} s (bar {LONGEST_STOP_SECONDS:.0f} s)"
    )
    is_flat = max(repeats) <= MOST_MEMORY_MB and repeats[-1] - repeats[0] <= MOST_GROWTH_MB
    return 0 if is_flat and with_big <= MOST_WITH_A_BIG_ANSWER_MB and max(stops) <= LONGEST_STOP_SECONDS else 1


def _boards(address: str, count: int) -> list[SourceOrder]:
    return [SourceOrder("greenhouse", str(number), address, 0.0, {}) for number in range(count)]


if __name__ == "__main__":
    sys.exit(main())
