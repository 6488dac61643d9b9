"""Prefect as it was installed from the lock: its server starts, a flow runs on one of ours, and nothing is reported to anybody."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 240
_FLOW = """
import sys
from pathlib import Path
from flows.engine import engine, prepare
prepare(Path(sys.argv[1]))
from prefect import flow, get_run_logger, task
from prefect.settings import get_current_settings

@task
def double(number):
    get_run_logger().info("doubles %d", number)
    return 2 * number

@flow
def doubled():
    return [future.result() for future in double.map([1, 2, 3])]

with engine(Path(sys.argv[1])):
    print(doubled(), get_current_settings().server.analytics_enabled)
"""


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DO_NOT_TRACK"))}
    return {**kept, "PREFECT_HOME": str(folder / "home")}


def test_a_flow_runs_on_a_server_of_ours_and_says_nothing_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", _FLOW, str(tmp_path)], env=_environment(tmp_path), capture_output=True, text=True,
        timeout=PATIENCE_SECONDS, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip(), done.stderr.strip()) == (0, "[2, 4, 6] False", "")


def test_prefects_own_server_starts_with_the_settings_of_the_deployment(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**_environment(tmp_path), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "PREFECT_UI_ENABLED": "false"}
    command = [sys.executable, "-P", "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    log = tmp_path / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=tmp_path)
    try:
        settings = _settings(process, f"http://127.0.0.1:{port}/api", log)
    finally:
        process.terminate()
        process.wait(timeout=60)
    assert settings["server"]["analytics_enabled"] is False


def _settings(process: subprocess.Popen[bytes], api: str, log: Path) -> Any:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            if httpx.get(f"{api}/health", timeout=5).status_code == 200:
                return orjson.loads(httpx.get(f"{api}/admin/settings", timeout=30).content)
        except httpx.HTTPError:
            time.sleep(0.3)
    raise AssertionError(log.read_text(encoding="utf-8"))
