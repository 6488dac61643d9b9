"""Small pictures of a list, each with the numbers it is drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from markupsafe import Markup

from pipeline.vocabulary import RemoteClass
from rolecall.bar_charts import Chart, Series, chart_svg
from rolecall.render import figures
from storage.facet_index.answer import NOT_STATED, PayBin, Week
from storage.queries.company_figures import WeekMix

CLASSES: Mapping[str, str] = {
    RemoteClass.REMOTE_FIRST.value: "first",
    RemoteClass.REMOTE_FRIENDLY.value: "friendly",
    RemoteClass.ON_SITE.value: "onsite",
    NOT_STATED: "silent",
}
"""Remote classes as they are shown, and what colours each."""
_WIDTH, _BAR = 360, 26


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart and its table."""

    title: str
    svg: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: tuple[tuple[str, str], ...] = ()
    """Name and tone of each series, where there are several."""
    note: str = ""


def class_mix(by_class: Mapping[str, int]) -> Picture:
    """How many jobs have each remote class."""
    whole = sum(by_class.values())
    rows = tuple((name, figures.count(by_class.get(name, 0)), figures.share(by_class.get(name, 0), whole)) for name in CLASSES)
    return Picture("Class mix", Markup(_mix_svg(by_class)), ("class", "jobs", "share"), rows, tuple(CLASSES.items()))  # noqa: S704 - escaped there


def pay_histogram(bins: Sequence[PayBin], without_pay: int) -> Picture:
    """How many jobs pay how much: upper figure of the best base or total band, a year in US dollars."""
    slots = [_span(one) for one in bins]
    chart = Chart(
        "pay", "Pay, USD a year", slots, [Series("jobs", "pay", [one.count for one in bins])],
        slot_kind="bin", short=lambda slot: slot, is_cut=False,
    )  # fmt: skip
    rows = tuple((_span(one), figures.count(one.count)) for one in bins)
    note = f"{figures.plural(without_pay, 'job')} without stated pay"
    return Picture(chart.title, Markup(chart_svg(chart)), ("upper figure", "jobs"), rows, note=note)  # noqa: S704 - escaped there


def new_by_week(weeks: Sequence[Week]) -> Picture:
    """How many of the listed jobs were published in each week, by class."""
    note = "By the source's own date; without one, by the night that first saw the job"
    return _by_week("Published, by week", note, {week.begins_on: week.by_class for week in weeks}, CLASSES)


def company_weeks(weeks: Sequence[WeekMix]) -> Picture:
    """How many jobs of an employer were first seen in each week, by class; silent ones count as on-site."""
    told = {name: tone for name, tone in CLASSES.items() if name != NOT_STATED}
    counted = {week.week_on: {name: getattr(week, name.replace("-", "_")) for name in told} for week in weeks}
    return _by_week("First seen, by week", "By the night that first saw the job, closed ones too", counted, told)


def _by_week(title: str, note: str, weeks: Mapping[date, Mapping[str, int]], classes: Mapping[str, str]) -> Picture:
    """Bars by the week's Monday; weeks without a job stand in the picture and not in its table."""
    series = [Series(name, tone, [counts.get(name, 0) for counts in weeks.values()]) for name, tone in classes.items()]
    chart = Chart("weeks", title, [monday.isoformat() for monday in weeks], series, slot_kind="week")
    rows = tuple(
        (monday.isoformat(), *(figures.count(counts.get(name, 0)) for name in classes))
        for monday, counts in weeks.items()
        if any(counts.values())
    )
    svg = Markup(chart_svg(chart))  # noqa: S704 - escaped there
    return Picture(chart.title, svg, ("week from", *classes), rows, tuple(classes.items()), note)


def _span(one: PayBin) -> str:
    low = figures.short_amount(one.from_usd)
    return f"{low}+" if one.to_usd is None else f"{low}\N{EN DASH}{figures.short_amount(one.to_usd)}"


def _mix_svg(by_class: Mapping[str, int]) -> str:
    """One bar, a part a class, its share written where there is room."""
    whole = sum(by_class.values())
    parts, x = [], 0.0
    for name, tone in CLASSES.items():
        count = by_class.get(name, 0)
        width = _WIDTH * count / whole if whole else 0.0
        if width:
            told = escape(f"{name}: {figures.plural(count, 'job')}")
            spot = f'x="{x:.1f}" y="0" width="{max(width - 2, 1):.1f}" height="{_BAR}"'
            parts.append(f'<rect class="{tone}" {spot}><title>{told}</title></rect>')
        x += width
    told = ", ".join(f"{name} {figures.count(by_class.get(name, 0))}" for name in CLASSES)
    return (
        f'<svg class="mix" viewBox="0 0 {_WIDTH} {_BAR}" preserveAspectRatio="none" role="img" aria-labelledby="mixt mixd">'
        '<title id="mixt">Class mix</title>'
        f'<desc id="mixd">{escape(told)}</desc>{"".join(parts)}</svg>'
    )
