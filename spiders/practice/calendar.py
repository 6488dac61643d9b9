"""The practice calendar: night 1 is 2026-01-05, and a night's clock stands at 02:00 UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

FIRST_NIGHT = date(2026, 1, 5)
_CLOCK = time(2, 0, tzinfo=UTC)


def night_date(night: int) -> date:
    """The date of a night; night 1 is the first, and nights before it serve as the past."""
    return FIRST_NIGHT + timedelta(days=night - 1)


def night_now(night: int) -> datetime:
    """What the clock says when a night's crawl begins, UTC."""
    return datetime.combine(night_date(night), _CLOCK)
