from __future__ import annotations

import asyncio
from time import monotonic

from spiders.pace import Pace, Paces


def test_requests_take_turns_and_a_hold_lengthens_the_wait_of_those_in_line() -> None:
    async def run() -> list[float]:
        pace = Pace()
        pace.slow_to(0.05)
        pace.slow_to(0.01)
        began, turns = monotonic(), []

        async def ask() -> None:
            await pace.turn()
            turns.append(monotonic() - began)

        waiting = [asyncio.ensure_future(ask()) for _ in range(3)]
        await asyncio.sleep(0.01)
        pace.hold(0.15)
        await asyncio.gather(*waiting)
        return turns

    turns = asyncio.run(run())
    assert turns[0] < 0.05
    assert turns[1] >= 0.15
    assert turns[2] - turns[1] >= 0.045


def test_a_host_without_a_delay_is_free_until_it_is_held() -> None:
    paces = Paces()
    pace = paces.of("http://127.0.0.1:1/x")
    assert pace.is_free
    pace.hold(5)
    assert not pace.is_free
    assert paces.of("http://127.0.0.1:2/").is_free
    assert paces.of("http://127.0.0.1:1/y") is pace
