"""When a night is due: one occurrence a local date, whatever the clocks do, and a missed one caught up once.

A time that the clocks skip is met at the first instant after the gap; a time that they show twice, at the first of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from pipeline.errors import UsageError, did_you_mean

MOST_BEGINNINGS = 3
"""How often one occurrence is begun at most: a night that kills its machine must not do so for ever."""
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_NEAR_DAYS = range(-3, 4)
"""Local dates around an instant that its neighbouring occurrences may lie on: zones have left out a whole date."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every night at a local time."""

    at: time
    """Wall clock, to the minute."""
    tz: str
    """Name of a time zone, as in Europe/Berlin."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.tz)

    @property
    def cron(self) -> str:
        """The five fields of a cron line in the schedule's own zone."""
        return f"{self.at.minute} {self.at.hour} * * *"

    def local_date(self, instant: datetime) -> date:
        """The date that an instant has in the schedule's zone."""
        return instant.astimezone(self.zone).date()

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.tz}"


@dataclass(frozen=True, slots=True)
class NightRun:
    """A nightly run on record."""

    started_at: datetime
    """Clock of the night, UTC."""
    has_ended: bool
    """Whatever its exit code; False for one at work and for one that was killed."""


def parse_schedule(at: str, tz: str) -> Schedule:
    """The schedule that two words mean.

    Raises:
        UsageError: no time of day, or an unknown time zone.
    """
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", at.strip())
    if not match:
        raise UsageError(f"'{at}' is no time of day; write hours and minutes, as in 02:00")
    zones = available_timezones()
    if tz not in zones:
        hint = did_you_mean(tz, zones) or "; write it as in Europe/Berlin or UTC"
        raise UsageError(f"time zone '{tz}' is unknown{hint}")
    return Schedule(time(int(match[1]), int(match[2])), tz)


def occurrence(schedule: Schedule, day: date) -> datetime | None:
    """The UTC instant of a local date's night; None for a date that the zone left out."""
    wall = datetime.combine(day, schedule.at)
    first, second = (wall.replace(tzinfo=schedule.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if _wall(schedule, first) == wall:
        return first
    after = _transition(schedule, second, first)
    if schedule.local_date(after) == day:
        return after
    before = after - _SECOND  # the gap reaches into the next date, which has a night of its own
    return before if schedule.local_date(before) == day else None


def latest_due(schedule: Schedule, now: datetime) -> datetime:
    """The UTC instant of the newest occurrence at or before ``now``."""
    return max(instant for instant in _around(schedule, now) if instant <= now)


def next_due(schedule: Schedule, now: datetime) -> datetime:
    """The UTC instant of the first occurrence after ``now``."""
    return min(instant for instant in _around(schedule, now) if instant > now)


def meant(schedule: Schedule, planned: datetime) -> datetime:
    """The instant to run what a cron scheduler planned for ``planned`` (UTC): later where it comes before a gap of the clocks.

    Prefect reads a wall time that does not exist with the offset after the gap, which lies before it: 02:30 Europe/Berlin of a
    night in March becomes 01:30, an hour at which that date's night is not due yet.
    """
    for days in (0, 1):
        day = schedule.local_date(planned) + days * _DAY
        late_offset = datetime.combine(day, schedule.at, schedule.zone).replace(fold=1)
        instant = occurrence(schedule, day)
        if late_offset.astimezone(UTC) == planned and instant is not None and instant > planned:
            return instant
    return planned


def due(
    schedule: Schedule, now: datetime, runs: Iterable[NightRun], *, since: datetime | None = None, is_locked: bool = False
) -> datetime | None:
    """The newest occurrence where it still has to be run, else None; older ones that were missed are gone.

    Args:
        schedule: when nights are.
        now: UTC.
        runs: the nightly runs on record; those before the newest occurrence do not count.
        since: when the schedule came to be; occurrences before that were never its own.
        is_locked: a run works on the data now. A run that has not ended and is not locked was killed: it is begun again.
    """
    newest = latest_due(schedule, now)
    if is_locked or (since is not None and newest < since):
        return None
    mine = [run for run in runs if run.started_at >= newest]
    return None if any(run.has_ended for run in mine) or len(mine) >= MOST_BEGINNINGS else newest


def _around(schedule: Schedule, now: datetime) -> Iterator[datetime]:
    today = schedule.local_date(now)
    for days in _NEAR_DAYS:
        instant = occurrence(schedule, today + days * _DAY)
        if instant is not None:
            yield instant


def _wall(schedule: Schedule, instant: datetime) -> datetime:
    return instant.astimezone(schedule.zone).replace(tzinfo=None)


def _transition(schedule: Schedule, before: datetime, after: datetime) -> datetime:
    """The first second, UTC, with the offset that holds at ``after``; zones speak of whole seconds."""
    offset = after.astimezone(schedule.zone).utcoffset()
    while after - before > _SECOND:
        middle = before + timedelta(seconds=(after - before) // _SECOND // 2)
        if middle.astimezone(schedule.zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
