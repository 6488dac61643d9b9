"""``rolecall runs``: the nights that were."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.errors import UsageError, did_you_mean
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.streams import out, out_json, out_json_list, say, width
from rolecall.cli.words import AS_OF
from rolecall.settings import Settings


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
    """Show each run with what moved, newest first.

    \b
      rolecall runs list
    """
    from rolecall.render.runs import runs_table
    from rolecall.summaries import newest_first

    found = list(newest_first(runs_folder(settings), as_of))
    if as_json:
        out_json_list(found)
    elif found:
        out(runs_table(found, width()))
    if not found:
        say(settings, f"no runs in {runs_folder(settings)}; `rolecall nightly --practice` makes one")


@runs.command(cls=Command)
@click.argument("run_id", metavar="[RUN]", required=False)
@AS_OF
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@pass_settings
def show(settings: Settings, run_id: str | None, as_of: date | None, as_json: bool) -> None:
    """Show what a run (default: the newest) said at its end.

    \b
      rolecall runs show
      rolecall runs show 2026-01-05
    """
    from rolecall.render import night
    from rolecall.summaries import from_json, newest_first

    found = {summary["run_id"]: summary for summary in newest_first(runs_folder(settings), as_of)}
    summary = chosen_run(found, run_id, runs_folder(settings))
    if as_json:
        out_json(summary)
        return
    value = from_json(summary)
    cells = width()
    out(f"run {value.run_id}, {value.started_at:%Y-%m-%d %H:%M} UTC\n\n" + night.source_table(value.sources, cells))
    out(night.left_out(value, cells) + "\n" + night.totals(value, cells))
    sentence = night.closing_sentence(value)
    if sentence:
        say(settings, sentence)


def chosen_run(found: dict[str, dict[str, Any]], run_id: str | None, folder: Path) -> dict[str, Any]:
    """The run that a command names, by default the newest.

    Raises:
        UsageError: there is none of that name, or none at all.
    """
    if not found:
        raise UsageError(f"no runs in {folder}; run `rolecall nightly --practice` first")
    if run_id is None:
        return next(iter(found.values()))
    if run_id not in found:
        raise UsageError(f"run '{run_id}' is unknown{did_you_mean(run_id, found) or '; `rolecall runs list` shows them'}")
    return found[run_id]


def runs_folder(settings: Settings) -> Path:
    """Where the runs' summaries stand."""
    return settings.data_dir / "runs"
