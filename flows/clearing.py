"""What a night leaves behind of its crawl, and for how long: a folder of nights must not grow by a file a board and night."""

from __future__ import annotations

import shutil
from pathlib import Path

KEPT_LOGS_RUNS = 30
"""Runs whose shards' logs are kept; summaries and pages stay for good."""
_STANDS_ELSEWHERE = ("*.jsonl", "*.result.json", "*.order.json")
"""Payloads are in the data set now, results in the database, and an order is of no use to a later night."""


def clear(runs_dir: Path, run_id: str) -> None:
    """Remove what a run's crawl has left and nobody needs, and the logs of runs that are long gone.

    Args:
        runs_dir: folder of all runs.
        run_id: the run that has just ended.
    """
    boards = runs_dir / run_id / "boards"
    for pattern in _STANDS_ELSEWHERE:
        for path in boards.glob(pattern):
            path.unlink()
    for log in boards.glob("*.log"):
        if not log.stat().st_size:
            log.unlink()
    newest_first = sorted(
        (path for path in runs_dir.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime, reverse=True
    )
    for old in newest_first[KEPT_LOGS_RUNS:]:
        shutil.rmtree(old / "boards", ignore_errors=True)
