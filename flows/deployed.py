"""What Prefect runs: flows that it finds by module and name, on whatever machine a runner or a worker of its stands.

Their parameters are kept by Prefect and shown in its page, so none of them is a secret: a database address, which may hold a
password, is read from the configuration on the machine that runs.
"""

from __future__ import annotations

import logging
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, runtime
from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed, Failed

from flows.configured import Configured
from flows.due import due_night
from flows.processes import stand_apart
from flows.request import NightlyRequest
from pipeline.errors import RolecallError
from pipeline.runs import Progress, RunSummary
from pipeline.schedule import Schedule, latest_due, meant, parse_schedule

NIGHT_FLOW = "scheduled-night"
_CLOCKS_DIFFER = timedelta(minutes=5)
"""A worker's clock may lag the server's by so much."""
_EXITS = {0: "done", 3: "partial: some source failed, the rest is stored", 4: "no source could be read", 130: "interrupted"}


def _night_name() -> str:
    """``night of 2026-11-28``: the local date of the occurrence that a run is for."""
    given = runtime.flow_run.parameters
    schedule = parse_schedule(given["at"], given["tz"])
    return _night(schedule, max(_clock(), meant(schedule, _planned())))


@flow(name=NIGHT_FLOW, flow_run_name=_night_name, persist_result=False)
def scheduled_night(
    config: str, at: str, tz: str, data: str | None = None, since: str | None = None, if_due: bool = True
) -> State[Any]:
    """Run tonight's crawl unless it has been run: a late run after an outage and an hour that comes twice find it done.

    Args:
        config: path of the configuration on the machine that runs.
        at: local time of the schedule, as in 02:00.
        tz: its time zone.
        data: folder that wins over the configuration's [storage].
        since: ISO instant at which the schedule came to be; nights before that were not missed.
        if_due: false runs a night now, whatever was run before.
    """
    if stand_apart():
        logging.getLogger("prefect.flow_runs").addFilter(_is_news)
    from flows.nightly import run_nightly  # crawl, labels and storage: not for who only puts the deployment up

    where = Configured(Path(config), Path(data) if data else None)
    schedule = parse_schedule(at, tz)
    now = _waited_for(schedule)
    try:
        if if_due and due_night(where, schedule, now, datetime.fromisoformat(since) if since else None) is None:
            return Completed(name="Skipped", message=f"{_night(schedule, now)} has been run, or is at work; nothing to do")
        _tell(f"{_night(schedule, now)} begins")
        request = NightlyRequest(
            config=where.config, database_url=where.database_url, data_dir=where.data_dir, now=now, dataset=where.dataset,
            config_path=where.config_path,
        )  # fmt: skip
        return _ended(run_nightly(request, _report), _night(schedule, now))
    except RolecallError as error:
        _tell(f"{_night(schedule, now)} could not be run: {error}")
        return Failed(message=str(error))


def _clock() -> datetime:
    return datetime.now(UTC)


def _planned() -> datetime:
    """When Prefect planned this run for, UTC."""
    return datetime.fromtimestamp(runtime.flow_run.scheduled_start_time.timestamp(), UTC)


def _waited_for(schedule: Schedule) -> datetime:
    """UTC now, once the night that this run was planned for has come.

    Waits where Prefect came before a gap of the clocks. Never before the planned instant, or on a machine whose clock lags the run
    would see last night, which is done.
    """
    begin = meant(schedule, _planned())
    missing = (begin - _clock()).total_seconds()
    if begin != _planned() and missing > 0:
        _tell(f"waits until {begin:%H:%M} UTC: the clocks skip {schedule.at:%H:%M} tonight")
        time.sleep(missing)
    return begin if _clock() < begin < _clock() + _CLOCKS_DIFFER else _clock()


def _night(schedule: Schedule, now: datetime) -> str:
    return f"night of {schedule.local_date(latest_due(schedule, now))}"


def _ended(summary: RunSummary, night: str) -> State[Any]:
    """The state that Prefect's page shows: red where nothing could be read, named where something is missing."""
    how = _EXITS.get(summary.exit_code, f"exit code {summary.exit_code}")
    said = f"run {summary.run_id}, {how}: {summary.new} new, {summary.changed} changed, {summary.closed} closed"
    _tell(f"{night} ended: {said}")
    if summary.interrupted:
        return Cancelled(name="Interrupted", message=said)
    if summary.exit_code == 0:
        return Completed(message=said)
    return Completed(name="Partial", message=said) if summary.exit_code == 3 else Failed(message=said)


def _is_news(record: logging.LogRecord) -> bool:
    """False for the traceback that Prefect makes of a state which we return; of an unforeseen error it logs another one."""
    return not record.getMessage().startswith("Engine execution exited with unexpected exception")


def _report(step: Progress) -> None:
    if step.phase in ("start", "note"):
        _tell(step.text)


def _tell(text: str) -> None:
    """To Prefect's page, and to whoever reads the runner's or worker's output."""
    get_run_logger().info(text)
    print(text, file=sys.stderr, flush=True)
