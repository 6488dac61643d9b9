"""Limits on what one reader may ask: how long an address, how large a body, how often."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

LONGEST_QUERY_BYTES = 4096
REQUESTS_A_SECOND = 20.0
"""Of one address, over time."""
BURST = 120.0
"""Requests that one address may make at once."""
_MOST_READERS = 10_000
"""Addresses that are remembered; the one heard of longest ago is forgotten first."""


@dataclass(slots=True)
class _Allowance:
    left: float
    at: float


class Rates:
    """A bucket of requests for each address, filled again as time goes by."""

    def __init__(
        self, a_second: float = REQUESTS_A_SECOND, burst: float = BURST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._a_second, self._burst, self._clock = a_second, burst, clock
        self._readers: OrderedDict[str, _Allowance] = OrderedDict()

    def wait_seconds(self, reader: str) -> float:
        """0 where the reader may ask now, and counts it; else how long to wait."""
        now = self._clock()
        held = self._readers.pop(reader, None) or _Allowance(self._burst, now)
        held.left = min(self._burst, held.left + (now - held.at) * self._a_second)
        held.at = now
        self._readers[reader] = held
        if len(self._readers) > _MOST_READERS:
            self._readers.popitem(last=False)
        if held.left < 1:
            return (1 - held.left) / self._a_second
        held.left -= 1
        return 0.0


class Limits:
    """ASGI middleware that refuses what is too much before anything is read."""

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self._app, self._rates = app, rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        if scope["method"] not in ("GET", "HEAD"):
            return _told(scope, "this site is only read: GET and HEAD", 405, {"Allow": "GET, HEAD"})
        if len(scope["query_string"]) > LONGEST_QUERY_BYTES or len(scope["path"]) > LONGEST_QUERY_BYTES:
            return _told(scope, f"the address is longer than {LONGEST_QUERY_BYTES} bytes; leave filters out", 414)
        reader = scope["client"][0] if scope.get("client") else ""
        wait = self._rates.wait_seconds(reader)
        if wait:
            return _told(scope, "too many requests; wait a moment", 429, {"Retry-After": str(max(1, math.ceil(wait)))})
        return None


def _told(scope: Scope, sentence: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    if scope["path"].endswith(".json"):
        return JSONResponse({"error": sentence}, status, headers)
    return PlainTextResponse(f"{sentence}\n", status, headers)
