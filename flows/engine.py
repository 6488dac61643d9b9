"""Prefect made fit for an unattended night: offline, silent, with a home of ours.

Its settings are read when it is first imported, so ``prepare`` must run before that.
"""

from __future__ import annotations

import os
from pathlib import Path

_SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    # 18 to 28 s on a quiet machine, over two minutes on a loaded one; Prefect gives up after 20
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}


def prepare(data_dir: Path) -> None:
    """Set the engine's environment; what the user has set already wins.

    With ``PREFECT_API_URL`` in the environment the night reports to that server, otherwise to one of its own that ends with it.
    """
    home = Path(os.environ.setdefault("PREFECT_HOME", str((data_dir / "prefect").absolute())))
    home.mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder only, and warns
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
