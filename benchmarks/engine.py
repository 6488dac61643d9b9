"""What Prefect adds to a night: the time of a task that does nothing, beside a practice night's own.

usage: python -m benchmarks.engine [ROUNDS]

Alternating rounds on one server of ours (start-up left out): a practice night, then as many empty tasks as the night had, two at a
time as in a night. Medians. Exits with 1 where the share is over the bar.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

MOST_SHARE = 0.02
ROUNDS = 3


def main(rounds: int) -> int:
    """Print the night, its tasks and the share."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        from flows.engine import engine, prepare

        prepare(folder)
        from flows.crawl import SHARDS_AT_ONCE

        with engine(folder):
            found = [one_round(folder / str(number), SHARDS_AT_ONCE) for number in range(rounds)]
    nights, tasks, empty = (statistics.median(column) for column in zip(*found, strict=True))
    share = empty / nights
    print(f"a practice night of {nights:.1f} s has {tasks:.0f} tasks; as many that do nothing take {empty:.2f} s", end=" ")
    print(f"({empty / tasks * 1000:.0f} ms each): {share:.1%} of the night (bar {MOST_SHARE:.0%}); {rounds} rounds, medians")
    return 0 if share <= MOST_SHARE else 1


def one_round(folder: Path, at_once: int) -> tuple[float, int, float]:
    """Seconds of a night, its tasks, and seconds of as many empty ones."""
    from prefect import flow, task
    from prefect.task_runners import ThreadPoolTaskRunner

    from flows.nightly import NightlyRequest, run_nightly
    from pipeline.config import Config

    request = NightlyRequest(Config(), f"sqlite:///{folder / 'r.db'}", folder, datetime.now(UTC), practice=True)
    before = _task_runs()
    summary = run_nightly(request, lambda step: None)
    tasks = _task_runs() - before

    @task
    def nothing() -> None:
        return None

    @flow(task_runner=ThreadPoolTaskRunner(max_workers=at_once))  # type: ignore[arg-type]
    def empty() -> float:
        began = time.monotonic()
        for future in [nothing.submit() for _ in range(tasks)]:
            future.result()
        return time.monotonic() - began

    return summary.seconds, tasks, empty()


def _task_runs() -> int:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return len(client.read_task_runs())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
