"""The schedule as it is kept: ``<data>/schedule.json``, which names paths and times and no secret."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.configured import Configured
from pipeline.errors import UsageError
from pipeline.schedule import Schedule, parse_schedule

_NAME = "schedule.json"


@dataclass(frozen=True, slots=True)
class Installed:
    """A schedule, and what it runs."""

    schedule: Schedule
    config: Path
    """Absolute, on the machine that runs the nights."""
    data: Path | None
    """Absolute; wins over the configuration's [storage] where given."""
    since: datetime
    """UTC; nights before it were not missed."""
    pool: str | None = None
    """Prefect work pool whose workers run the nights; None where ``rolecall schedule serve`` or a timer does."""

    @property
    def where(self) -> Configured:
        return Configured(self.config, self.data)

    @property
    def parameters(self) -> dict[str, Any]:
        """Of the flow ``flows.deployed.scheduled_night``."""
        return {
            "at": f"{self.schedule.at:%H:%M}",
            "tz": self.schedule.tz,
            "config": str(self.config),
            "data": str(self.data) if self.data else None,
            "since": self.since.isoformat(),
        }


def read_installed(data_dir: Path) -> Installed | None:
    """The schedule of a data folder; None where there is none.

    Raises:
        UsageError: the file is not one of ours.
    """
    path = data_dir / _NAME
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        data, since = kept["data"], datetime.fromisoformat(kept["since"])
        return Installed(
            parse_schedule(kept["at"], kept["tz"]), Path(kept["config"]), Path(data) if data else None, since, kept["pool"]
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{path} is not a schedule; run `rolecall schedule install` again") from None


def require_installed(data_dir: Path) -> Installed:
    """The schedule of a data folder.

    Raises:
        UsageError: there is none.
    """
    installed = read_installed(data_dir)
    if installed is None:
        raise UsageError(f"no schedule in {data_dir}; `rolecall schedule install --at 02:00` makes one")
    return installed


def write_installed(data_dir: Path, installed: Installed) -> Path:
    """Keep a schedule: written aside and renamed, so that nobody reads half of it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / _NAME
    handle, name = tempfile.mkstemp(dir=data_dir, prefix=f".{_NAME}.")
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({**installed.parameters, "pool": installed.pool}, file, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o644)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return path


def remove_installed(data_dir: Path) -> None:
    """Forget a schedule."""
    (data_dir / _NAME).unlink(missing_ok=True)
