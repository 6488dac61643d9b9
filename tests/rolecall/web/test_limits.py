"""How often one address may ask."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rolecall.web.served.limits import Rates


@given(st.lists(st.floats(0, 5), min_size=1, max_size=200))
def test_never_more_than_the_burst_and_the_rate(pauses: list[float]) -> None:
    now = 0.0
    rates = Rates(a_second=2, burst=5, clock=lambda: now)
    allowed = 0
    for pause in pauses:
        now += pause
        wait = rates.wait_seconds("reader")
        allowed += not wait
        assert wait <= 0.5
    assert allowed <= 5 + 2 * now + 1e-6


def test_who_waited_may_ask_and_others_are_not_held_up() -> None:
    now = 0.0
    rates = Rates(a_second=2, burst=3, clock=lambda: now)
    assert [rates.wait_seconds("a") > 0 for _ in range(5)] == [False, False, False, True, True]
    assert rates.wait_seconds("b") == 0
    now = rates.wait_seconds("a") + 1e-9
    assert rates.wait_seconds("a") == 0
