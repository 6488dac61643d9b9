"""Nights as processes: stopped, killed, run twice at once, without a network. Real shards, a real store, a real Prefect."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import SourceConfig
from spiders.practice.scenario import Fault, load_scenario
from spiders.practice.server import PracticeServer, serve

pytestmark = pytest.mark.slow
SLOW_PLATFORM = "/posting-api/"
SEARCH = '[[search]]\nid = "remote"\nremote = ["remote-first", "remote-friendly"]\n'


def _configure(folder: Path, sources: tuple[SourceConfig, ...]) -> None:
    blocks = [f'[[source]]\nplatform = "{one.platform}"\nboard = "{one.board}"\nbase_url = "{one.base_url}"\n' for one in sources]
    (folder / "rolecall.toml").write_text("\n".join([*blocks, SEARCH]), encoding="utf-8")


@contextmanager
def _started(folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-P", "-m", "rolecall", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _run(folder: Path, *words: str) -> tuple[int, Any, str]:
    with _started(folder, *words, "--json") as process:
        out, err = process.communicate(timeout=200)
    return process.returncode, json.loads(out) if out.strip() else None, err


def _stored(folder: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(f"file:{folder / 'data' / 'rolecall.db'}?mode=ro", uri=True)) as connection:
        query = "SELECT platform, board, external_id, title, state FROM postings ORDER BY 1, 2, 3"
        return list(connection.execute(query))


def _open_keys(server: PracticeServer) -> list[tuple[str, str, str]]:
    return [(row["platform"], row["board"], row["external_id"]) for row in server.truth() if row.get("state", "open") == "open"]


def _wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"the night ended without saying {words!r}")


@pytest.fixture(autouse=True)
def _on_a_shared_server(prefect_api_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", prefect_api_url)


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with serve(load_scenario("tiny"), 1) as running:
        yield running


@pytest.fixture
def slow_server() -> Iterator[PracticeServer]:
    """One platform answers after 25 seconds: a loaded machine takes ten to start the engine."""
    scenario = load_scenario("tiny")
    slow = replace(scenario, faults=(Fault(SLOW_PLATFORM, "slow", seconds=25.0, times=99),))
    with serve(slow, 1) as running:
        yield running


def test_a_configured_night_stores_the_truth_and_no_port(server: PracticeServer, tmp_path: Path) -> None:
    _configure(tmp_path, server.sources())
    code, summary, err = _run(tmp_path, "nightly")
    assert code == 0, err
    truth = sorted(_open_keys(server))
    assert [row[:3] for row in _stored(tmp_path)] == truth
    assert summary["new"] == len(truth)
    feeds = {path.name: path.read_bytes() for path in (tmp_path / "data" / "feeds").iterdir()}
    assert feeds.keys() == {"remote.atom", "remote.json"}
    assert json.loads(feeds["remote.json"])["items"]
    with serve(load_scenario("tiny"), 1) as moved:  # the same boards behind another port
        _configure(tmp_path, moved.sources())
        code, summary, err = _run(tmp_path, "nightly")
    assert (code, summary["new"], summary["changed"], summary["closed"]) == (0, 0, 0, 0), err
    assert {path.name: path.read_bytes() for path in (tmp_path / "data" / "feeds").iterdir()} == feeds
    assert server.base_url.encode() not in (tmp_path / "data" / "rolecall.db").read_bytes()


def test_a_stopped_night_keeps_what_it_has_and_the_next_goes_on(slow_server: PracticeServer, tmp_path: Path) -> None:
    _configure(tmp_path, slow_server.sources())
    with _started(tmp_path, "nightly", "--json") as process:
        _wait_for(process, "greenhouse:ledgerlark complete")
        code, _, err = _run(tmp_path, "nightly")
        assert code == 5
        assert err.strip().splitlines()[-1].startswith("Error: another run works on")
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to everything that it started
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    summary = json.loads(out)
    assert summary["interrupted"]
    kept = _stored(tmp_path)
    assert {row[1] for row in kept} >= {"ledgerlark"}
    assert "mintward" not in {row[1] for row in kept}
    with serve(load_scenario("tiny"), 1) as quick:
        _configure(tmp_path, quick.sources())
        code, summary, err = _run(tmp_path, "nightly")
        assert code == 0, err
        whole = _open_keys(quick)
    assert len(_stored(tmp_path)) == len(whole)
    assert summary["new"] == len(whole) - len(kept)


def test_a_killed_night_leaves_nothing_doubled(slow_server: PracticeServer, tmp_path: Path) -> None:
    _configure(tmp_path, slow_server.sources())
    with _started(tmp_path, "nightly") as process:
        _wait_for(process, "lever:paytrellis complete")
        process.kill()  # its own children may outlive it for a while and hold its streams
        process.wait(timeout=30)
    with serve(load_scenario("tiny"), 1) as quick:
        _configure(tmp_path, quick.sources())
        code, _, err = _run(tmp_path, "nightly")
        assert code == 0, err
        whole = _open_keys(quick)
    assert "took over the lock of process" in err
    assert "1 run of a killed night is marked as crashed in Prefect" in err
    assert len(_stored(tmp_path)) == len(whole)
    rows = json.loads(_sql(tmp_path, "select count(*) as n, count(distinct posting_id) as d from history"))
    assert rows == [{"n": len(whole), "d": len(whole)}]


def _sql(folder: Path, query: str) -> str:
    with _started(folder, "sql", query, "--json") as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out


def test_a_board_that_was_down_for_a_while_is_asked_again_the_same_night(tmp_path: Path) -> None:
    """Three answers of 500 fail the board's first attempt; the second one of its shard asks it alone."""
    scenario = replace(load_scenario("tiny"), faults=(Fault("/v1/boards/ledgerlark/", "status", status=500, times=3),))
    with serve(scenario, 1) as passing:
        _configure(tmp_path, passing.sources())
        code, summary, err = _run(tmp_path, "nightly")
        assert code == 0, err
        assert [row[:3] for row in _stored(tmp_path)] == sorted(_open_keys(passing))
        asked = [one.target for one in passing.requests if one.target.startswith("/v1/boards/")]
    (row,) = [row for row in summary["sources"] if row["board"] == "ledgerlark"]
    assert row["status"] == "complete"
    assert row["note"] == "answered when asked again; before that it failed (http status)"
    assert len([target for target in asked if "ledgerlark" in target]) == 4
    assert len([target for target in asked if "ledgerlark" not in target]) == 1, "what is stored is not asked again"


def test_a_night_leaves_a_page_and_no_files_of_its_crawl(server: PracticeServer, tmp_path: Path) -> None:
    _configure(tmp_path, server.sources())
    code, summary, err = _run(tmp_path, "nightly")
    assert code == 0, err
    run_dir = tmp_path / "data" / "runs" / summary["run_id"]
    assert any(path.endswith("report.html") for path in summary["wrote"])
    assert f"{summary['new']}" in (run_dir / "report.html").read_text(encoding="utf-8")
    assert json.loads((run_dir / "summary.json").read_bytes()) == summary
    assert {path.suffixes[-1] for path in (run_dir / "boards").iterdir()} <= {".json", ".log"}
    assert {path.name.rpartition(".1.")[2] for path in (run_dir / "boards").glob("*.json")} == {"stats.json"}
    assert "Traceback" not in err


def test_a_night_that_nobody_answers_changes_nothing(server: PracticeServer, tmp_path: Path) -> None:
    _configure(tmp_path, server.sources())
    assert _run(tmp_path, "nightly")[0] == 0
    before = _stored(tmp_path)
    closed = tuple(
        replace(one, base_url=(one.base_url or "").replace(server.base_url, "http://127.0.0.1:1")) for one in server.sources()
    )
    _configure(tmp_path, closed)
    code, summary, err = _run(tmp_path, "nightly")
    assert code == 4
    assert summary["new"] == 0
    assert _stored(tmp_path) == before
    assert "Traceback" not in err
