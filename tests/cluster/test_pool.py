"""A night of 200 boards by the workers of a Prefect pool, all on real servers: PostgreSQL, Prefect on it, an S3 API, two workers.

One worker is killed with everything that it started, in the middle of its crawl. The night ends complete, every posting once, no
host was ever asked from two sides, and Prefect's books say who crashed.
"""

from __future__ import annotations

import json
import os
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from spiders.practice.answers import Response
from spiders.practice.http import running
from spiders.practice.scenario import load_scenario
from spiders.practice.server import PracticeServer, serve
from tests.cluster.processes import Processes, kill_tree, wait_for
from tests.postgres import Postgres, migrated
from tests.s3_server import S3Server, s3_server

pytestmark = [pytest.mark.cluster, pytest.mark.slow, pytest.mark.timeout(880)]

COPIES = 7
PLATFORMS = {"greenhouse": 12, "lever": 9, "ashby": 9}
PACE_SECONDS = 0.4
LEASE_SECONDS = 8
_COPY = re.compile(r"(?<=/)([a-z-]+)--(\d)(?=[/?]|$)")


@dataclass
class Crowd:
    """The practice world several times over, under board names of its own; it watches how it is asked."""

    practice: PracticeServer
    base_url: str = ""
    at_work: Counter[str] = field(default_factory=Counter)
    crossed: list[str] = field(default_factory=list)
    asked_at: dict[str, list[float]] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, target: str) -> Response:
        host = target.split("/")[1]  # v1, v0, posting-api: what stands for the platform's host
        if host == "robots.txt":  # the same address for all that this server stands for
            return self.practice.answers.answer(target)
        with self.guard:
            self.at_work[host] += 1
            self.asked_at.setdefault(host, []).append(time.monotonic())
            if self.at_work[host] > 1:
                self.crossed.append(target)
        try:
            time.sleep(0.02)
            return self.practice.answers.answer(_COPY.sub(r"\1", target))
        finally:
            with self.guard:
                self.at_work[host] -= 1

    def boards(self) -> list[tuple[str, str]]:
        return [(one.platform, f"{one.board}--{copy}") for copy in range(COPIES) for one in self.practice.sources()]

    def truth(self) -> list[tuple[str, str, str]]:
        open_ = [row for row in self.practice.truth() if row["state"] == "open" and row["platform"] in PLATFORMS]
        found = [(row["platform"], f"{row['board']}--{copy}", row["external_id"]) for copy in range(COPIES) for row in open_]
        return sorted(found)


@contextmanager
def crowd() -> Iterator[Crowd]:
    scenario = replace(load_scenario("default"), postings=300, platforms=PLATFORMS, faults=())
    with serve(scenario, 1) as practice:
        made = Crowd(practice)
        with running(made.answer) as http:
            made.base_url = http.base_url
            yield made


@dataclass
class Cluster:
    """Where everything is."""

    postgres: Postgres
    database: str
    api: str
    environment: dict[str, str]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(f"host=127.0.0.1 port={self.postgres.port} user=rolecall dbname={self.database}") as connection:
            return connection.execute(sql.encode()).fetchall()

    def flow_runs(self) -> list[dict[str, Any]]:
        runs: list[dict[str, Any]] = httpx.post(f"{self.api}/flow_runs/filter", json={}, timeout=30).json()
        return runs


@pytest.fixture
def cluster(processes: Processes, postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Cluster, str]]:
    with s3_server() as store:
        database, engine = migrated(postgres), postgres.new_database()
        port = _free_port()
        cluster = Cluster(postgres, database, f"http://127.0.0.1:{port}/api", _environment(store, tmp_path))
        address = f"postgresql+asyncpg://rolecall@127.0.0.1:{postgres.port}/{engine}"
        server = {**cluster.environment, "PREFECT_API_DATABASE_CONNECTION_URL": address, "PREFECT_UI_ENABLED": "false"}
        processes.start("prefect", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), environment=server)
        wait_for("Prefect server", lambda: _is_healthy(cluster.api), 240)
        cluster.environment["PREFECT_API_URL"] = cluster.api
        yield cluster, f"s3://{store.new_bucket()}/set"
        processes.end()
        postgres.drop(database)
        postgres.drop(engine)


def _environment(store: S3Server, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {
        **kept, **store.environment, "PREFECT_HOME": str(folder / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1", "PREFECT_WORKER_QUERY_SECONDS": "1", "PYTHONSAFEPATH": "1",
    }  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_healthy(api: str) -> bool:
    try:
        return httpx.get(f"{api}/health", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def _configure(folder: Path, made: Crowd, cluster: Cluster, dataset: str) -> None:
    head = [
        f'[crawler]\npool = "rolecall"\nworkers = 2\nlease_seconds = {LEASE_SECONDS}\n',
        f'[storage]\ndatabase = "{cluster.postgres.url(cluster.database)}"\ndataset = "{dataset}"\nwork = "work"\n',
    ]
    blocks = [
        f'[[source]]\nplatform = "{platform}"\nboard = "{board}"\nbase_url = "{made.base_url}"\ndelay_seconds = {PACE_SECONDS}\n'
        for platform, board in made.boards()
    ]
    (folder / "rolecall.toml").write_text("\n".join(head + blocks), encoding="utf-8")


def test_a_killed_worker_costs_nothing(processes: Processes, cluster: tuple[Cluster, str], tmp_path: Path) -> None:
    servers, dataset = cluster
    with crowd() as made:
        _configure(tmp_path, made, servers, dataset)
        assert len(made.boards()) >= 200
        pool = ("prefect", "worker", "start", "--pool", "rolecall", "--type", "process", "--limit", "1")
        workers = [
            processes.start(f"worker{number}", *pool, "--name", f"worker {number}", environment=servers.environment)
            for number in range(2)
        ]
        night = processes.start("night", "rolecall", "-v", "nightly", "--json", environment=servers.environment)

        def both_at_work() -> bool:
            leased = servers.rows("SELECT flow_run_id, worker FROM shards WHERE state = 'leased'")
            stored = servers.rows("SELECT count(*) FROM board_results")[0][0]
            assert night.poll() is None, processes.log("night").read_text()
            return len({row[0] for row in leased}) == 2 and stored >= 10

        wait_for("both workers at work", both_at_work, 400)
        kill_tree(workers[0].pid)
        killed_at = time.monotonic()
        assert night.wait(timeout=500) == 0, processes.log("night").read_text()
        print(f"the night ended {time.monotonic() - killed_at:.0f} s after the kill")
        truth = made.truth()
        crossed, gaps = made.crossed, [b - a for times in made.asked_at.values() for a, b in pairwise(times)]
    _look(servers, truth)
    assert crossed == [], "a host was asked from two sides"
    assert min(gaps) >= 0.5 * PACE_SECONDS, "the pace belongs to the host"
    counted = processes.start("sql", "rolecall", "sql", COUNT, "--json", environment=servers.environment)
    assert counted.wait(timeout=120) == 0, processes.log("sql").read_text()
    assert json.loads(processes.log("sql").read_text().splitlines()[-1]) == [{"n": len(truth), "d": len(truth)}]


COUNT = "select count(*) as n, count(distinct posting_id) as d from history"


def _look(servers: Cluster, truth: list[tuple[str, str, str]]) -> None:
    stored = servers.rows("SELECT platform, board, external_id FROM postings WHERE state = 'open'")
    assert sorted(stored) == truth, "every posting once, and no other"
    assert servers.rows("SELECT status, count(*) FROM board_results GROUP BY 1") == [("complete", len({row[:2] for row in truth}))]
    assert servers.rows("SELECT count(*) FROM events WHERE kind <> 'opened'") == [(0,)]
    shards = servers.rows("SELECT shard_id, state, attempts FROM shards")
    assert {row[1] for row in shards} == {"done"}
    assert max(row[2] for row in shards) >= 2, "what the dead worker held was taken over"
    assert servers.rows("SELECT name FROM leases") == []
    runs = servers.flow_runs()
    by_name = {run["name"]: run["state_name"] for run in runs}
    print(by_name)
    assert {run["state_type"] for run in runs} <= {"COMPLETED", "CRASHED", "CANCELLED"}, by_name
    states = Counter(run["state_type"] for run in runs if run["name"].startswith("crawl of"))
    assert states["CRASHED"] == 1, by_name
    assert states["COMPLETED"] >= 1, by_name
    assert [run["state_type"] for run in runs if run["name"].startswith("night ")] == ["COMPLETED"]
