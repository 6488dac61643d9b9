"""Nights of every time zone: one a local date, in order, none left out; and which of them still has to be run."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.schedule import MOST_BEGINNINGS, NightRun, Schedule, due, latest_due, meant, next_due, occurrence, parse_schedule

BERLIN = Schedule(time(2, 30), "Europe/Berlin")
ZONES = sorted(name for name in available_timezones() if name != "localtime")
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
schedules = st.builds(Schedule, times, st.sampled_from(ZONES))
instants = st.datetimes(datetime(1900, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("at", "tz", "day", "instant"),
    [
        (time(2, 30), "Europe/Berlin", date(2027, 3, 27), utc(2027, 3, 27, 1, 30)),
        (time(2, 30), "Europe/Berlin", date(2027, 3, 28), utc(2027, 3, 28, 1, 0)),  # 02:00 to 03:00 does not exist
        (time(2, 0), "Europe/Berlin", date(2027, 3, 28), utc(2027, 3, 28, 1, 0)),
        (time(2, 30), "Europe/Berlin", date(2026, 10, 25), utc(2026, 10, 25, 0, 30)),  # twice: the first
        (time(0, 30), "America/Havana", date(2026, 3, 8), utc(2026, 3, 8, 5, 0)),  # 00:00 to 01:00 does not exist
        (time(0, 30), "America/Havana", date(2026, 11, 1), utc(2026, 11, 1, 4, 30)),  # 00:00 to 01:00 twice
        (time(2, 15), "Australia/Lord_Howe", date(2026, 10, 4), utc(2026, 10, 3, 15, 30)),  # half an hour
        (time(23, 45), "America/Toronto", date(1919, 3, 30), utc(1919, 3, 31, 4, 29, 59)),  # the gap reaches into the next date
        (time(2, 0), "Pacific/Apia", date(2011, 12, 30), None),  # a date that Samoa never had
    ],
)
def test_a_night_of_a_local_date(at: time, tz: str, day: date, instant: datetime | None) -> None:
    assert occurrence(Schedule(at, tz), day) == instant


@given(schedules, instants)
def test_one_night_a_local_date_none_left_out(schedule: Schedule, now: datetime) -> None:
    latest = latest_due(schedule, now)
    following = next_due(schedule, now)
    assert latest <= now < following
    assert next_due(schedule, latest) == following
    assert latest_due(schedule, following) == following
    assert latest_due(schedule, following - timedelta(seconds=1)) == latest
    before, after = schedule.local_date(latest), schedule.local_date(following)
    assert before < after
    skipped = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert [day for day in skipped if _exists(schedule.zone, day)] == []


def _exists(zone: ZoneInfo, day: date) -> bool:
    """Whether any hour of that date is ever shown by the zone's clocks."""
    noon = datetime.combine(day, time(12), UTC)
    return any((noon + timedelta(hours=hours)).astimezone(zone).date() == day for hours in range(-40, 40))


@pytest.mark.parametrize("tz", ZONES)
def test_a_year_of_every_zone_has_a_night_a_date(tz: str) -> None:
    schedule = Schedule(time(2, 30), tz)
    nights = [occurrence(schedule, date(2026, 1, 1) + timedelta(days=n)) for n in range(365)]
    assert [schedule.local_date(night) for night in nights if night] == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert nights == sorted(nights, key=lambda night: night or utc(1, 1, 1))


NEWEST = utc(2026, 11, 27, 1, 30)
NOW = utc(2026, 11, 27, 9, 0)


def ended(*parts: int) -> NightRun:
    return NightRun(utc(*parts), has_ended=True)


def test_a_missed_night_is_due_once_however_many_were_missed() -> None:
    assert due(BERLIN, NOW, [ended(2026, 11, 20, 1, 30)]) == NEWEST
    assert due(BERLIN, NOW, [ended(2026, 11, 20, 1, 30), ended(2026, 11, 27, 9, 0)]) is None


def test_a_night_that_ended_is_not_repeated_and_one_before_its_hour_does_not_count() -> None:
    assert due(BERLIN, NOW, [NightRun(NEWEST, has_ended=True)]) is None
    assert due(BERLIN, NOW, [NightRun(NEWEST - timedelta(seconds=1), has_ended=True)]) == NEWEST
    assert due(BERLIN, NEWEST, []) == NEWEST


def test_a_killed_night_is_begun_again_and_not_for_ever() -> None:
    killed = NightRun(NEWEST + timedelta(minutes=1), has_ended=False)
    assert due(BERLIN, NOW, [killed] * (MOST_BEGINNINGS - 1)) == NEWEST
    assert due(BERLIN, NOW, [killed] * MOST_BEGINNINGS) is None
    assert due(BERLIN, NOW, [killed, ended(2026, 11, 27, 2, 0)]) is None


def test_nothing_is_due_while_a_run_is_at_work() -> None:
    assert due(BERLIN, NOW, [NightRun(NEWEST, has_ended=False)], is_locked=True) is None
    assert due(BERLIN, NOW, [], is_locked=True) is None


def test_a_night_before_the_schedule_came_to_be_was_not_missed() -> None:
    assert due(BERLIN, NOW, [], since=utc(2026, 11, 27, 8, 0)) is None
    assert due(BERLIN, NOW, [], since=utc(2026, 11, 27, 1, 0)) == NEWEST
    assert due(BERLIN, utc(2026, 11, 28, 1, 30), [], since=utc(2026, 11, 27, 8, 0)) == utc(2026, 11, 28, 1, 30)


@given(schedules, instants, st.lists(st.tuples(st.integers(-72, 72), st.booleans()), max_size=5))
def test_running_what_is_due_makes_it_done(schedule: Schedule, now: datetime, past: list[tuple[int, bool]]) -> None:
    runs = [NightRun(now + timedelta(hours=hours), has_ended) for hours, has_ended in past if hours <= 0]
    found = due(schedule, now, runs)
    if found is not None:
        assert found == latest_due(schedule, now)
    assert due(schedule, now, [*runs, NightRun(now, has_ended=True)]) is None


@pytest.mark.parametrize(
    ("at", "tz", "said"),
    [
        ("2", "UTC", "'2' is no time of day; write hours and minutes, as in 02:00"),
        ("24:00", "UTC", "'24:00' is no time of day"),
        ("02:00", "Europe/Berlim", r"time zone 'Europe/Berlim' is unknown; did you mean 'Europe/Berlin'\?"),
        ("02:00", "europe/berlin", r"did you mean 'Europe/Berlin'\?"),
        ("02:00", "??", "write it as in Europe/Berlin or UTC"),
        ("02:00", "../../etc/passwd", "is unknown"),
    ],
)
def test_words_that_are_no_schedule(at: str, tz: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_schedule(at, tz)


def test_words_that_are_a_schedule() -> None:
    schedule = parse_schedule(" 2:05", "Europe/Berlin")
    assert schedule == Schedule(time(2, 5), "Europe/Berlin")
    assert (schedule.cron, str(schedule)) == ("5 2 * * *", "02:05 Europe/Berlin")


@pytest.mark.parametrize(
    ("schedule", "planned", "begins"),
    [
        (BERLIN, utc(2027, 3, 28, 0, 30), utc(2027, 3, 28, 1, 0)),
        (BERLIN, utc(2027, 3, 29, 0, 30), utc(2027, 3, 29, 0, 30)),
        (BERLIN, utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 0, 30)),
        (BERLIN, utc(2026, 10, 25, 1, 30), utc(2026, 10, 25, 1, 30)),
        (Schedule(time(0, 30), "America/Havana"), utc(2026, 3, 8, 4, 30), utc(2026, 3, 8, 5, 0)),  # 23:30 of the date before
        (Schedule(time(2, 15), "Australia/Lord_Howe"), utc(2026, 10, 3, 15, 15), utc(2026, 10, 3, 15, 30)),
    ],
)
def test_a_run_that_prefect_plans_before_a_gap_waits_for_its_night(schedule: Schedule, planned: datetime, begins: datetime) -> None:
    assert meant(schedule, planned) == begins
