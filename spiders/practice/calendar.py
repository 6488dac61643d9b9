"""The practice calendar: night 1 is 2026-01-05, and every night begins at 02:00 UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from pipeline.errors import UsageError

FIRST_NIGHT = date(2026, 1, 5)
LAST_NUMBER = 3650


def night_date(number: int) -> date:
    """Date of a night, counted from 1.

    Raises:
        UsageError: no such night.
    """
    if not 1 <= number <= LAST_NUMBER:
        raise UsageError(f"--night: practice nights are numbered 1 to {LAST_NUMBER}, not {number}")
    return FIRST_NIGHT + timedelta(days=number - 1)


def night_now(number: int) -> datetime:
    """Clock of a night."""
    return datetime.combine(night_date(number), time(2), tzinfo=UTC)


def thread_opens(number: int) -> int:
    """The night that first finds the newest hiring thread: that of the second of the month, since threads begin on the first."""
    return number - (night_date(number) - timedelta(days=1)).day + 1


def thread_began(opens: int) -> datetime:
    """When the thread that a night first finds was begun."""
    return datetime.combine(FIRST_NIGHT, time(0, 1), tzinfo=UTC) + timedelta(days=opens - 2)
