"""The instants that Prefect's own scheduler gives around the change of the clocks: with our guard each local date has one night."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.schedule import NightRun, Schedule, due, meant, occurrence, parse_schedule

pytestmark = pytest.mark.slow
DAYS = 7
CASES = (
    ("02:30", "Europe/Berlin", date(2027, 3, 25)),
    ("02:30", "Europe/Berlin", date(2026, 10, 22)),
    ("00:30", "America/Havana", date(2026, 3, 5)),
    ("00:30", "America/Havana", date(2026, 10, 29)),
    ("02:15", "Australia/Lord_Howe", date(2026, 9, 30)),
    ("23:30", "America/Sao_Paulo", date(2018, 2, 14)),
)


def _asked(schedule: Schedule, start: date) -> str:
    begin = datetime.combine(start, datetime.min.time(), schedule.zone)
    return json.dumps({"cron": schedule.cron, "tz": schedule.tz, "start": begin.isoformat(), "n": DAYS})


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, date], list[datetime]]:
    """Prefect's dates of each case, from one process: its import takes seconds."""
    home = tmp_path_factory.mktemp("prefect")
    asked = "\n".join(_asked(parse_schedule(at, tz), start) for at, tz, start in CASES)
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).with_name("prefect_dates.py"))],
        input=asked, env={**os.environ, "PREFECT_HOME": str(home)}, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    answers = [[datetime.fromisoformat(one) for one in json.loads(line)] for line in done.stdout.splitlines()]
    return dict(zip(CASES, answers, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]} {case[2]}")
def test_each_local_date_gets_one_night(case: tuple[str, str, date], planned: dict[tuple[str, str, date], list[datetime]]) -> None:
    schedule = parse_schedule(case[0], case[1])
    runs: list[NightRun] = []
    for instant in planned[case]:
        begins = meant(schedule, instant)
        for now in (begins, begins + timedelta(hours=1)):  # an hour that comes twice
            if due(schedule, now, runs) is not None:
                runs.append(NightRun(now, has_ended=True))
    days = [case[2] + timedelta(days=n) for n in range(DAYS)]
    assert [schedule.local_date(run.started_at) for run in runs] == days
    assert [run.started_at for run in runs] == [occurrence(schedule, day) for day in days]


def test_prefect_comes_before_the_gap_which_is_why_its_run_waits(
    planned: dict[tuple[str, str, date], list[datetime]],
) -> None:
    early = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    assert early in planned[CASES[0]]
    schedule = parse_schedule("02:30", "Europe/Berlin")
    last = NightRun(datetime(2027, 3, 27, 1, 30, tzinfo=UTC), has_ended=True)
    assert due(schedule, early, [last]) is None
    assert due(schedule, meant(schedule, early), [last]) == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
