"""Thirty practice nights in a row, each a real crawl: what is stored in the end is what the truth file says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

pytestmark = [pytest.mark.cluster, pytest.mark.slow, pytest.mark.timeout(880)]
NIGHTS = 30


def test_the_end_is_the_truth(tmp_path: Path) -> None:
    command = [sys.executable, "-P", str(Path(__file__).with_name("thirty_nights.py")), str(tmp_path), str(NIGHTS)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=860, check=False)
    assert done.returncode == 0, done.stderr
    *nights, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(nights) == NIGHTS + 3
    assert {night["exit_code"] for night in nights} == {0}
    assert last["stored"] == last["truth"]
    states = Counter(row[3] for row in last["stored"])
    assert min(states["open"], states["closed"]) > 100, "a world in which nothing happens shows nothing"
    print(states, f"{sum(night['seconds'] for night in nights):.0f} s")
