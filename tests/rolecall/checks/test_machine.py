from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import create_engine

from rolecall.checks.check import Verdict
from rolecall.checks.machine import clock_check
from storage.database import server_clock
from tests.postgres import Postgres

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def test_a_clock_that_goes_with_what_is_stored() -> None:
    assert clock_check(NOW, None, None).text == "2026-01-05 02:00 UTC"
    assert clock_check(NOW, NOW + timedelta(minutes=5), NOW).text == "2026-01-05 02:00 UTC, as the database server's"


def test_a_run_in_the_future_is_a_warning() -> None:
    check = clock_check(NOW, NOW + timedelta(minutes=6), None)
    assert check.verdict is Verdict.WARN
    assert "began at 2026-01-05 02:06 UTC, in the future; set the clock" in check.text


def test_clocks_that_stand_apart_are_a_warning() -> None:
    behind = clock_check(NOW, None, NOW + timedelta(seconds=90))
    assert (behind.verdict, "90 s behind the database server's" in behind.text) == (Verdict.WARN, True)
    assert "90 s ahead of the database server's" in clock_check(NOW, None, NOW - timedelta(seconds=90)).text
    assert clock_check(NOW, None, NOW + timedelta(seconds=60)).verdict is Verdict.OK


def test_without_time_zones_it_fails() -> None:
    check = clock_check(NOW, None, None, zone="Europe/Nowhere")
    assert (check.verdict, check.text) == (Verdict.FAIL, "time zone Europe/Nowhere is unknown; install the package tzdata")


def test_a_database_server_has_a_clock_and_a_file_has_none(postgres: Postgres) -> None:
    name = postgres.new_database()
    engine = create_engine(postgres.url(name))
    clock = server_clock(engine)
    engine.dispose()
    postgres.drop(name)
    assert clock
    assert abs(clock - datetime.now(UTC)) < timedelta(minutes=1)
    assert server_clock(create_engine("sqlite://")) is None
