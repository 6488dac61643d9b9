"""Who serves a data folder's schedule: a lock of the operating system, with the server's address in the file."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import RunLocked

_NAME = "serve.lock"


@dataclass(frozen=True, slots=True)
class Served:
    """One ``rolecall schedule serve`` at work."""

    pid: int
    host: str
    since: str
    """UTC, ISO."""
    api_url: str
    """Of its Prefect server."""

    @property
    def page_url(self) -> str:
        """Where Prefect's page is."""
        return self.api_url.removesuffix("/").removesuffix("/api")


@contextmanager
def serving(data_dir: Path, now: datetime) -> Iterator[Callable[[str], Served]]:
    """Be the only one that serves; gives a function that says at which address.

    Raises:
        RunLocked: another process serves already.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / _NAME).open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = who_serves(data_dir)
            who = f"process {other.pid} on {other.host}, {other.page_url}" if other else "another process, which is starting"
            raise RunLocked(f"the schedule of {data_dir} is served already ({who}); stop that one first") from None
        file.truncate(0)

        def at(api_url: str) -> Served:
            served = Served(os.getpid(), socket.gethostname(), now.isoformat(), api_url)
            json.dump(asdict(served), file)
            file.flush()
            return served

        try:
            yield at
        finally:
            file.truncate(0)


def who_serves(data_dir: Path) -> Served | None:
    """Who serves this folder's schedule now; None where nobody does, or it has no address yet."""
    path = data_dir / _NAME
    try:
        with path.open(encoding="utf-8") as file:
            told = file.read()
            if not told:
                return None
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return Served(**json.loads(told))
    except FileNotFoundError:
        pass
    return None  # what is left of a killed one
