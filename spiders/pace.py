"""Turns at a host: so many seconds between two requests, longer while the host asks to be left alone."""

from __future__ import annotations

import asyncio
from time import monotonic
from urllib.parse import urlsplit


class Pace:
    """The pace of one host. Requests take their turns in the order of asking."""

    def __init__(self) -> None:
        self.delay_seconds = 0.0
        self._free_at = 0.0
        self._lock: asyncio.Lock | None = None

    def slow_to(self, delay_seconds: float) -> None:
        """Keep at least so many seconds between two requests; never made shorter."""
        self.delay_seconds = max(self.delay_seconds, delay_seconds)

    def hold(self, seconds: float) -> None:
        """Leave the host alone for so long, those included that wait for their turn already."""
        self._free_at = max(self._free_at, monotonic() + seconds)

    @property
    def is_free(self) -> bool:
        """Whether a request may be sent at once and none has to wait after it."""
        return not self.delay_seconds and self._free_at <= monotonic() and (self._lock is None or not self._lock.locked())

    async def turn(self) -> None:
        """Wait until a request may be sent."""
        self._lock = self._lock or asyncio.Lock()
        async with self._lock:
            while (wait := self._free_at - monotonic()) > 0:
                await asyncio.sleep(wait)
            self._free_at = monotonic() + self.delay_seconds


class Paces:
    """The paces of all hosts that a shard asks."""

    def __init__(self) -> None:
        self._by_host: dict[str, Pace] = {}

    def of(self, address: str) -> Pace:
        """The pace of an address's host and port."""
        return self._by_host.setdefault(urlsplit(address).netloc.lower(), Pace())
