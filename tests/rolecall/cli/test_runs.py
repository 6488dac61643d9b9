from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from rolecall.summaries import from_json
from tests.rolecall.render.test_night import FAILED, READ, SUMMARY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for run_id in ("2026-01-05", "2026-01-05-2", "2026-01-05-10"):
        path = tmp_path / "data" / "runs" / run_id
        path.mkdir(parents=True)
        (path / "summary.json").write_bytes(orjson.dumps(replace(SUMMARY, run_id=run_id).to_json()))
    return tmp_path


def test_a_saved_summary_is_the_same_value_again() -> None:
    assert from_json(orjson.loads(orjson.dumps(SUMMARY.to_json()))) == SUMMARY


def test_a_summary_of_an_earlier_version_is_read_too() -> None:
    older = orjson.loads(orjson.dumps(SUMMARY.to_json()))
    for source in older["sources"]:
        del source["suspect"]
    assert from_json(older) == SUMMARY


def test_the_newest_run_comes_first(run: Any, folder: Path) -> None:
    assert [row["run_id"] for row in json.loads(run("runs", "list", "--json").stdout)] == [
        "2026-01-05-10", "2026-01-05-2", "2026-01-05",
    ]  # fmt: skip
    assert run("runs", "list").stdout.splitlines()[1].split()[:3] == ["2026-01-05-10", "3", "1"]


def test_show_repeats_what_the_night_said(run: Any, folder: Path) -> None:
    done = run("runs", "show", "2026-01-05")
    assert READ.source_id in done.stdout
    assert FAILED.note in " ".join(done.stdout.split())
    assert "1 of 3 sources failed" in done.stderr
    assert json.loads(run("runs", "show", "--json").stdout)["run_id"] == "2026-01-05-10"


def test_an_unknown_run_is_a_sentence(run: Any, folder: Path) -> None:
    done = run("runs", "show", "2026-01-04")
    assert done.exit_code == 2
    assert "run '2026-01-04' is unknown; did you mean '2026-01-05'?" in done.stderr


def test_without_runs_it_says_how_to_make_one(run: Any) -> None:
    assert run("runs", "list", "--json").stdout == "[]\n"
    assert run("runs", "show").exit_code == 2
