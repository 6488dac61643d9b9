"""Bars stand where their figures say, whatever the figures are."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.health import histories
from rolecall.bar_charts import Chart, Series, chart_svg, spark_svg
from tests.rolecall.nights_of_sources import FAILED, SAME, WHOLE, nights

FIGURES = st.floats(0, 1e7, allow_subnormal=False).map(lambda value: round(value, 1))


def drawn(*series: Series) -> ElementTree.Element:
    slots = [f"2026-01-{5 + place:02d}" for place in range(len(series[0].values))]
    return ElementTree.fromstring(chart_svg(Chart("x", "What <moved>", slots, series)))


def bars(svg: ElementTree.Element, tone: str) -> list[tuple[float, float]]:
    """Top and height of each bar of a tone."""
    return [(float(one.attrib["y"]), float(one.attrib["height"])) for one in svg.iter("rect") if one.attrib["class"] == tone]


def test_heights_are_in_proportion_and_stand_on_each_other() -> None:
    svg = drawn(Series("new", "a", [10, 20]), Series("changed", "b", [20, 10]))
    (first, second), (third, fourth) = bars(svg, "a"), bars(svg, "b")
    assert second[1] == pytest.approx(2 * first[1], abs=0.2)
    assert third[1] == pytest.approx(second[1], abs=0.2)
    assert third[0] + third[1] == pytest.approx(first[0], abs=0.2)
    assert fourth[0] == pytest.approx(third[0], abs=0.2)


def test_what_is_below_the_axis_hangs_from_it() -> None:
    svg = drawn(Series("new", "a", [30]), Series("closed", "b", [60], is_below=True))
    (up,), (down,) = bars(svg, "a"), bars(svg, "b")
    assert up[0] + up[1] == pytest.approx(down[0], abs=0.2)
    assert down[1] == pytest.approx(2 * up[1], abs=0.2)


def test_a_first_night_that_towers_over_all_is_cut_and_says_its_figure() -> None:
    svg = drawn(Series("new", "a", [1258, 10, 20, 15, 12]))
    heights = [height for _, height in bars(svg, "a")]
    assert heights[0] == pytest.approx(1.3 * heights[2], abs=0.3)
    assert "1,258" in [one.text for one in svg.iter("text")]
    assert len([one for one in svg.iter("path") if one.attrib["class"] == "gap"]) == 1
    assert not [one for one in drawn(Series("new", "a", [60, 20, 30, 25, 12])).iter("path") if one.attrib["class"] == "gap"]


def test_each_night_says_its_figures() -> None:
    svg = drawn(Series("new", "a", [1258, 0]), Series("closed", "b", [3, 4], is_below=True))
    titles = [one.text for one in svg.iter("title")]
    assert titles == ["What <moved>", "2026-01-05: new 1,258, closed 3", "2026-01-06: new 0, closed 4"]
    assert "on the last: new 0, closed 4" in (svg.findtext("desc") or "")


@given(st.lists(st.tuples(FIGURES, FIGURES, FIGURES), max_size=25))
def test_everything_stays_on_the_paper(rows: Sequence[tuple[float, float, float]]) -> None:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    svg = drawn(Series("a", "a", columns[0]), Series("b", "b", columns[1]), Series("c", "c", columns[2], is_below=True))
    for one in svg.iter("rect"):
        x, y, width, height = (float(one.attrib[name]) for name in ("x", "y", "width", "height"))
        assert -0.1 <= x <= x + width <= 360.1
        assert -0.1 <= y <= y + height <= 190.1
    assert 1 <= len([one for one in svg.iter("path") if one.attrib["class"] == "line"]) <= 12


def test_a_spark_marks_the_first_bad_night() -> None:
    runs = nights("lever:acme", [WHOLE, SAME, FAILED, FAILED])
    days = [run.night for run in runs]
    svg = ElementTree.fromstring(spark_svg(histories(runs)[0], days))
    kinds = [one.attrib["class"] for one in svg]
    assert kinds == ["a", "c", "first", "cross", "cross"]
    assert svg.attrib["aria-label"] == "postings over 4 nights, bad from 2026-01-07 on"
    sound = ElementTree.fromstring(spark_svg(histories(runs[:2])[0], days[:2]))
    assert sound.attrib["aria-label"] == "postings over 2 nights, no bad night at its end"
