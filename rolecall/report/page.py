"""The page of a night: values for ``templates/night.html``, and the page itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.fill import FIELDS, share
from pipeline.health import SourceHistory, histories, thresholds
from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import BoardStatus, RemoteClass
from rolecall.bar_charts import Chart, chart_svg, spark_svg
from rolecall.render import figures
from rolecall.render.health import status_in_words
from rolecall.render.night import closing_sentence
from rolecall.report.figures import charts_of
from storage.summaries import up_to

_MOST_SOUND = 300
"""Sound sources that are shown one by one: a page of ten thousand is no use to anybody."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with the table that says the same."""

    chart: Chart
    svg: Markup


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source in trouble."""

    source_id: str
    since: date
    nights: int
    """Bad nights since then."""
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source table."""

    row: SourceRow
    status: str
    is_bad: bool
    """In trouble."""
    has_figures: bool
    """An answer of its own was read."""
    spark: Markup
    fill: tuple[int | None, ...]
    """Percent a field of ``FIELDS``; None where it was not counted."""
    emptied: frozenset[str]
    """Fields that are filled far less than usual."""


def page(run: RunSummary, folder: Path, nights: int) -> str:
    """The HTML of a run.

    Args:
        run: the run.
        folder: of all runs.
        nights: how many nights the charts look back.
    """
    days = [run.night - timedelta(days=back) for back in range(nights - 1, -1, -1)]
    runs = up_to(folder, run, nights + thresholds().usual_days)
    found = histories(runs)
    lines = _lines(run, found, days)
    shown = [line for line in lines if line.is_bad] + [line for line in lines if not line.is_bad][:_MOST_SOUND]
    style = files("rolecall.report").joinpath("templates/night.css").read_text(encoding="utf-8")
    template = _environment().get_template("night.html")
    return template.render(
        run=run,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        closing=closing_sentence(run) or "",
        key_figures=key_figures(run),
        figures=_figures([one for one in runs if one.night >= days[0]], days),
        troubles=[trouble for history in found if (trouble := _trouble(history))],
        lines=shown,
        left=len(lines) - len(shown),
        fields=FIELDS,
        nights=nights,
    )


def _environment() -> Environment:
    """Autoescape for every template: what boards send is hostile until proven otherwise."""
    environment = Environment(
        loader=PackageLoader("rolecall.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"count": figures.count, "plural": figures.plural}
    return environment


def key_figures(run: RunSummary) -> Sequence[tuple[str, str]]:
    """Figure and what it counts."""
    first = run.by_class.get(RemoteClass.REMOTE_FIRST.value, 0)

    def share_of(part: int) -> str:
        return figures.share(part, run.open_jobs).replace(" ", "\N{NO-BREAK SPACE}")

    return (
        (figures.count(run.open_jobs), "open jobs"),
        (figures.count(first), f"remote-first ({share_of(first)})"),
        (figures.count(run.with_pay), f"with pay ({share_of(run.with_pay)})"),
        (figures.count(run.new), "new"),
        (figures.count(run.changed), "changed"),
        (figures.count(run.closed), "closed"),
        (figures.count(len(run.failed)), "sources failed"),
        (figures.duration(run.seconds), "of work"),
    )


def _figures(runs: Sequence[RunSummary], days: Sequence[date]) -> list[Figure]:
    return [Figure(chart, Markup(chart_svg(chart))) for chart in charts_of(runs, days)]  # noqa: S704 - escaped there


def _trouble(history: SourceHistory) -> Trouble | None:
    row = history.bad_row
    return Trouble(history.source_id, row[0].night, len(row), history.trouble, row[-1].row.note) if row else None


def _lines(run: RunSummary, found: Sequence[SourceHistory], days: Sequence[date]) -> list[SourceLine]:
    """The run's sources in the order of their trouble."""
    rows = {row.source_id: row for row in run.sources}
    return [_line(rows[history.source_id], history, days) for history in found if history.source_id in rows]


def _line(row: SourceRow, history: SourceHistory, days: Sequence[date]) -> SourceLine:
    shares = (share(row.fill, field, row.fetched) for field in FIELDS)
    return SourceLine(
        row=row,
        status=status_in_words(row),
        is_bad=history.first_bad is not None,
        has_figures=row.status in (BoardStatus.COMPLETE, BoardStatus.PARTIAL) and not row.not_modified,
        spark=Markup(spark_svg(history, days)),  # noqa: S704 - escaped there
        fill=tuple(None if part is None else round(part * 100) for part in shares),
        emptied=frozenset(finding.what for finding in history.nights[-1].findings).intersection(FIELDS),
    )
