"""Turns at a host: one request at a time, so many seconds apart, longer while the host asks to be left alone."""

from __future__ import annotations

import asyncio
from time import monotonic
from urllib.parse import urlsplit


class Pace:
    """The pace of one host. Requests take their turns in the order of asking; a turn lasts until its answer is there.

    Scrapy lets requests queue behind its middlewares, so a wait before the queue alone would let them out in a bunch after a slow
    answer.
    """

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

    async def turn(self) -> None:
        """Wait until a request may be sent; ``done`` has to follow."""
        self._lock = self._lock or asyncio.Lock()
        await self._lock.acquire()
        while (wait := self._free_at - monotonic()) > 0:
            await asyncio.sleep(wait)
        self._free_at = monotonic() + self.delay_seconds

    def done(self) -> None:
        """End a turn: an answer came, or none will."""
        assert self._lock is not None
        self._lock.release()


class Paces:
    """The paces of all hosts that a shard asks."""

    def __init__(self) -> None:
        self._by_host: dict[str, Pace] = {}

    def of(self, address: str) -> Pace:
        """The pace of an address's host and port."""
        return self._by_host.setdefault(urlsplit(address).netloc.lower(), Pace())
