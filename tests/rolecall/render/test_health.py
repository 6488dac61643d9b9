"""Sources over the last nights fit the width, those in trouble first with their first bad night, many sound ones in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import click
import pytest

from pipeline.health import SourceHistory, histories
from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import FailureKind
from rolecall.render.health import over_nights, source_nights, spark
from rolecall.render.tables import cells
from tests.rolecall.nights_of_sources import FAILED, FEW, FIRST, NO_PLACE, PUT_OFF, SAME, WHOLE, night, nights

STOPPED = replace(FAILED, failure=FailureKind.INTERRUPTED)


def one(rows: Sequence[SourceRow]) -> SourceHistory:
    return histories(nights("lever:acme", rows))[0]


def bars(rows: Sequence[SourceRow], days: int | None = None) -> str:
    last = FIRST + timedelta(days=len(rows) - 1)
    return spark(one(rows), last - timedelta(days=(days or len(rows)) - 1), last)


@pytest.mark.parametrize(
    ("rows", "days", "shown"),
    [
        ([WHOLE, WHOLE], 2, "██"),
        ([WHOLE, FEW, FAILED], 3, "█|▃×"),
        ([FAILED], 1, "|×"),
        ([WHOLE, SAME, PUT_OFF, STOPPED, WHOLE], 5, "█=··█"),
        ([WHOLE, NO_PLACE, SAME], 3, "█|█="),
        ([WHOLE], 3, "--█"),
        ([replace(WHOLE, fetched=0, fill={})], 1, "▁"),
        ([FAILED, FAILED, FAILED], 2, "××"),
    ],
)
def test_a_night_is_a_character(rows: list[SourceRow], days: int, shown: str) -> None:
    assert bars(rows, days) == shown


def test_of_several_runs_a_night_the_last_that_says_something_counts() -> None:
    runs = [night(0, FAILED), night(0, WHOLE, number=2), night(0, PUT_OFF, number=3)]
    assert spark(histories(runs)[0], FIRST, FIRST) == "█"


def told(runs: Sequence[RunSummary], width: int, days: int = 14) -> str:
    return click.unstyle(over_nights(histories(runs), runs[-1].night, days, width))


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("sound", [3, 30])
def test_it_fits_the_width_and_loses_no_trouble(width: int, sound: int) -> None:
    runs = nights(
        "greenhouse:a-rather-long-name-of-a-board", [*[WHOLE] * 20, NO_PLACE, NO_PLACE], [f"lever:b{n}" for n in range(sound)]
    )
    text = told(runs, width, days=60)
    assert max(cells(line) for line in text.splitlines()) <= width
    words = " ".join(text.split())
    assert "2026-01-25: location filled in 2 %, usually 100 %" in words
    assert f"{sound + 1} sources, 1 in trouble" in words
    assert ("lever:b0" in text) is (sound == 3)
    assert (f"{sound} sources are sound: 1,200 postings" in words) is (sound == 30)


def test_sources_in_trouble_stand_first() -> None:
    lines = told(nights("lever:z", [WHOLE, FAILED], ["lever:a"]), 100).splitlines()
    assert [line.split()[0] for line in lines[3:5]] == ["lever:z", "lever:a"]


def test_old_summaries_have_no_table_of_fields_rather_than_a_wrong_one() -> None:
    old = replace(WHOLE, fill={})
    assert "filled" not in told(nights("lever:acme", [old, old]), 80)
    many = told(nights("lever:acme", [old], [f"lever:b{n}" for n in range(20)]), 80)
    assert "filled" in many, "the others are counted"
    assert "filled" not in told([night(0, *(replace(old, source_id=f"lever:b{n}") for n in range(20)))], 80)


@pytest.mark.parametrize("width", [80, 120])
def test_one_source_is_shown_night_by_night(width: int) -> None:
    text = click.unstyle(source_nights(one([WHOLE, SAME, WHOLE, FAILED, PUT_OFF, FAILED]), FIRST, width))
    assert max(cells(line) for line in text.splitlines()) <= width
    lines = text.splitlines()
    assert [line[0] for line in lines[1:7]] == [" ", " ", "*", " ", " ", " "]
    assert lines[1].split()[:6] == ["2026-01-10", "failed", "-", "-", "-", "-"]
    assert lines[4].split()[:6] == ["2026-01-07", "complete", "40", "3", "1", "2"]
    assert "not modified" in lines[5]
    assert " ".join(text.split()).count("answered 503; look at the address in a browser") == 1, "the same note once"
    assert "in trouble since 2026-01-08: failed (http status)" in text


def test_a_source_without_a_run_in_the_window_says_nothing_wrong() -> None:
    text = click.unstyle(source_nights(one([WHOLE]), FIRST + timedelta(days=1), 80))
    assert text.splitlines() == ["  run  status  fetched  new  changed  closed  note"]
