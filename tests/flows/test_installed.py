from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from flows.installed import Installed, read_installed, remove_installed, require_installed, write_installed
from pipeline.errors import UsageError
from pipeline.schedule import Schedule

INSTALLED = Installed(
    Schedule(time(2, 30), "Europe/Berlin"),
    Path("/etc/r.toml"),
    Path("/srv/data"),
    datetime(2026, 11, 27, 8, tzinfo=UTC),
    "rolecall",
)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    path = write_installed(tmp_path / "new", INSTALLED)
    assert read_installed(tmp_path / "new") == INSTALLED
    assert [one.name for one in path.parent.iterdir()] == ["schedule.json"]
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {"at", "tz", "config", "data", "since", "pool"}


def test_a_folder_without_a_schedule(tmp_path: Path) -> None:
    assert read_installed(tmp_path) is None
    with pytest.raises(UsageError, match=r"no schedule in .*; `rolecall schedule install --at 02:00` makes one"):
        require_installed(tmp_path)
    remove_installed(tmp_path)
    write_installed(tmp_path, INSTALLED)
    remove_installed(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"at": 2}', '{"at": "2", "tz": "UTC", "data": null, "since": "x"}'])
def test_a_file_of_another_kind_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "schedule.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"schedule.json is not a schedule; run `rolecall schedule install` again"):
        read_installed(tmp_path)
