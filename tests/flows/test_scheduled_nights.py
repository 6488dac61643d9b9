"""A schedule with a real Prefect server, its runner, and nights of the practice server: missed, late, stopped."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from spiders.practice.scenario import Fault, load_scenario
from spiders.practice.server import PracticeServer, serve

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
PATIENCE_SECONDS = 200
DEPLOYMENT = "/deployments/name/scheduled-night/nightly"


@dataclass(frozen=True)
class Served:
    """A folder whose schedule is served by a process."""

    folder: Path
    process: subprocess.Popen[str]
    log: Path

    @property
    def api(self) -> str:
        told = json.loads((self.folder / "data" / "serve.lock").read_text(encoding="utf-8"))
        return str(told["api_url"])

    def says(self, words: str) -> bool:
        return words in self.log.read_text(encoding="utf-8")

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, self.log.read_text(encoding="utf-8")
            time.sleep(0.2)


def _environment(**more: str) -> dict[str, str]:
    """Without what would lead to another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**kept, "PREFECT_RUNNER_POLL_FREQUENCY": "1", **more}


def _rolecall(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "rolecall", *words]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False, env=_environment(**environment)
    )


def _configure(folder: Path, server: PracticeServer) -> None:
    blocks = [
        f'[[source]]\nplatform = "{one.platform}"\nboard = "{one.board}"\nbase_url = "{one.base_url}"\n' for one in server.sources()
    ]
    (folder / "rolecall.toml").write_text("\n".join(blocks), encoding="utf-8")


def _install_missed(folder: Path, *words: str, **environment: str) -> None:
    """A schedule whose newest night lies hours back and was never run; the machine was off for ten days."""
    at = datetime.now(UTC) - timedelta(hours=3)
    done = _rolecall(folder, "schedule", "install", "--at", f"{at:%H:%M}", "--tz", "UTC", *words, **environment)
    assert done.returncode == 0, done.stderr
    kept = folder / "data" / "schedule.json"
    since = {"since": (at - timedelta(days=10)).isoformat()}
    kept.write_text(json.dumps(json.loads(kept.read_text(encoding="utf-8")) | since), encoding="utf-8")


@contextmanager
def _serving(folder: Path) -> Iterator[Served]:
    (folder / "storage").mkdir()  # a folder of the user's that must not shadow ours
    (folder / "storage" / "__init__.py").touch()
    log = folder / "serve.log"
    command = [sys.executable, "-P", "-m", "rolecall", "schedule", "serve"]
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command, cwd=folder, stdout=stream, stderr=stream, text=True, start_new_session=True, env=_environment()
        )
    try:
        yield Served(folder, process, log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _left(folder: Path) -> list[str]:
    """Processes that have this folder in their environment or their command, whoever started them."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (path / "environ").read_bytes() + (path / "cmdline").read_bytes()
            if str(folder).encode() in told and path.name != str(os.getpid()):
                found.append((path / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def _nights(folder: Path) -> list[tuple[str, bool]]:
    with closing(sqlite3.connect(f"file:{folder / 'data' / 'rolecall.db'}?mode=ro", uri=True)) as connection:
        query = "SELECT run_id, summary IS NOT NULL FROM runs WHERE kind = 'nightly' ORDER BY run_number"
        return [(run_id, bool(ended)) for run_id, ended in connection.execute(query)]


def _api(url: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, {"Content-Type": "application/json"}), timeout=20) as answer:
        return json.loads(answer.read())


def _completed(served: Served) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _api(
        served.api + "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    )
    return found


@pytest.fixture(scope="module")
def practice() -> Iterator[PracticeServer]:
    with serve(load_scenario("tiny"), 1) as running:
        yield running


@pytest.fixture(scope="module")
def served(practice: PracticeServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    _configure(folder, practice)
    _install_missed(folder)
    with _serving(folder) as running:
        running.wait_until(lambda: running.says(" ended: run "))
        yield running


def test_a_missed_night_is_caught_up_once_when_serving_begins(served: Served) -> None:
    log = served.log.read_text(encoding="utf-8")
    assert log.count("has not been run to its end; beginning it now") == 1
    assert log.count(" begins\n") == 1
    assert ", done: 59 new, 0 changed, 0 closed\n" in log
    nights = _nights(served.folder)
    assert [ended for _, ended in nights] == [True]


def test_the_deployment_has_schedule_zone_tags_and_no_secret(served: Served) -> None:
    there = _api(served.api + DEPLOYMENT)
    assert [(one["active"], one["schedule"]["timezone"]) for one in there["schedules"]] == [(True, "UTC")]
    assert there["entrypoint"] == "flows.deployed.scheduled_night"
    assert there["tags"] == ["rolecall", "nightly"]
    assert set(there["parameters"]) == {"at", "tz", "config", "data", "since"}
    night = f"night of {datetime.now(UTC) - timedelta(hours=3):%Y-%m-%d}"
    # the night says its end in the log a moment before Prefect's server is told of it
    served.wait_until(lambda: night in [one["name"] for one in _completed(served)])
    assert all(one["parameters"].keys() <= {*there["parameters"], "if_due"} for one in _completed(served))


def test_prefects_page_is_there_and_asks_the_same_server(served: Served) -> None:
    page = served.api.removesuffix("/api")
    with urlopen(page, timeout=20) as answer:
        assert "<html" in answer.read().decode()
    assert _api(f"{page}/ui-settings")["api_url"] == served.api


def test_the_server_does_not_grow_for_ever_and_tells_nobody(served: Served) -> None:
    settings = _api(served.api + "/admin/settings")["server"]
    vacuum = settings["services"]["db_vacuum"]
    assert (sorted(vacuum["enabled"]), vacuum["retention_period"]) == (["events", "flow_runs"], "P90D")
    assert settings["analytics_enabled"] is False


def test_what_serves_is_shown_and_a_second_one_refused(served: Served) -> None:
    told = json.loads(_rolecall(served.folder, "schedule", "show", "--json").stdout)
    assert told["served_by"]["pid"] == served.process.pid
    assert (told["is_due"], told["last_run"]["exit_code"]) == (False, 0)
    second = _rolecall(served.folder, "schedule", "serve")
    assert (second.returncode, "is served already" in second.stderr) == (5, True)


def test_five_late_runs_after_an_outage_are_one_night(served: Served, practice: PracticeServer, tmp_path: Path) -> None:
    """Of a deployment for a work pool, which takes the other one's place on the server."""
    _configure(tmp_path, practice)
    _install_missed(tmp_path)
    kept = tmp_path / "data" / "schedule.json"
    kept.write_text(json.dumps(json.loads(kept.read_text(encoding="utf-8")) | {"pool": "late"}), encoding="utf-8")
    script = [sys.executable, "-P", str(Path(__file__).with_name("late_runs.py")), "data", "5"]
    environment = _environment(PREFECT_API_URL=served.api, PREFECT_HOME=str(tmp_path / "prefect"))
    done = subprocess.run(
        script, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "pool": ["late", "process"],
        "safe_path": "1",
        "states": ["Completed", *["Skipped"] * 4],
        "was_taken_down": True,
    }
    assert len(_nights(tmp_path)) == 1


def test_a_changed_schedule_reaches_the_server(served: Served) -> None:
    done = _rolecall(served.folder, "schedule", "install", "--at", "02:30", "--tz", "Europe/Berlin")
    assert done.returncode == 0, done.stderr
    assert f"deployment 'nightly' is on {served.api}" in done.stderr
    schedules = [one["schedule"] for one in _api(served.api + DEPLOYMENT)["schedules"]]
    assert [(one["cron"], one["timezone"]) for one in schedules] == [("30 2 * * *", "Europe/Berlin")]


def test_ctrl_c_ends_a_night_that_was_asked_for_and_keeps_half_of_it(served: Served) -> None:
    scenario = load_scenario("tiny")
    slow = replace(scenario, faults=(Fault("/posting-api/", "slow", seconds=45.0, times=99),))
    with serve(slow, 1) as server:
        _configure(served.folder, server)
        done = _rolecall(served.folder, "schedule", "run-now")
        assert done.returncode == 0, done.stderr
        assert f"asked process {served.process.pid}, which serves the schedule, to run a night" in done.stderr
        served.wait_until(lambda: _boards_of_last(served.folder) > 1)
        assert _rolecall(served.folder, "schedule", "run-now", "--if-due").stderr == ""  # at work
        assert _left(served.folder) != []
        os.killpg(served.process.pid, signal.SIGINT)  # as a terminal does: to everything in its session
        assert served.process.wait(60) == 0
    log = served.log.read_text(encoding="utf-8")
    assert log.endswith("stopped\n")
    assert "stopping; the night keeps what it has\n" in log
    assert ", interrupted: " in log
    assert "Traceback" not in log
    (_, was_whole), (run_id, is_told) = _nights(served.folder)
    assert was_whole
    assert is_told
    summary = json.loads((served.folder / "data" / "runs" / run_id / "summary.json").read_text(encoding="utf-8"))
    assert summary["interrupted"]
    assert _left(served.folder) == []


def _boards_of_last(folder: Path) -> int:
    """Boards stored by the second night."""
    with closing(sqlite3.connect(f"file:{folder}/data/rolecall.db?mode=ro", uri=True)) as base:
        return int(
            base.execute("SELECT count(*) FROM board_results r JOIN runs USING (run_id) WHERE runs.run_number = 2").fetchone()[0]
        )
