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
            pace.done()

        waiting = [asyncio.ensure_future(ask()) for _ in range(3)]
        await asyncio.sleep(0.01)
        pace.hold(0.15)
        await asyncio.gather(*waiting)
        return turns

    turns = asyncio.run(run())
    assert turns[0] < 0.05
    assert turns[1] >= 0.15
    assert turns[2] - turns[1] >= 0.045


def test_a_turn_lasts_until_it_is_done() -> None:
    async def run() -> None:
        pace = Pace()
        await pace.turn()
        second = asyncio.ensure_future(pace.turn())
        await asyncio.sleep(0.02)
        assert not second.done()
        pace.done()
        await asyncio.wait_for(second, 1)

    asyncio.run(run())


def test_a_host_is_its_name_and_its_port() -> None:
    paces = Paces()
    assert paces.of("http://127.0.0.1:1/y") is paces.of("http://127.0.0.1:1/x")
    assert paces.of("http://127.0.0.1:2/") is not paces.of("http://127.0.0.1:1/x")
