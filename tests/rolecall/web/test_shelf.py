"""Who asks for the past keeps nobody from the present."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from rolecall.settings import Settings
from rolecall.web import shelf as shelves
from rolecall.web.shelf import BusyError, Shelf
from tests.rolecall.store_of_jobs import fill

NIGHT = date(2026, 1, 5)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    fill(tmp_path)
    return Shelf(Settings(data_option=tmp_path))


def test_a_past_night_is_read_once_and_kept(shelf: Shelf) -> None:
    with shelf:
        then = shelf.shown(NIGHT)
        assert then.store.as_of == NIGHT
        assert shelf.shown(NIGHT) is then
        assert shelf.shown().store.as_of is None


def test_who_waits_for_the_past_keeps_nobody_from_the_present(shelf: Shelf) -> None:
    with shelf:
        shelf._past_lock.acquire()  # as while a past night is being read
        waiting = [threading.Thread(target=shelf.shown, args=(NIGHT,)) for _ in range(shelves._PAST_READERS)]
        for thread in waiting:
            thread.start()
        while shelf._past_readers.acquire(blocking=False):  # until all of them wait
            shelf._past_readers.release()
        assert shelf.shown().open_jobs
        with pytest.raises(BusyError, match="ask again in a minute"):
            shelf.shown(NIGHT)
        shelf._past_lock.release()
        for thread in waiting:
            thread.join()
        assert shelf.shown(NIGHT).open_jobs
