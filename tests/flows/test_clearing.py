from __future__ import annotations

import os
from pathlib import Path

from flows.clearing import KEPT_LOGS_RUNS, clear


def _run(runs: Path, number: int) -> Path:
    boards = runs / f"run-{number:03}" / "boards"
    boards.mkdir(parents=True)
    for name in ("a.jsonl", "a.result.json", "s.order.json", "s.stats.json"):
        (boards / name).write_text("{}", encoding="utf-8")
    (boards / "quiet.log").write_text("", encoding="utf-8")
    (boards / "loud.log").write_text("a word\n", encoding="utf-8")
    (boards.parent / "summary.json").write_text("{}", encoding="utf-8")
    os.utime(boards.parent, (number, number))
    return boards


def test_a_night_leaves_logs_that_say_something_and_old_ones_go(tmp_path: Path) -> None:
    folders = [_run(tmp_path, number) for number in range(1, KEPT_LOGS_RUNS + 3)]
    clear(tmp_path, folders[-1].parent.name)
    assert sorted(path.name for path in folders[-1].iterdir()) == ["loud.log", "s.stats.json"]
    assert [boards.exists() for boards in folders[:3]] == [False, False, True]
    assert all((boards.parent / "summary.json").exists() for boards in folders)
