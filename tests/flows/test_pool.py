"""When a crawl of a pool counts as dead though Prefect does not say so."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.states import Completed, Running, Scheduled, State

from flows.pool import _Asked, _why_dead
from storage.leases import Holder

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def _run(state: State) -> FlowRun:
    return FlowRun(id=uuid.uuid4(), flow_id=uuid.uuid4(), name="crawl", state=state)


def _holder(seconds: float) -> Holder:
    return Holder("process 7 on far", NOW - timedelta(minutes=5), NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("state", "seconds", "waited", "was_alive", "why"),
    [
        (Running(), 10, 1000, True, None),
        (Running(), -1, 1, True, "its worker (process 7 on far) has been silent since 01:59:59 UTC at the latest"),
        (Running(), 0, 1, True, "its worker (process 7 on far) has been silent since 02:00:00 UTC at the latest"),
        (Completed(), -1, 1000, True, None),
        (Scheduled(), None, 299, False, None),
        (Scheduled(), None, 301, False, "it has not begun in 300 s"),
        (Running(), None, 301, True, None),
    ],
)
def test_silence_after_a_lease_and_a_beginning_that_never_comes(
    state: State, seconds: float | None, waited: float, was_alive: bool, why: str | None
) -> None:
    asked = _Asked(time.monotonic() - waited, was_alive)
    assert _why_dead(_run(state), asked, None if seconds is None else _holder(seconds), NOW, 300) == why
