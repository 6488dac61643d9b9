"""How a schedule stands: next night, last night, whether tonight is due, who runs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.due import due_night
from flows.installed import Installed
from flows.served import Served, who_serves
from pipeline.errors import RolecallError
from pipeline.schedule import latest_due, next_due
from storage.queries.nights import is_at_work
from storage.summaries import newest_first


@dataclass(frozen=True, slots=True)
class Standing:
    """What ``rolecall schedule show`` says."""

    installed: Installed
    data_dir: Path
    next_night: datetime
    """UTC."""
    tonight: datetime
    """UTC; the newest occurrence."""
    last: Mapping[str, Any] | None
    """Summary of the last run."""
    is_at_work: bool
    is_due: bool | None
    """None where the database cannot tell; ``why`` says why."""
    why: str
    served: Served | None

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``--json``."""
        last, served = self.last, self.served
        return {
            **{name: value for name, value in self.installed.parameters.items() if name != "data"},
            "data": str(self.data_dir.absolute()),
            "pool": self.installed.pool,
            "next_night": self.next_night.isoformat(),
            "last_run": {name: last[name] for name in ("run_id", "started_at", "exit_code")} if last else None,
            "is_due": self.is_due,
            "is_at_work": self.is_at_work,
            "served_by": {"pid": served.pid, "host": served.host, "since": served.since, "page": served.page_url}
            if served
            else None,
        }

    def to_text(self) -> str:
        """Lines for a person."""
        last = self.last
        rows = (
            ("schedule", f"every night at {self.installed.schedule}"),
            ("next night", self._local(self.next_night)),
            ("last run", f"{last['run_id']} ended with {last['exit_code']}" if last else "none yet"),
            ("tonight", self._tonight()),
            ("run by", self._run_by()),
            ("configuration", str(self.installed.config)),
            ("data", str(self.data_dir.absolute())),
        )
        return "".join(f"{name:<15}{text}\n" for name, text in rows)

    def _local(self, instant: datetime) -> str:
        return f"{instant.astimezone(self.installed.schedule.zone):%Y-%m-%d %H:%M %Z}"

    def _tonight(self) -> str:
        night = f"the night of {self.installed.schedule.local_date(self.tonight)}"
        if self.is_at_work:
            return "a run is at work"
        if self.is_due is None:
            return f"cannot tell: {self.why}"
        if self.is_due:
            return f"{night} is due"
        return f"{night} has been run" if self.tonight >= self.installed.since else "nothing is due before the next night"

    def _run_by(self) -> str:
        if self.served:
            return f"process {self.served.pid} on {self.served.host}; Prefect's page is at {self.served.page_url}"
        if self.installed.pool:
            return f"workers of the Prefect work pool '{self.installed.pool}'"
        return "no `rolecall schedule serve` is running; a timer or cron may run it (--systemd and --cron print them)"


def look(installed: Installed, data_dir: Path, now: datetime) -> Standing:
    """How the schedule of a data folder stands at ``now`` (UTC); reads only."""
    why, is_due = "", None
    try:
        is_due = due_night(installed.where, installed.schedule, now, installed.since, create=False) is not None
    except RolecallError as error:
        why = str(error)
    return Standing(
        installed,
        data_dir,
        next_due(installed.schedule, now),
        latest_due(installed.schedule, now),
        next(newest_first(data_dir / "runs"), None),
        is_at_work(data_dir),
        is_due,
        why,
        who_serves(data_dir),
    )
