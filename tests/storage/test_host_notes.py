"""What one worker learned of a host reaches the others through the database, and the longer rest wins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.crawling import HostRest
from spiders.memory import HostMemory
from storage import host_notes
from storage.store import Store

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
HOST = "api.lever.co"


def _rest(hours: int, why: str) -> HostRest:
    return HostRest(HOST, NOW + timedelta(hours=hours), why, "rest", is_put_off=True)


def test_robots_and_rests_go_from_one_machine_to_another(database_url: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    here, there = HostMemory(one, NOW), HostMemory(other, NOW)
    here.keep_robots(f"https://{HOST}", "User-agent: *\nDisallow: /x\n")
    here.keep_rest(_rest(2, "429"))
    with Store.open(database_url, tmp_path, create=True) as store:
        host_notes.share(store, one)
        host_notes.fetch(store, other)
        robots, rest = there.robots(f"https://{HOST}"), there.rest(HOST)
        assert robots is not None
        assert robots.text == "User-agent: *\nDisallow: /x\n"
        assert rest == _rest(2, "429")
        there.keep_rest(_rest(5, "503"))
        host_notes.share(store, other)
        host_notes.share(store, one)  # the shorter one comes later, and changes nothing
        host_notes.fetch(store, one)
    assert here.rest(HOST) == _rest(5, "503")


def test_a_note_that_is_broken_is_passed_over(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "hosts"
    folder.mkdir()
    (folder / "rest--x.json").write_bytes(b'{"until": ')
    (folder / "list.json").write_bytes(b"[]")
    with Store.open(database_url, tmp_path, create=True) as store:
        host_notes.share(store, folder)
        host_notes.fetch(store, tmp_path / "empty")
    assert list((tmp_path / "empty").iterdir()) == []
