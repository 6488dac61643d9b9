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

from flows.prefect_server import STAYS
from pipeline.errors import RolecallError

START_SECONDS = 180
"""18 to 28 s on a quiet machine, over two minutes on a loaded one."""
_STOP_SECONDS = 5
_POLL_SECONDS = 0.1
_KEPT_DAYS = 90
"""Of runs in a server that stays; our own summaries are kept apart from it, for good."""
LOGGING = {
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # what shards say goes to Prefect's page, and only what is wrong to the terminal
    "PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL": "INFO",
    "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "INFO",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING",
}
_SETTINGS = {
    **LOGGING,
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_UI_ENABLED": "false",
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
    with own_server(data_dir) as url, temporary_settings({PREFECT_API_URL: url}):
        try:
            yield
        finally:
            _send_logs()


def _send_logs() -> None:
    """Prefect sends its log in the background; what is left when the server has gone would end in a traceback on the terminal."""
    from prefect.logging.handlers import APILogHandler

    APILogHandler().flush()


@contextmanager
def own_server(data_dir: Path, *, port: int = 0, stays: bool = False) -> Iterator[str]:
    """A Prefect server on loopback that ends with the context; gives the address of its API. ``prepare`` comes first.

    Args:
        data_dir: where its log goes; its database is in ``PREFECT_HOME``.
        port: 0 takes a free one.
        stays: for many nights, with scheduler and page; else for one.

    Raises:
        EngineError: it does not start.
    """
    log_path = data_dir / "prefect" / "server.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    port = port or _free_port()
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-P", "-m", "flows.prefect_server", str(port), *([STAYS] if stays else [])]
    environment = {**os.environ, **(_staying(url) if stays else {})}
    with log_path.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module, a number
            command, stdout=log, stderr=log, env=environment, start_new_session=True
        )
    try:
        _wait_until_healthy(process, url, log_path)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _staying(url: str) -> dict[str, str]:
    """What a server for years needs besides: its page, at addresses and in a folder of ours, and an end to what it keeps."""
    return {
        "PREFECT_UI_ENABLED": "true",
        "PREFECT_UI_API_URL": url,
        "PREFECT_UI_STATIC_DIRECTORY": str(Path(os.environ["PREFECT_HOME"]) / "page"),
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(_KEPT_DAYS * 24 * 60 * 60),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_healthy(url: str) -> bool:
    """Whether a Prefect server answers at this address of its API."""
    try:
        with urlopen(f"{url}/health", timeout=5) as response:  # noqa: S310 - our own server, or the one that the user names
            return bool(response.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, log_path: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if is_healthy(url):
            return
        time.sleep(_POLL_SECONDS)
    raise EngineError(f"Prefect's server did not start; its log is {log_path}, and `rolecall doctor` checks the installation")
