"""Bar charts as SVG for a page that brings the colours: no style of their own, so that a strict policy lets them through.

A chart is drawn 360 units wide, the width of a phone, so that its figures can be read there; a wide page sets two side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from pipeline.health import JudgedNight, SourceHistory, Standing

_WIDTH, _HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 352, 12, 166
_MOST_TICKS = 5
_WIDEST = 28
"""Of a bar."""
_OUTLIER = 3
"""A night that tops every other by this factor (the first one, as a rule) is cut, so that the others can be read."""
_SPARK_WIDTH, _SPARK_HEIGHT = 6, 20


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of figure over the nights."""

    name: str
    tone: str
    """Class that colours it."""
    values: Sequence[float]
    """One a slot; 0 where there was no run."""
    is_below: bool = False
    """Drawn downward from the axis."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures over nights, weeks or bins."""

    key: str
    """Unique on a page; letters only."""
    title: str
    slots: Sequence[str]
    """What each place on the axis is called, oldest first."""
    series: Sequence[Series]
    say: Callable[[float], str] = lambda value: f"{value:,.0f}"
    """A figure as a person reads it."""
    slot_kind: str = "night"
    """What a place on the axis is."""
    short: Callable[[str], str] = lambda slot: slot[5:]
    """A slot's name where there is little room; of a night, month and day."""
    is_cut: bool = True
    """A slot that tops all others by far is cut."""


def chart_svg(chart: Chart) -> str:
    """Bars over the slots, the series of a slot on top of each other."""
    ups = _totals(chart, is_below=False)
    downs = _totals(chart, is_below=True)
    top, bottom = _ceiling(chart, ups), _ceiling(chart, downs)
    span = (top + bottom) or 1.0
    scale = (_BOTTOM - _TOP) / span
    axis = _TOP + top * scale if top or bottom else _BOTTOM
    parts = [_ticks(chart, top, bottom, axis, scale), _slot_names(chart)]
    pitch = (_RIGHT - _LEFT) / max(1, len(chart.slots))
    width = min(pitch * 0.76, _WIDEST)
    for place, slot in enumerate(chart.slots):
        x = _LEFT + place * pitch
        parts.append(_bars(chart, place, (x + (pitch - width) / 2, width), axis, scale, (top, bottom)))
        figures = ", ".join(f"{one.name} {chart.say(one.values[place])}" for one in chart.series)
        spot = f'x="{x:.1f}" y="{_TOP}" width="{pitch:.1f}" height="{_BOTTOM - _TOP}"'
        parts.append(f'<rect class="spot" {spot}><title>{escape(f"{slot}: {figures}")}</title></rect>')
    parts.append(f'<path class="axis" d="M{_LEFT} {axis:.1f}H{_RIGHT}"/>')
    last = ", ".join(f"{one.name} {chart.say(one.values[-1])}" for one in chart.series) if chart.slots else "nothing"
    told = f"Bars over {len(chart.slots)} {chart.slot_kind}s; on the last: {last}. The figures stand in the table below."
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{chart.key}t {chart.key}d">'
        f'<title id="{chart.key}t">{escape(chart.title)}</title><desc id="{chart.key}d">{escape(told)}</desc>{"".join(parts)}</svg>'
    )


def _totals(chart: Chart, *, is_below: bool) -> list[float]:
    chosen = [one.values for one in chart.series if one.is_below is is_below]
    return [sum(values) for values in zip(*chosen, strict=True)] if chosen else []


def _ceiling(chart: Chart, totals: Sequence[float]) -> float:
    """How high the plot reaches: the greatest slot, or the next one where that towers over all and may be cut."""
    first, second = (*sorted(totals, reverse=True), 0.0, 0.0)[:2]
    towers = len(totals) > _OUTLIER and second and first > second * _OUTLIER
    return second * 1.3 if chart.is_cut and towers else first


def _bars(chart: Chart, place: int, at: tuple[float, float], axis: float, scale: float, room: tuple[float, float]) -> str:
    """One night's bars; one that was cut carries its figure and a gap near its end."""
    x, width = at
    parts = []
    for is_below, most in ((False, room[0]), (True, room[1])):
        reached = 0.0
        for one in chart.series:
            if one.is_below is not is_below or not one.values[place]:
                continue
            end = min(most, reached + one.values[place])
            low, high = axis - end * scale, axis - reached * scale
            y = axis + reached * scale if is_below else low
            parts.append(f'<rect class="{one.tone}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{high - low:.1f}"/>')
            reached = end
        whole = sum(one.values[place] for one in chart.series if one.is_below is is_below)
        if whole > most:
            y = axis + most * scale - 12 if is_below else _TOP + 8
            parts.append(f'<path class="gap" d="M{x - 1:.1f} {y + 3:.1f}l{width + 2:.1f} -5"/>')
            parts.append(f'<text x="{x + width + 3:.1f}" y="{y:.1f}">{escape(chart.say(whole))}</text>')
    return "".join(parts)


def _ticks(chart: Chart, top: float, bottom: float, axis: float, scale: float) -> str:
    step = _step((top + bottom) / _MOST_TICKS)
    values = [step * number for number in range(-int(bottom / step), int(top / step) + 1)] if top + bottom else [0.0]
    parts = []
    for value in values:
        y = axis - value * scale
        parts.append(f'<path class="line" d="M{_LEFT} {y:.1f}H{_RIGHT}"/>')
        parts.append(f'<text x="{_LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{escape(chart.say(abs(value)))}</text>')
    return "".join(parts)


def _step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20 … from ``least`` on."""
    power = 1.0
    while power * 5 < least:
        power *= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


def _slot_names(chart: Chart) -> str:
    """The first, the middle and the last of the axis; all of a few."""
    slots = [chart.short(slot) for slot in chart.slots]
    pitch = (_RIGHT - _LEFT) / max(1, len(slots))
    places = range(len(slots)) if len(slots) <= 4 else (0, len(slots) // 2, len(slots) - 1)
    anchors = {0: "start", len(slots) - 1: "end"} if len(slots) > 4 else {}
    spots = {"start": 0.0, "middle": 0.5, "end": 1.0}
    parts = []
    for place in places:
        anchor = anchors.get(place, "middle")
        x = _LEFT + (place + spots[anchor]) * pitch
        parts.append(f'<text x="{x:.1f}" y="{_BOTTOM + 17}" text-anchor="{anchor}">{escape(slots[place])}</text>')
    return "".join(parts)


def spark_svg(history: SourceHistory, days: Sequence[date]) -> str:
    """A source's postings a night, its bad nights marked, a line before the first of its present trouble."""
    by_night: dict[date, JudgedNight] = {}
    for one in history.since(days[0]):
        if one.night not in by_night or one.standing is not Standing.SILENT:
            by_night[one.night] = one
    most = max((one.row.fetched for one in by_night.values()), default=0) or 1
    parts, first_bad = [], history.first_bad
    for place, day in enumerate(days):
        x = place * _SPARK_WIDTH
        if first_bad and first_bad.night == day:
            parts.append(f'<path class="first" d="M{x} 0v{_SPARK_HEIGHT}"/>')
        if day in by_night:
            parts.append(_spark_bar(by_night[day], x, most))
    told = f"bad from {first_bad.night} on" if first_bad else "no bad night at its end"
    size = f"{len(days) * _SPARK_WIDTH} {_SPARK_HEIGHT}"
    return (
        f'<svg class="spark" viewBox="0 0 {size}" role="img" aria-label="{escape(f"postings over {len(days)} nights, {told}")}">'
        f"{''.join(parts)}</svg>"
    )


def _spark_bar(one: JudgedNight, x: int, most: int) -> str:
    tone = "bad" if one.standing is Standing.BAD else "a" if one.row.fetched else "c"
    height = max(2.0, one.row.fetched / most * (_SPARK_HEIGHT - 2))
    if one.standing is Standing.BAD and not one.row.fetched:
        middle = _SPARK_HEIGHT / 2
        return f'<path class="cross" d="M{x + 1.5} {middle - 2}l3 4m0 -4l-3 4"/>'
    return f'<rect class="{tone}" x="{x + 1}" y="{_SPARK_HEIGHT - height:.1f}" width="{_SPARK_WIDTH - 2}" height="{height:.1f}"/>'
