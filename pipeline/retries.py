"""Which failures of a board are asked again the same night, and when: ``data/retries.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.crawling import BoardResult
from pipeline.vocabulary import BoardStatus, FailureKind


@dataclass(frozen=True, slots=True)
class Retries:
    """The table."""

    kinds: frozenset[FailureKind]
    from_http_status: int
    waits_seconds: tuple[float, ...]
    loopback_waits_seconds: tuple[float, ...]

    def wait_seconds(self, result: BoardResult, attempt: int, is_loopback: bool) -> float | None:
        """How long to wait until a board is asked again; None where it is not.

        Args:
            result: how the attempt ended.
            attempt: its number, from 1.
            is_loopback: the board is a stand-in on this machine.
        """
        waits = self.loopback_waits_seconds if is_loopback else self.waits_seconds
        is_outage = result.failure is FailureKind.HTTP_STATUS and (result.http_status or 0) >= self.from_http_status
        is_passing = result.failure in self.kinds or is_outage
        return waits[attempt - 1] if result.status is BoardStatus.FAILED and is_passing and attempt <= len(waits) else None


@cache
def retries() -> Retries:
    """The table that ships.

    Raises:
        ValueError: it names a kind of failure that is none, or a wait that is not above zero.
    """
    value = tomllib.loads(files("pipeline").joinpath("data/retries.toml").read_text(encoding="utf-8"))
    waits, loopback = (tuple(float(wait) for wait in value[name]) for name in ("waits_seconds", "loopback_waits_seconds"))
    if min(waits + loopback) <= 0:
        raise ValueError("retries.toml: a wait must be longer than zero")
    return Retries(frozenset(map(FailureKind, value["kinds"])), int(value["from_http_status"]), waits, loopback)
