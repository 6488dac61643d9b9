"""Prefect made fit for an unattended night: offline, silent, with a home and a server of ours.

Its settings are read when it is first imported, so ``prepare`` must run before that.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from pipeline.errors import RolecallError

START_SECONDS = 180
"""18 to 28 s on a quiet machine, over two minutes on a loaded one."""
_STOP_SECONDS = 5
_POLL_SECONDS = 0.1
_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}


class EngineError(RolecallError):
    """Prefect's server did not start."""


def prepare(data_dir: Path) -> None:
    """Set the engine's environment; what the user has set already wins."""
    home = Path(os.environ.setdefault("PREFECT_HOME", str((data_dir / "prefect").absolute())))
    home.mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder only, and warns
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)


@contextmanager
def engine(data_dir: Path) -> Iterator[None]:
    """Give the flows a Prefect server: the one that ``PREFECT_API_URL`` names, else one of our own that ends with the night.

    Raises:
        EngineError: it does not start.
    """
    from prefect.settings import PREFECT_API_URL, temporary_settings

    if PREFECT_API_URL.value():
        yield
        return
    log_path = data_dir / "prefect" / "server.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    with log_path.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module, a number
            [sys.executable, "-P", "-m", "flows.prefect_server", str(port)], stdout=log, stderr=log, start_new_session=True
        )
    try:
        url = f"http://127.0.0.1:{port}/api"
        _wait_until_healthy(process, url, log_path)
        with temporary_settings({PREFECT_API_URL: url}):
            yield
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, log_path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/health", timeout=5) as response:  # noqa: S310 - our own server on loopback
                if response.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(_POLL_SECONDS)
    raise EngineError(f"Prefect's server did not start; its log is {log_path}, and `rolecall doctor` checks the installation")
