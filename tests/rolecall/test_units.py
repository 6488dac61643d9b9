"""The printed units and cron lines are complete: systemd itself checks them where it is installed, and their commands run."""

from __future__ import annotations

import configparser
import getpass
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from flows.installed import Installed
from pipeline.schedule import Schedule
from rolecall.units import UNITS, cron_text, systemd_text, systemd_units

BERLIN = Schedule(time(2, 30), "Europe/Berlin")


def _installed(folder: Path, data: Path | None = None, storage: str = "") -> Installed:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rolecall.toml").write_text(storage, encoding="utf-8")
    return Installed(BERLIN, folder / "rolecall.toml", data, datetime(2026, 11, 27, tzinfo=UTC))


def _parsed(text: str) -> configparser.ConfigParser:
    """Our own reading: sections of keys, each value whole; a key of a list of calendar lines may come twice."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text)
    return parser


@pytest.fixture(params=["plain", 'with a space, 5% of "it" and $HOME\'s'])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / request.param


def test_systemd_finds_no_fault(folder: Path, tmp_path: Path) -> None:
    units = systemd_units(_installed(folder, folder / "data"))
    assert tuple(units) == UNITS
    for name, text in units.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert _parsed(text).sections()[0] == "Unit"
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: only our own parser has read the units")
    paths = [str(tmp_path / name) for name in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, timeout=60, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "rolecall-" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_the_units_say_what_the_schedule_needs(tmp_path: Path) -> None:
    units = {name: _parsed(text) for name, text in systemd_units(_installed(tmp_path)).items()}
    service = units["rolecall-night.service"]["Service"]
    assert service["ExecStart"] == f"{sys.executable} -P -m rolecall --config {tmp_path}/rolecall.toml schedule run-now --if-due"
    assert service["ReadWritePaths"] == str(tmp_path / "data")
    assert service["User"] == getpass.getuser()
    assert (service["ProtectSystem"], service["NoNewPrivileges"], service["KillMode"]) == ("strict", "yes", "mixed")
    assert units["rolecall-serve.service"]["Service"]["ExecStart"].endswith("schedule serve")
    timer = systemd_units(_installed(tmp_path))["rolecall-night.timer"]
    assert "OnCalendar=*-*-* 02:30:00 Europe/Berlin\n" in timer
    assert "OnCalendar=hourly\n" in timer
    assert "Persistent=true\n" in timer


def test_a_database_and_a_data_set_elsewhere_may_be_written_too(tmp_path: Path) -> None:
    storage = f'[storage]\ndatabase = "sqlite:///{tmp_path}/db/r.db"\ndataset = "files"\nwork = "work"\n'
    service = _parsed(systemd_units(_installed(tmp_path, storage=storage))["rolecall-night.service"])["Service"]
    assert service["ReadWritePaths"].split() == [str(tmp_path / name) for name in ("work", "db", "files")]


def test_all_units_are_printed_under_their_paths(tmp_path: Path) -> None:
    text = systemd_text(_installed(tmp_path))
    assert [line for line in text.splitlines() if line.startswith("# /")] == [f"# /etc/systemd/system/{name}" for name in UNITS]
    assert "$" not in text


def test_a_line_of_cron_is_the_command_of_this_installation(folder: Path) -> None:
    text = cron_text(_installed(folder, folder / "data"))
    line = text.splitlines()[-1]
    fields, command = line.split(" ", 5)[:5], line.split(" ", 5)[5]
    assert fields == ["*/15", "*", "*", "*", "*"]
    assert "%" not in command.replace("\\%", "")  # cron ends the line at a bare one
    words = shlex.split(command.replace("\\%", "%"))
    wanted = ["--config", f"{folder}/rolecall.toml", "--data", f"{folder}/data", "schedule", "run-now", "--if-due", "--quiet"]
    assert words == [sys.executable, "-P", "-m", "rolecall", *wanted, ">>", f"{folder}/data/nightly.log", "2>&1"]
