"""``rolecall reclassify``: today's parser and classifiers over what is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

from pipeline.errors import UsageError
from rolecall.cli.group import Command, pass_settings
from rolecall.cli.streams import out, out_json, say, width
from rolecall.cli.watching import watching
from rolecall.cli.words import AtLeast, Night
from rolecall.settings import Settings


@click.command(cls=Command)
@click.option("--since", type=Night("--since"), metavar="DATE", help="Only payloads of that night or later (default: all).")
@click.option("--dry-run", is_flag=True, help="Say which labels would change, and write nothing.")
@click.option("--workers", type=AtLeast(1), metavar="N", help="Processes that label (default: one a core); 1 labels in this one.")
@click.option("--dask", metavar="ADDRESS", help="Label on a Dask cluster: tcp://scheduler:8786, or local:3 for three workers here.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@pass_settings
def reclassify(settings: Settings, since: date | None, dry_run: bool, workers: int | None, dask: str | None, as_json: bool) -> int:
    """Parse and label the stored payloads again, and say which labels change. Nothing is asked of the network.

    What an earlier version said stays in the history. An interrupted replay goes on where it was.

    \b
      rolecall reclassify --dry-run
      rolecall reclassify --since 2026-01-05
      rolecall reclassify --dask tcp://scheduler:8786
    """
    if workers and dask:
        raise UsageError("--workers are processes of this machine, --dask has its own; give one of them")
    from flows.reclassify import ReplayRequest
    from flows.reclassify import reclassify as replay

    request = ReplayRequest(
        settings.database_url,
        settings.data_dir,
        settings.dataset,
        datetime.now(UTC),
        since,
        settings.config.technologies,
        not dry_run,
        workers,
        dask,
    )
    with watching(settings) as watch:
        summary = replay(request, watch)
    if as_json:
        out_json(summary.to_json())
    else:
        from rolecall.render.replay import changes_table, closing_sentence

        if summary.changes:
            out(changes_table(summary.changes, width()))
        say(settings, closing_sentence(summary))
    return summary.exit_code
