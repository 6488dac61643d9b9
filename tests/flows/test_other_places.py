"""The same nights on PostgreSQL with a bucket as on SQLite with a folder: the same rows, events, files and past."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pipeline.filters import Filters
from spiders.practice.scenario import load_scenario
from spiders.practice.server import serve
from storage import schema
from storage.dataset.reading import stream
from storage.queries.jobs import rows
from storage.store import Store
from tests.flows.test_practice_nights import Practice
from tests.postgres import Postgres, migrated
from tests.s3_server import S3Server, s3_server

NIGHTS = (1, 2, 3, 5)
TABLES = [table for table in schema.metadata.sorted_tables if table.name != "raw_spool"]


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    with s3_server() as running:
        yield running


@pytest.fixture
def addresses(postgres: Postgres, server: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Of a database on PostgreSQL and of a data set in a bucket."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    database = migrated(postgres)
    yield postgres.url(database), f"s3://{server.new_bucket()}/set"
    postgres.drop(database)


def _everything(store: Store) -> dict[str, Any]:
    """Every row of every table and of the data set, and the list as of each night."""
    told: dict[str, Any] = {}
    with store.engine.connect() as connection:
        for table in TABLES:
            keys = [column.name for column in table.primary_key]
            found = [dict(row) for row in connection.execute(select(table)).mappings()]
            told[table.name] = sorted(found, key=lambda row: tuple(str(row[key]) for key in keys))
    for kind in ("postings", "raw"):
        batches = [row for batch in stream(store.place, kind) for row in batch.to_pylist()]
        told[kind] = sorted(batches, key=lambda row: (row["posting_id"], row["run_id"]))
    return told


def test_nights_give_the_same_rows_everywhere(addresses: tuple[str, str], tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    with ExitStack() as stack:
        one = stack.enter_context(Store.open(f"sqlite:///{here / 'r.db'}", here, create=True))
        other = stack.enter_context(Store.open(addresses[0], there, create=True, dataset=addresses[1]))
        for store in (one, other):
            practice = Practice(load_scenario("tiny"), store)
            for night in NIGHTS:
                practice.pass_night(night, {})
        expected, found = _everything(one), _everything(other)
        assert set(expected) == set(found)
        for name, values in expected.items():
            assert found[name] == values, name
        assert len(expected["events"]) > len(expected["boards"])
        assert list(rows(other, Filters(state="all"))) == list(rows(one, Filters(state="all")))
    night = date(2026, 1, 6)
    with (
        Store.open_reading(f"sqlite:///{here / 'r.db'}", here, as_of=night) as one,
        Store.open_reading(addresses[0], there, addresses[1], as_of=night) as other,
    ):
        asked = Filters(state="all", as_of=night)
        assert list(rows(other, asked)) == list(rows(one, asked)) != []


@pytest.mark.slow
def test_the_command_stores_a_night_there(addresses: tuple[str, str], tmp_path: Path) -> None:
    with serve(load_scenario("tiny"), 1) as practice:
        blocks = [f'[storage]\ndatabase = "{addresses[0]}"\ndataset = "{addresses[1]}"\nwork = "work"\n']
        blocks += [
            f'[[source]]\nplatform = "{one.platform}"\nboard = "{one.board}"\nbase_url = "{one.base_url}"\n'
            for one in practice.sources()
        ]
        (tmp_path / "rolecall.toml").write_text("\n".join(blocks), encoding="utf-8")
        summary = _run(tmp_path, "nightly")
        assert summary["exit_code"] == 0
        true = [row for row in practice.truth() if row["state"] == "open"]
    listed = _run(tmp_path, "jobs", "list", "--postings", "--state", "all")
    assert {row["posting_id"] for row in listed} == {row["posting_id"] for row in true}
    (counted,) = _run(tmp_path, "sql", "select count(*) as n, count(distinct posting_id) as d from history")
    assert counted == {"n": len(true), "d": len(true)}
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["hosts", "prefect", "run.lock", "runs"]
    assert not (tmp_path / "data").exists()


def _run(folder: Path, *words: str) -> Any:
    command = [sys.executable, "-P", "-m", "rolecall", *words, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=280, check=False, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
