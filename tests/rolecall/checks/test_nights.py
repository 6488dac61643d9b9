from __future__ import annotations

from datetime import date, timedelta

import pytest

from rolecall.checks.check import Verdict
from rolecall.checks.nights import missed_check, nights_check
from tests.rolecall.nights_of_sources import FAILED, WHOLE, at, night

FIRST = date(2026, 1, 5)


def test_the_newest_night_decides() -> None:
    good, bad = night(0, WHOLE), night(1, WHOLE, at("lever:x", FAILED))
    assert nights_check([bad, good]).verdict is Verdict.WARN
    assert nights_check([bad, good]).text == (
        "2026-01-06 ended with 3, 2026-01-05 ended with 0; see `rolecall runs show 2026-01-06`"
    )
    assert nights_check([good, bad]).verdict is Verdict.OK
    assert nights_check([]).verdict is Verdict.WARN
    assert nights_check([good] * 9).text.count("ended with") == 3


@pytest.mark.parametrize(
    ("days", "today", "missed"),
    [
        ([0], 0, []),
        ([0], 1, []),
        ([0, 1, 2], 3, []),
        ([0, 2], 2, [1]),
        ([0, 0, 1], 4, [2, 3]),
        ([5], 6, []),
        ([*range(30)], 30, []),
        ([0, *range(20, 30)], 30, [16, 17, 18, 19]),
    ],
)
def test_a_gap_in_the_nights_is_told(days: list[int], today: int, missed: list[int]) -> None:
    check = missed_check([FIRST + timedelta(days=day) for day in days], FIRST + timedelta(days=today))
    assert check.verdict is (Verdict.WARN if missed else Verdict.OK)
    assert f"{len(missed)} night" in check.text or not missed
    assert all((FIRST + timedelta(days=day)).isoformat() in check.text for day in missed[-3:])
