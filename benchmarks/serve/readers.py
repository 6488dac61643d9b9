"""Readers: each asks for a random page every two seconds, whether or not the others are done."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx

from benchmarks.serve.asked import filters

READERS, EVERY_SECONDS, FOR_SECONDS = 20, 2.0, 60.0
_TIMEOUT_SECONDS = 30.0
_SECOND_PAGE = 0.3
"""Share of the long lists whose second page is asked for; a short one may have none."""
_LONG = 2
"""Filters, the order among them, with which a list of this world is always long."""


@dataclass(frozen=True, slots=True)
class Read:
    """One page as a reader got it."""

    address: str
    status: int
    """0 where no answer came."""
    milliseconds: float
    sent_bytes: int
    """Of the body, as it came over the wire."""


def address(draw: random.Random) -> str:
    """The address of a random list."""
    words: dict[str, Any] = filters(draw)
    if len(words) <= _LONG and words.keys() <= {"remote", "country", "level", "sort"} and draw.random() < _SECOND_PAGE:
        words["page"] = 2
    return "/?" + urlencode({name.replace("_", "-"): value for name, value in words.items()}, doseq=True)


def read_all(base: str, seconds: float = FOR_SECONDS) -> list[Read]:
    """What ``READERS`` readers get of a site in so many seconds."""
    return asyncio.run(_read_all(base, seconds))


async def _read_all(base: str, seconds: float) -> list[Read]:
    ends = time.perf_counter() + seconds
    readers = (_reader(base, number, ends) for number in range(READERS))
    return [read for found in await asyncio.gather(*readers) for read in found]


async def _reader(base: str, number: int, ends: float) -> list[Read]:
    """One reader; the first page comes a little after the last reader's, the next ones by the clock."""
    draw = random.Random(number)
    due = time.perf_counter() + EVERY_SECONDS * number / READERS
    found: list[Read] = []
    async with httpx.AsyncClient(base_url=base, timeout=_TIMEOUT_SECONDS) as client:
        while due < ends:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            found.append(await _read(client, address(draw)))
            due = max(due + EVERY_SECONDS, time.perf_counter())
    return found


async def _read(client: httpx.AsyncClient, at: str) -> Read:
    began = time.perf_counter()
    try:
        async with client.stream("GET", at) as answer:
            sent = sum([len(part) async for part in answer.aiter_raw()])
        status = answer.status_code
    except httpx.HTTPError:
        status, sent = 0, 0
    return Read(at, status, (time.perf_counter() - began) * 1000, sent)
