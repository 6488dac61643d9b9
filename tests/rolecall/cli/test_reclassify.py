from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.filters import Filters
from storage.lock import run_lock
from storage.queries.jobs import rows
from storage.store import Store
from tests.flows.test_reclassify import LATER
from tests.flows.test_reclassify import request_ as stored  # noqa: F401  a fixture


@pytest.fixture
def ask(run: Any, stored: Any) -> Any:  # noqa: F811
    return lambda *words: run("--data", str(stored.data_dir), *words)


def test_a_dry_run_shows_what_would_change(ask: Any) -> None:
    done = ask("reclassify", "--dry-run")
    assert done.exit_code == 0
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["level", "mid", "senior", "9"] in [line[:4] for line in lines]
    assert "12 postings read again, 9 would be relabelled" in done.stderr
    assert "relabel" not in ask("jobs", "list", "--json").stderr


def test_a_replay_in_json_and_the_past_it_leaves(ask: Any) -> None:
    told = json.loads(ask("reclassify", "--json").stdout)
    assert (told["relabelled"], told["exit_code"]) == (9, 0)
    assert {row["remote_class"] for row in json.loads(ask("jobs", "list", "--json").stdout)} == {"remote-first"}
    past = json.loads(ask("jobs", "list", "--json", "--as-of", "2026-01-07").stdout)
    assert [row["remote_class"] for row in past].count("on-site") == 9


def test_what_stands_in_the_way_is_one_sentence(ask: Any, run: Any, stored: Any) -> None:  # noqa: F811
    assert ask("reclassify", "--since", "soon").stderr == "Error: --since: 'soon' must be a date, as in 2026-01-05\n"
    with run_lock(stored.data_dir, LATER):
        assert ask("reclassify").exit_code == 5
    missing = run("--data", "none", "reclassify")
    assert (missing.exit_code, Path("none").exists()) == (2, False)
    assert "there is no database" in missing.stderr


def test_who_labels_is_said_in_one_way(ask: Any, stored: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    assert "0 is too small; the least is 1" in ask("reclassify", "--workers", "0").stderr
    both = ask("reclassify", "--workers", "2", "--dask", "local:2")
    assert (both.exit_code, both.stderr.count("give one of them")) == (2, 1)
    wrong = ask("reclassify", "--dask", "scheduler")
    assert wrong.exit_code == 2
    assert "--dask: 'scheduler' must be a scheduler's address, as in tcp://scheduler:8786, or local:3" in wrong.stderr
    monkeypatch.setattr("flows.dask_batches.find_spec", lambda _: None)
    absent = ask("reclassify", "--dask", "local:2")
    assert absent.exit_code == 2
    assert "--dask needs prefect-dask, which is not installed" in absent.stderr
    with Store.open_reading(stored.database_url, stored.data_dir) as store:
        assert len(store.run_ids()) == 3, "nothing was begun"


def test_purge_asks_before_it_removes(ask: Any, stored: Any) -> None:  # noqa: F811
    would = ask("db", "purge", "--source", "greenhouse:board1")
    assert would.exit_code == 0
    assert would.stdout.startswith("source greenhouse:board1: 4 postings would be removed (")
    assert "nothing is removed yet" in would.stderr
    done = ask("db", "purge", "--source", "greenhouse:board1", "--yes")
    assert done.stdout.startswith("source greenhouse:board1: 4 postings removed (")
    assert "--keep-out prevents that" in done.stderr
    with Store.open_reading(stored.database_url, stored.data_dir) as store:
        assert {row["board"] for row in rows(store, Filters())} == {"board0", "board2"}


def test_purge_names_one_thing(ask: Any) -> None:
    for words in ((), ("--company", "Acme", "--posting", "x")):
        done = ask("db", "purge", *words)
        assert (done.exit_code, done.stderr) == (
            2, "Error: name one thing to remove: --company NAME, --source SOURCE or --posting ID\n",
        )  # fmt: skip
    assert "did you mean 'Acme'" in ask("db", "purge", "--company", "Acne").stderr


@pytest.mark.parametrize(
    "words",
    [
        ("jobs", "list"), ("jobs", "search", "python"), ("jobs", "show", "ID"), ("jobs", "explain", "ID"), ("export", "jsonl"),
        ("export", "csv"), ("sql", "select count(*) as n from jobs"), ("runs", "list"), ("sources", "list"),
    ],
)  # fmt: skip
def test_every_reading_command_looks_back(ask: Any, words: tuple[str, ...]) -> None:
    id_ = json.loads(ask("jobs", "list", "--json", "--limit", "1", "--sort", "oldest").stdout)[0]["posting_id"]
    done = ask(*(id_ if word == "ID" else word for word in words), "--as-of", "2026-01-05")
    assert done.exit_code == 0, done.stderr
    refused = ask(*(id_ if word == "ID" else word for word in words), "--as-of", "yesterday")
    assert refused.exit_code == 2
    assert "--as-of: 'yesterday' must be a date, as in 2026-01-05" in refused.stderr
