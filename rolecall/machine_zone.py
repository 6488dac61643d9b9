"""The time zone of this machine, by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import available_timezones


def machine_zone(environment: Mapping[str, str] = os.environ, etc: Path = Path("/etc")) -> str:
    """The name of the machine's zone, from ``TZ``, ``/etc/localtime`` or ``/etc/timezone``; UTC where none tells."""
    known = available_timezones()
    for name in _told(environment, etc):
        if name in known:
            return name
    return "UTC"


def _told(environment: Mapping[str, str], etc: Path) -> list[str]:
    told = [environment.get("TZ", "").removeprefix(":")]
    link = etc / "localtime"
    if link.is_symlink():
        told.append(str(link.readlink()).rpartition("zoneinfo/")[2])
    file = etc / "timezone"
    if file.is_file():
        told.append(file.read_text(encoding="utf-8").strip())
    return told
