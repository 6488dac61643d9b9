"""``rolecall crawl``: some sources only."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from rolecall.cli.group import Command, pass_settings
from rolecall.cli.nightly import run_and_tell
from rolecall.settings import Settings


@click.command(cls=Command)
@click.argument("source", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@pass_settings
def crawl(settings: Settings, source: tuple[str, ...], as_json: bool) -> int:
    """Crawl, label and store the given sources only.

    The other sources of the configuration stay as they are.

    \b
      rolecall crawl greenhouse:gitlab
      rolecall crawl remoteok hn
    """
    from flows.request import NightlyRequest

    request = NightlyRequest(
        config=settings.config, database_url=settings.database_url, data_dir=settings.data_dir, now=datetime.now(UTC), only=source,
        dataset=settings.dataset, config_path=settings.config_path,
    )  # fmt: skip
    return run_and_tell(settings, request, "crawl", as_json)
