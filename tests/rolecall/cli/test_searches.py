from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.rolecall.store_of_jobs import fill

CONFIG = """
[[search]]
id = "first"
title = "Remote first"
remote = ["remote-first"]
exports = ["csv", "ics"]

[[search]]
id = "unknown"
stack = ["Pyhton"]

[[notify]]
to = "webhook"
address_env = "HOOK"
on = ["matches"]
"""


@pytest.fixture
def follow(run: Any, tmp_path: Path) -> Any:
    """Call a command over a store of its own, with two saved searches."""
    fill(tmp_path / "data")
    (tmp_path / "rolecall.toml").write_text(CONFIG, encoding="utf-8")
    return lambda *words: run("--data", "data", *words)


def test_the_list_counts_what_matches_and_what_is_new(follow: Any) -> None:
    done = follow("searches", "list")
    assert [line.split()[:4] for line in done.stdout.splitlines()] == [
        ["search", "match", "new", "untold"], ["first", "2", "2", "0"], ["unknown", "0", "0", "0"],
    ]  # fmt: skip
    assert done.stderr == "search unknown: --stack: no posting names 'Pyhton'; did you mean 'Python'?\n"
    first, unknown = json.loads(follow("searches", "list", "--json").stdout)
    assert (first["matches"], first["new_last_night"], first["waiting"], first["filters"]) == (2, 2, 0, "--remote remote-first")
    assert unknown["problem"].startswith("--stack: no posting names")


def test_one_search_in_full(follow: Any) -> None:
    shown = follow("searches", "show", "first").stdout
    assert shown.splitlines()[0] == "Remote first (first)"
    assert "webhook of HOOK: begins with the next night" in shown
    assert json.loads(follow("searches", "show", "first", "--json").stdout)["exports"] == ["csv", "ics"]
    assert follow("searches", "show", "frist").stderr == "Error: search 'frist' is unknown; did you mean 'first'?\n"


def test_files_are_written_on_demand(follow: Any) -> None:
    done = follow("searches", "write", "first")
    paths = [f"data/feeds/first.{kind}" for kind in ("atom", "json")]
    paths += [f"data/exports/first-2026-01-05.{kind}" for kind in ("csv", "ics")]
    assert done.stdout.splitlines() == paths
    assert "search first: 2 jobs left out because no closing date is stated" in done.stderr
    assert all(Path(path).is_file() for path in paths)
    assert [line.split()[1] for line in follow("searches", "show", "first").stdout.splitlines() if line.startswith("file")] == paths
    assert len(json.loads(follow("searches", "write", "--json").stdout)) == 7


def test_without_a_search_there_is_a_sentence(run: Any) -> None:
    for verb in ("list", "write"):
        done = run("searches", verb)
        assert (done.exit_code, done.stdout) == (0, "")
        assert done.stderr.startswith("the configuration has no [[search]] block")
    assert json.loads(run("searches", "list", "--json").stdout) == []


def test_a_saved_search_is_a_filter_of_every_list(follow: Any) -> None:
    def titles(*words: str) -> list[str]:
        return sorted(row["title"] for row in json.loads(follow("jobs", *words, "--json").stdout))

    assert titles("list", "--search", "first") == ["Platform Engineer", "Senior ML Engineer"]
    assert titles("list", "--search", "first", "--stack", "python") == ["Senior ML Engineer"], "another filter narrows"
    assert titles("list", "--search", "first", "--remote", "remote-friendly") == ["Data Engineer"], "its own is replaced"
    assert titles("search", "kubernetes", "--search", "first") == ["Platform Engineer"]
    assert follow("jobs", "list", "--search", "fisrt").stderr == "Error: search 'fisrt' is unknown; did you mean 'first'?\n"


def test_an_export_of_a_saved_search_has_its_title(follow: Any) -> None:
    assert follow("export", "atom", "--search", "first", "-o", "x.atom").exit_code == 0
    text = Path("x.atom").read_text(encoding="utf-8")
    assert "<id>tag:rolecall.invalid,2026:search/first</id><title>Remote first</title>" in text
    assert follow("export", "xlsx", "--search", "first", "-o", "x.xlsx").exit_code == 0
    assert openpyxl.load_workbook("x.xlsx").properties.title == "Remote first"
