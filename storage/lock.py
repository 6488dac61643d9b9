"""One run at a time for a data folder: an advisory lock of the operating system, with the owner's name in the file."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.errors import RunLocked


@contextmanager
def run_lock(data_dir: Path, now: datetime) -> Iterator[str | None]:
    """Hold the folder's lock; yields a sentence where a lock was taken over from a run that died.

    The system frees the lock with the process, so that a killed run blocks nobody; its name stays in the file and is told.

    Raises:
        RunLocked: another run holds it.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "run.lock"
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunLocked(_held_by(path, data_dir, now)) from None
        left = _owner(path)
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now.isoformat()}))
        file.flush()
        try:
            yield _taken_over(left, now) if left else None
        finally:
            file.truncate(0)


def _owner(path: Path) -> dict[str, Any] | None:
    try:
        owner = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    return owner if isinstance(owner, dict) and "pid" in owner else None


def age_in_words(age: timedelta) -> str:
    """``3 min``, ``2 h 5 min``, ``4 days``."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 1:
        return f"{max(0, int(age.total_seconds()))} s"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes < 2 * 24 * 60 else f"{minutes // (24 * 60)} days"


def _age(owner: dict[str, Any], now: datetime) -> str:
    try:
        return age_in_words(now - datetime.fromisoformat(owner["since"]))
    except (KeyError, TypeError, ValueError):
        return "some time"


def _taken_over(owner: dict[str, Any], now: datetime) -> str:
    process = f"process {owner['pid']} on {owner.get('host', 'this machine')}"
    return f"took over the lock of {process}, which held it for {_age(owner, now)} and ended without a word; what it stored is kept"


def _held_by(path: Path, data_dir: Path, now: datetime) -> str:
    owner = _owner(path)
    who = f"process {owner['pid']} on {owner['host']}, for {_age(owner, now)}" if owner else "another process"
    return f"another run works on {data_dir} ({who}); wait for it, or name another folder with --data"
