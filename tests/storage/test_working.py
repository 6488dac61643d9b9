"""One run at a time, on this machine by the folder's lock and on all machines by a lease in the database."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.errors import RunLocked
from storage import leases
from storage.clock import database_now
from storage.store import Store
from storage.working import RUN, is_at_work_elsewhere, open_working

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def test_a_second_run_is_told_who_works_here_and_for_how_long(database_url: str, tmp_path: Path) -> None:
    with open_working(database_url, tmp_path, None, NOW) as working:
        assert working.took_over is None
        later = NOW + timedelta(hours=3, minutes=5)
        told = pytest.raises(RunLocked, match=r"another run works on .* \(process \d+ on .*, for 3 h 5 min\); wait for it")
        with told, open_working(database_url, tmp_path, None, later):
            pass
    with open_working(database_url, tmp_path, None, NOW) as working:
        assert working.took_over is None, "it was given back"


def test_a_run_from_another_folder_is_refused_by_the_lease(database_url: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    with open_working(database_url, here, None, NOW) as working:
        assert not is_at_work_elsewhere(working.store), "its own folder's lock tells of it"
        told = pytest.raises(
            RunLocked, match=r"another run works on this database \(process \d+ on .*\); .* ends by itself in \d+ s"
        )
        with told, open_working(database_url, there, None, NOW):
            pass
        with Store.open(database_url, there, create=True) as other:
            assert is_at_work_elsewhere(other)
    with Store.open(database_url, there, create=True) as other:
        assert not is_at_work_elsewhere(other)


def _leave(database_url: str, folder: Path, place: str, seconds: float) -> None:
    """What a killed run leaves behind."""
    with Store.open(database_url, folder, create=True) as store, store.engine.begin() as connection:
        assert leases.take(connection, RUN, "dead", "process 1 on elsewhere", database_now(connection), seconds, place)


def test_what_a_killed_run_of_this_folder_left_is_taken_over_at_once_and_said(database_url: str, tmp_path: Path) -> None:
    with open_working(database_url, tmp_path, None, NOW) as working:
        place = working.place
    _leave(database_url, tmp_path, place, 60)
    with open_working(database_url, tmp_path, None, NOW) as working:
        assert working.took_over is not None
        assert "took over the lock of process 1 on elsewhere" in working.took_over


def test_what_a_machine_that_is_gone_left_is_waited_for_and_then_taken_over(database_url: str, tmp_path: Path) -> None:
    _leave(database_url, tmp_path, "elsewhere:/data", 60)
    with pytest.raises(RunLocked), open_working(database_url, tmp_path, None, NOW):
        pass
    with Store.open(database_url, tmp_path, create=True) as store, store.engine.begin() as connection:
        assert leases.renew(connection, RUN, "dead", database_now(connection), -1), "the minute is over"
    with open_working(database_url, tmp_path, None, NOW) as working:
        assert working.took_over is not None


def test_a_run_that_was_silent_for_too_long_is_told_and_may_not_end(database_url: str, tmp_path: Path) -> None:
    told = threading.Event()
    with open_working(database_url, tmp_path, None, NOW, lease_seconds=4, on_lost=told.set) as working:
        working.require()
        with working.store.engine.begin() as connection:
            late = database_now(connection) + timedelta(seconds=9)
            assert leases.take(connection, RUN, "another", "process 2 on elsewhere", late, 60)
        assert told.wait(5)
        with pytest.raises(RunLocked, match="another run has taken over"):
            working.require()
    with Store.open(database_url, tmp_path, create=True) as store, store.engine.connect() as connection:
        holder = leases.holder(connection, RUN)
    assert holder is not None
    assert holder.owner == "process 2 on elsewhere", "the other's lease is left alone"
