from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.machine_zone import machine_zone


@pytest.fixture
def etc(tmp_path: Path) -> Path:
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    (tmp_path / "timezone").write_text("Asia/Tokyo\n", encoding="utf-8")
    return tmp_path


def test_the_environment_comes_first(etc: Path) -> None:
    assert machine_zone({"TZ": "America/New_York"}, etc) == "America/New_York"
    assert machine_zone({"TZ": ":America/New_York"}, etc) == "America/New_York"


def test_then_the_link_and_then_the_file(etc: Path) -> None:
    assert machine_zone({}, etc) == "Europe/Berlin"
    assert machine_zone({"TZ": "EST5EDT,M3.2.0,M11.1.0"}, etc) == "Europe/Berlin"
    (etc / "localtime").unlink()
    assert machine_zone({}, etc) == "Asia/Tokyo"


def test_a_machine_that_tells_nothing_keeps_utc(tmp_path: Path) -> None:
    assert machine_zone({}, tmp_path) == "UTC"
