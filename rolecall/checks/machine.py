"""What the machine must have: a clock that is right, room, and a folder that can be written."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rolecall.checks.check import Check, Verdict

_LEAST_FREE_BYTES = 200 * 2**20
_EASY_FREE_BYTES = 2 * 2**30
_MOST_AHEAD = timedelta(minutes=5)
_MOST_APART = timedelta(minutes=1)
_A_ZONE = "Europe/Berlin"


def clock_check(now: datetime, newest: datetime | None, server: datetime | None, zone: str = _A_ZONE) -> Check:
    """Whether this machine's clock goes with what is stored, and time zones are known.

    Args:
        now: the system clock, UTC.
        newest: clock of the newest run; None before the first.
        server: clock of the database's server, read just now; None where there is none.
        zone: one that must be known.
    """
    try:
        ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        return Check("clock", Verdict.FAIL, f"time zone {zone} is unknown; install the package tzdata")
    shown = f"{now:%Y-%m-%d %H:%M} UTC"
    if server is not None and abs(server - now) > _MOST_APART:
        apart = f"{abs(server - now).total_seconds():,.0f} s {'behind' if server > now else 'ahead of'} the database server's"
        return Check("clock", Verdict.WARN, f"{shown}, {apart}; let both machines keep network time")
    if newest is not None and newest > now + _MOST_AHEAD:
        reason = f"the newest run began at {newest:%Y-%m-%d %H:%M} UTC, in the future"
        return Check("clock", Verdict.WARN, f"{shown}, but {reason}; set the clock, unless that was a practice night")
    return Check("clock", Verdict.OK, shown + (", as the database server's" if server is not None else ""))


def disk_check(data_dir: Path) -> Check:
    """Whether a night's files will fit."""
    free = shutil.disk_usage(_nearest(data_dir)).free
    text = f"{free / 2**30:.1f} GiB free"
    if free < _LEAST_FREE_BYTES:
        return Check("disk", Verdict.FAIL, f"{text}; a night may need {_LEAST_FREE_BYTES // 2**20} MiB")
    return Check("disk", Verdict.OK if free >= _EASY_FREE_BYTES else Verdict.WARN, text)


def data_dir_check(data_dir: Path) -> Check:
    """Whether the data folder can be written."""
    if not os.access(_nearest(data_dir), os.W_OK):
        return Check("data folder", Verdict.FAIL, f"{data_dir} cannot be written; name another with --data")
    if not data_dir.is_dir():
        return Check("data folder", Verdict.WARN, f"{data_dir} does not exist yet; the first night makes it")
    return Check("data folder", Verdict.OK, str(data_dir))


def _nearest(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    path = path.absolute()
    while not path.exists():
        path = path.parent
    return path
