"""``rolecall runs``: the nights that were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.errors import UsageError, did_you_mean
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.streams import out, out_json, out_json_list, say, width
from rolecall.cli.words import AS_OF, AtLeast
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.health import SourceHistory
    from pipeline.runs import RunSummary


@click.group(cls=LazyGroup, lazy={"notify": "rolecall.cli.runs_notify:notify"})
def runs() -> None:
    """The nights that were, from their summaries, and telling people of them.

    \b
      rolecall runs list
    """


@runs.command("list", cls=Command)
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@pass_settings
def list_runs(settings: Settings, as_of: date | None, as_json: bool) -> None:
    """Show each run with what moved, newest first, and which sources are in trouble since it.

    \b
      rolecall runs list
    """
    from pipeline.runs import summary_from_json
    from rolecall.health import troubled_since
    from rolecall.render.runs import runs_table
    from storage.summaries import newest_first

    found = list(newest_first(runs_folder(settings), as_of))
    begun = troubled_since(runs_folder(settings), summary_from_json(found[0])) if found else {}
    rows = [{**summary, "first_bad_of": begun.get(summary["run_id"], [])} for summary in found]
    if as_json:
        out_json_list(rows)
    elif rows:
        out(runs_table(rows, width()))
    if not rows:
        say(settings, f"no runs in {runs_folder(settings)}; `rolecall nightly --practice` makes one")


@runs.command(cls=Command)
@click.argument("run_id", metavar="[RUN]", required=False)
@click.option("--source", metavar="NAME", help="One source night by night, as in greenhouse:acme.")
@click.option("--nights", type=AtLeast(1), default=14, metavar="N", help="How many nights to look back (default: 14).")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a report; - is standard output."
)
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@pass_settings
def show(
    settings: Settings,
    run_id: str | None,
    source: str | None,
    nights: int,
    html: Path | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Show what a run (default: the newest) said at its end, and its sources over the last nights.

    A source is in trouble from the first night on that failed, was partial, brought far fewer postings than usual or lacks a
    field that its postings usually have.

    \b
      rolecall runs show
      rolecall runs show 2026-01-05 --nights 30
      rolecall runs show --source greenhouse:acme
      rolecall runs show 2026-01-05 --html report.html
    """
    from rolecall.health import named
    from storage.summaries import histories_of

    if html is not None and (source is not None or as_json):
        raise UsageError(f"--html writes a page of the whole run; leave out {'--source' if source is not None else '--json'}")
    summary = chosen_run(runs_folder(settings), run_id, as_of)
    first = summary.night - timedelta(days=nights - 1)
    if html is not None:
        _write_report(settings, summary, nights, html)
        return
    histories = histories_of(runs_folder(settings), summary, nights)
    if source is not None:
        _show_source(named(source, histories), first, as_json)
    elif as_json:
        out_json({**summary.to_json(), "over_nights": [history.to_json(first) for history in histories]})
    else:
        _show_run(settings, summary, histories, nights)


def _show_source(history: SourceHistory, first: date, as_json: bool) -> None:
    from rolecall.render.health import source_nights

    if as_json:
        out_json(history.to_json(first))
    else:
        out(source_nights(history, first, width()))


def _show_run(settings: Settings, summary: RunSummary, histories: Sequence[SourceHistory], nights: int) -> None:
    from rolecall.render import night
    from rolecall.render.health import over_nights

    cells = width()
    out(f"run {summary.run_id}, {summary.started_at:%Y-%m-%d %H:%M} UTC\n\n" + night.source_table(summary.sources, cells))
    out(night.left_out(summary, cells) + "\n" + night.totals(summary, cells))
    out("\n" + over_nights(histories, summary.night, nights, cells))
    sentence = night.closing_sentence(summary)
    if sentence:
        say(settings, sentence)


def _write_report(settings: Settings, summary: RunSummary, nights: int, path: Path) -> None:
    from rolecall.cli.files import writing
    from rolecall.report.page import page

    text = page(summary, runs_folder(settings), nights)
    with writing(path) as stream:
        stream.write(text.encode())


def chosen_run(folder: Path, run_id: str | None, as_of: date | None = None) -> RunSummary:
    """The run that a command names, by default the newest.

    Raises:
        UsageError: there is none of that name, or none at all.
    """
    from pipeline.runs import summary_from_json
    from storage.summaries import newest_first

    known = []
    for summary in newest_first(folder, as_of):
        if run_id in (None, summary["run_id"]):
            return summary_from_json(summary)
        known.append(summary["run_id"])
    if not known:
        raise UsageError(f"no runs in {folder}; run `rolecall nightly --practice` first")
    raise UsageError(f"run '{run_id}' is unknown{did_you_mean(str(run_id), known) or '; `rolecall runs list` shows them'}")


def runs_folder(settings: Settings) -> Path:
    """Where the runs' summaries stand."""
    return settings.data_dir / "runs"
