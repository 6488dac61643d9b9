"""What the database and the lock say of tonight, through a real store."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from flows.configured import Configured
from flows.due import due_night
from pipeline.schedule import Schedule
from storage.database import DatabaseError
from storage.lock import run_lock
from storage.queries.nights import is_at_work
from storage.store import Store

SCHEDULE = Schedule(time(2, 30), "Europe/Berlin")
NEWEST = datetime(2026, 11, 27, 1, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def where(tmp_path: Path) -> Configured:
    return Configured(None, tmp_path / "data")


def _due(where: Configured, now: datetime = NOW) -> datetime | None:
    return due_night(where, SCHEDULE, now, None)


def test_before_the_first_night_nothing_is_stored_and_the_night_is_due(where: Configured) -> None:
    assert _due(where) == NEWEST
    assert not where.data_dir.exists()


def test_a_night_on_record_settles_it_until_the_next(where: Configured) -> None:
    with Store.open(where.database_url, where.data_dir, create=True) as store:
        run_id = store.begin_run(NOW.date(), NEWEST)
        assert _due(where) == NEWEST  # begun, not ended, and no lock: it was killed
        store.finish_run(run_id, {"exit_code": 4})
    assert _due(where) is None
    assert _due(where, NOW + timedelta(days=1)) == NEWEST + timedelta(days=1)


def test_killed_nights_count_also_after_the_next_has_tidied_up_after_them(where: Configured) -> None:
    with Store.open(where.database_url, where.data_dir, create=True) as store:
        for beginning in range(3):
            assert _due(where) == NEWEST, beginning
            store.begin_run(NOW.date(), NEWEST + timedelta(minutes=beginning))
    assert _due(where) is None


def test_only_nights_count(where: Configured) -> None:
    with Store.open(where.database_url, where.data_dir, create=True) as store:
        store.finish_run(store.begin_run(NOW.date(), NOW, "reclassify"), {})
    assert _due(where) == NEWEST


def test_nothing_is_due_while_a_run_holds_the_lock(where: Configured) -> None:
    assert not is_at_work(where.data_dir)
    with run_lock(where.data_dir, NOW):
        assert is_at_work(where.data_dir)
        assert _due(where) is None
    assert not is_at_work(where.data_dir)
    assert _due(where) == NEWEST


def test_the_owner_that_a_killed_run_left_is_no_lock(where: Configured) -> None:
    where.data_dir.mkdir()
    (where.data_dir / "run.lock").write_text('{"pid": 1, "host": "x", "since": "x"}', encoding="utf-8")
    assert not is_at_work(where.data_dir)


def test_looking_changes_no_database(where: Configured) -> None:
    where.data_dir.mkdir()
    file = where.data_dir / "rolecall.db"
    file.touch()
    with pytest.raises(DatabaseError, match="holds no rolecall tables"):
        due_night(where, SCHEDULE, NOW, None, create=False)
    assert not file.stat().st_size
