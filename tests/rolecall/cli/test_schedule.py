"""The schedule's commands without a Prefect server; with one: tests/flows/test_scheduled_nights.py."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.store import Store

SOURCE = '[crawler]\ncontact = "bot@example.org"\n[[source]]\nplatform = "lever"\nboard = "acme"\n'


@pytest.fixture(autouse=True)
def _no_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)


@pytest.fixture
def configured(run: Any, tmp_path: Path) -> Any:
    (tmp_path / "rolecall.toml").write_text(SOURCE, encoding="utf-8")
    return run


def _kept(tmp_path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads((tmp_path / "data" / "schedule.json").read_text(encoding="utf-8"))
    return kept


def _missed(tmp_path: Path) -> None:
    """As if the schedule had been there for a month."""
    kept = _kept(tmp_path) | {"since": "2026-01-01T00:00:00+00:00"}
    (tmp_path / "data" / "schedule.json").write_text(json.dumps(kept), encoding="utf-8")


def test_a_schedule_is_kept_with_absolute_paths_and_says_what_runs_it(configured: Any, tmp_path: Path) -> None:
    done = configured("schedule", "install", "--at", "2:00", "--tz", "Europe/Berlin")
    assert done.exit_code == 0, done.stderr
    kept = _kept(tmp_path)
    assert (kept["at"], kept["tz"], kept["data"], kept["pool"]) == ("02:00", "Europe/Berlin", None, None)
    assert kept["config"] == str(tmp_path / "rolecall.toml")
    assert "every night at 02:00 Europe/Berlin: data/schedule.json" in done.stderr
    assert "nothing runs it yet: `rolecall schedule serve` does" in done.stderr


def test_the_zone_is_the_machines_where_none_is_given(configured: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert configured("schedule", "install", "--at", "02:00").exit_code == 0
    assert _kept(tmp_path)["tz"] == "Asia/Kolkata"


def test_the_same_schedule_again_forgets_no_missed_night_and_another_one_begins_anew(configured: Any, tmp_path: Path) -> None:
    configured("schedule", "install", "--at", "02:00", "--tz", "UTC")
    _missed(tmp_path)
    configured("schedule", "install", "--at", "02:00", "--tz", "UTC")
    assert _kept(tmp_path)["since"].startswith("2026-01-01")
    configured("schedule", "install", "--at", "02:01", "--tz", "UTC")
    assert not _kept(tmp_path)["since"].startswith("2026-01-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["install", "--at", "26:00"], "'26:00' is no time of day; write hours and minutes, as in 02:00"),
        (["install", "--at", "02:00", "--tz", "Europe/Berlni"], "did you mean 'Europe/Berlin'?"),
        (["install", "--at", "02:00", "--pool", "x"], "a work pool belongs to a Prefect server; set PREFECT_API_URL"),
        (["show"], "no schedule in data; `rolecall schedule install --at 02:00` makes one"),
        (["serve"], "no schedule in data; `rolecall schedule install --at 02:00` makes one"),
        (["run-now"], "no schedule in data; `rolecall schedule install --at 02:00` makes one"),
        (["run-now", "--if-due"], "no schedule in data; `rolecall schedule install --at 02:00` makes one"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(configured: Any, tmp_path: Path, words: list[str], said: str) -> None:
    done = configured("schedule", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("config", "said"), [("", "names no sources to crawl"), (SOURCE.replace("contact", "# contact"), "no contact address")]
)
def test_a_schedule_of_nights_that_would_be_refused_is_refused(run: Any, tmp_path: Path, config: str, said: str) -> None:
    (tmp_path / "rolecall.toml").write_text(config, encoding="utf-8")
    done = run("schedule", "install", "--at", "02:00")
    assert (done.exit_code, said in done.stderr) == (2, True)
    assert not (tmp_path / "data").exists()


def test_show_says_how_it_stands(configured: Any, tmp_path: Path) -> None:
    configured("schedule", "install", "--at", "02:00", "--tz", "UTC")
    assert "nothing is due before the next night" in configured("schedule", "show").stdout
    _missed(tmp_path)
    shown = configured("schedule", "show").stdout
    assert "every night at 02:00 UTC" in shown
    assert re.search(r"^tonight +the night of \d{4}-\d\d-\d\d is due$", shown, re.MULTILINE)
    assert "no `rolecall schedule serve` is running" in shown
    assert not (tmp_path / "data" / "rolecall.db").exists()  # a reading command makes no database
    told = json.loads(configured("schedule", "show", "--json").stdout)
    assert (told["is_due"], told["is_at_work"], told["last_run"], told["served_by"]) == (True, False, None, None)
    assert datetime.fromisoformat(told["next_night"]) > datetime.now(UTC)


def test_a_database_that_cannot_tell_is_no_error_of_show(configured: Any, tmp_path: Path) -> None:
    configured("schedule", "install", "--at", "02:00", "--tz", "UTC")
    (tmp_path / "data" / "rolecall.db").touch()
    done = configured("schedule", "show")
    assert done.exit_code == 0
    assert "cannot tell: the database" in done.stdout
    assert json.loads(configured("schedule", "show", "--json").stdout)["is_due"] is None


def test_units_and_cron_lines_are_printed(configured: Any, tmp_path: Path) -> None:
    configured("schedule", "install", "--at", "02:00", "--tz", "Europe/Berlin")
    assert "OnCalendar=*-*-* 02:00:00 Europe/Berlin" in configured("schedule", "show", "--systemd").stdout
    assert f"--config {tmp_path}/rolecall.toml schedule run-now --if-due" in configured("schedule", "show", "--cron").stdout
    assert "give one of them" in configured("schedule", "show", "--cron", "--json").stderr


def test_a_night_that_has_been_run_is_not_run_again(configured: Any, tmp_path: Path) -> None:
    configured("schedule", "install", "--at", "02:00", "--tz", "UTC")
    _missed(tmp_path)
    with Store.open(f"sqlite:///{tmp_path}/data/rolecall.db", tmp_path / "data", create=True) as store:
        store.finish_run(store.begin_run(date.today(), datetime.now(UTC)), {})
    quiet = configured("schedule", "run-now", "--if-due")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
    loud = configured("schedule", "run-now", "--if-due", "-v")
    assert loud.exit_code == 0
    assert loud.stderr.startswith("nothing is due: the night of ")


def test_remove_forgets_it_and_says_so_when_there_is_none(configured: Any, tmp_path: Path) -> None:
    configured("schedule", "install", "--at", "02:00", "--tz", "UTC")
    assert "is removed; what was stored stays" in configured("schedule", "remove").stderr
    assert not (tmp_path / "data" / "schedule.json").exists()
    done = configured("schedule", "remove")
    assert (done.exit_code, done.stderr) == (0, "no schedule in data; nothing to remove\n")


@pytest.mark.parametrize("words", [["show"], ["show", "--systemd"], ["run-now", "--if-due"], ["remove"]])
def test_nothing_heavy_is_loaded_where_nothing_runs(configured: Any, tmp_path: Path, words: list[str]) -> None:
    configured("schedule", "install", "--at", "02:00", "--tz", "UTC")
    script = (
        f"import sys\nfrom rolecall.cli.root import root\ncode = root.main({['schedule', *words]!r}, standalone_mode=False)\n"
        "print(code, [name for name in ('prefect', 'scrapy', 'sklearn') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.splitlines()[-1] == "0 []"
