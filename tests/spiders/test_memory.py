from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.crawling import HostRest
from spiders.memory import HostMemory

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
ROOT = "https://a.example"


@pytest.mark.parametrize(
    ("later", "is_known"),
    [(timedelta(), True), (timedelta(hours=23, minutes=59), True), (timedelta(hours=24), False), (timedelta(seconds=-1), False)],
)
def test_a_robots_txt_is_kept_for_a_day(tmp_path: Path, later: timedelta, is_known: bool) -> None:
    HostMemory(tmp_path / "hosts", NOW).keep_robots(ROOT, "User-agent: *\nDisallow: /x")
    record = HostMemory(tmp_path / "hosts", NOW + later).robots(ROOT)
    assert (record is not None) is is_known
    assert record is None or (record.text.endswith("/x") and record.fetched_at == NOW)
    assert HostMemory(tmp_path / "hosts", NOW + later).robots("https://b.example") is None


def test_an_old_robots_txt_can_be_looked_at(tmp_path: Path) -> None:
    HostMemory(tmp_path, NOW).keep_robots(ROOT, "User-agent: *")
    record = HostMemory(tmp_path, NOW + timedelta(days=9)).last_robots(ROOT)
    assert record
    assert (record.fetched_at, record.text) == (NOW, "User-agent: *")
    assert HostMemory(tmp_path, NOW).last_robots("https://b.example") is None


def test_a_rest_ends_when_it_said(tmp_path: Path) -> None:
    rest = HostRest("a.example", NOW + timedelta(hours=2), "429", "7200 seconds of rest", is_put_off=True)
    HostMemory(tmp_path, NOW).keep_rest(rest)
    assert HostMemory(tmp_path, NOW + timedelta(minutes=119)).rest("a.example") == rest
    assert HostMemory(tmp_path, NOW + timedelta(hours=2)).rest("a.example") is None


@pytest.mark.parametrize("content", [b"", b"null", b"[1]", b'{"until": 5, "fetched_at": "soon"}', b"\xff"])
def test_a_record_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    memory = HostMemory(tmp_path, NOW)
    memory.keep_robots(ROOT, "")
    memory.keep_rest(HostRest(ROOT, NOW + timedelta(hours=1), "429", "x", is_put_off=True))
    for path in tmp_path.iterdir():
        path.write_bytes(content)
    assert memory.robots(ROOT) is None
    assert memory.rest(ROOT) is None


def test_without_a_folder_nothing_is_remembered() -> None:
    memory = HostMemory(None, NOW)
    memory.keep_robots(ROOT, "")
    assert memory.robots(ROOT) is None
