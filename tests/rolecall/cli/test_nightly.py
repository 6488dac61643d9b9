"""Nights as a user runs them: a process, the practice server, real HTTP, a real store."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

Done = subprocess.CompletedProcess[str]


def rolecall(folder: Path, *words: str) -> Done:
    command = [sys.executable, "-P", "-m", "rolecall", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=280, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nights")


@pytest.fixture(scope="module")
def first(folder: Path) -> Done:
    return rolecall(folder, "nightly", "--practice")


@pytest.mark.slow
def test_the_first_night_ends_well_and_says_what_it_did(first: Done) -> None:
    assert first.returncode == 0, first.stderr
    assert re.search(r"^40 sources +1,\d{3} +1,\d{3} +0 +0$", first.stdout, re.MULTILINE)
    assert re.search(r"jobs open +1,\d{3}: remote-first \d+ · remote-friendly \d+ · on-site \d+", first.stdout)
    assert "data/runs/2026-01-05/summary.json" in first.stdout
    assert first.stdout.rstrip().splitlines()[-3].strip().startswith("rolecall jobs list")
    assert first.stderr.splitlines()[0].startswith("rolecall ")
    assert "crawl 40/40" in first.stderr
    assert "Traceback" not in first.stderr


@pytest.mark.slow
def test_the_first_night_leaves_feeds_and_exports_of_its_own_searches(first: Done, folder: Path) -> None:
    assert "data/feeds, data/exports" in " ".join(first.stdout.split())
    assert {path.suffix for path in (folder / "data" / "exports").iterdir()} == {".csv", ".xlsx", ".md"}
    feeds = sorted((folder / "data" / "feeds").iterdir())
    assert [path.suffix for path in feeds] == [".atom", ".json"] * 2
    for path in feeds[1::2]:
        assert len(json.loads(path.read_bytes())["items"]) >= 5, path


@pytest.mark.slow
def test_lasting_faults_end_with_three_and_are_named(first: Done, folder: Path) -> None:
    """The same night again: nothing moves, whatever fails."""
    done = rolecall(folder, "nightly", "--practice", "--faults", "--json")
    assert done.returncode == 3, done.stderr
    summary = json.loads(done.stdout)
    failed = [row for row in summary["sources"] if row["status"] in ("failed", "partial")]
    assert failed
    assert all(row["note"] and row["failure"] for row in failed)
    assert (summary["new"], summary["changed"], summary["closed"]) == (0, 0, 0)
    assert all(row["source_id"] in done.stderr for row in failed)


@pytest.mark.slow
def test_the_commands_to_try_next_answer(first: Done, folder: Path) -> None:
    assert first.returncode == 0, first.stderr
    *lines, last = first.stdout.rstrip().splitlines()[-3:]
    for line in lines:
        done = rolecall(folder, *line.split()[1:])
        assert done.returncode == 0, done.stderr
    assert last.split() == ["rolecall", "serve"]  # which ends with its reader; tests/rolecall/web/served asks it
    assert (folder / "jobs.csv").read_text(encoding="utf-8").startswith("job_id,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nightly"], "no sources are configured; copy rolecall.toml.example to rolecall.toml"),
        (["nightly", "--faults"], "--faults belongs to the practice server; add --practice"),
        (["nightly", "--night", "2"], "--night belongs to the practice calendar; add --practice"),
        (["crawl", "lever:acme"], "no sources are configured"),
        (["nightly", "--payloads", "nowhere"], "--payloads: directory 'nowhere' does not exist"),
    ],
)
def test_what_cannot_run_is_refused_at_once(run: Any, tmp_path: Path, words: list[str], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said.lower() in done.stderr.lower()
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_does_not_wait_for_the_engine(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom rolecall.cli.root import root\n"
        "code = root.main(['nightly'], standalone_mode=False)\n"
        "print(code, 'prefect' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["2", "False"]
