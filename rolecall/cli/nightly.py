"""``rolecall nightly``: the main job."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolecall.cli.group import Command, pass_settings
from rolecall.cli.streams import out, out_json, say, width
from rolecall.cli.watching import watching
from rolecall.cli.words import AtLeast
from rolecall.exit_codes import DONE, NOTHING_READ, PARTIAL
from rolecall.settings import DEFAULT_DATA, Settings

if TYPE_CHECKING:
    from flows.request import NightlyRequest
    from pipeline.runs import RunSummary


@click.command(cls=Command)
@click.option("--practice", is_flag=True, help="Crawl the built-in practice server: no network, no configuration.")
@click.option("--night", type=AtLeast(1), metavar="N", help="Night of the practice calendar; 1 is 2026-01-05.")
@click.option("--faults", is_flag=True, help="Let the practice server break in lasting ways too (ends with 3).")
@click.option(
    "--payloads", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
    help="Crawl a folder of recorded payloads, served on loopback.",
)  # fmt: skip
@click.option(
    "--map", "payload_map", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="Which file of that folder answers which board (default: the map that ships).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@pass_settings
def nightly(
    settings: Settings,
    practice: bool,
    night: int | None,
    faults: bool,
    payloads: Path | None,
    payload_map: Path | None,
    as_json: bool,
) -> int:
    """Crawl every source, label, store, and say what moved.

    Only what is new or changed is labelled. A second run of the same night changes nothing.

    \b
      rolecall nightly --practice
      rolecall nightly --practice --night 2
      rolecall nightly --config rolecall.toml
    """
    from flows.request import NightlyRequest

    if (practice or payloads) and settings.config_path is None and settings.data_option is None:
        settings.data_option = DEFAULT_DATA  # invented jobs never go where the configuration keeps the real ones
    now = datetime.now(UTC)
    request = NightlyRequest(
        config=settings.config, database_url=settings.database_url, data_dir=settings.data_dir, now=now,
        dataset=settings.dataset, practice=practice, night=night, faults=faults, payloads=payloads, payload_map=payload_map,
        config_path=settings.config_path,
    )  # fmt: skip
    return run_and_tell(settings, request, "nightly", as_json)


def run_and_tell(settings: Settings, request: NightlyRequest, verb: str, as_json: bool) -> int:
    """Run a night and print its summary; gives the exit code.

    The first line is out before Prefect is imported, which takes 3 to 11 seconds.
    """
    _refuse_early(request)
    say(settings, f"rolecall {version('rolecall')}  {verb}  {_what(request)}  data {settings.dataset}")
    from flows.engine import prepare

    prepare(request.data_dir)
    from flows.nightly import run_nightly

    with watching(settings) as watch:
        summary = run_nightly(request, watch)
    if as_json:
        out_json(summary.to_json())
    else:
        _tell(settings, summary)
    return summary.exit_code


def _refuse_early(request: NightlyRequest) -> None:
    """What a live night would refuse anyway, said before the seconds that the engine's import takes."""
    if not request.practice and request.payloads is None:
        from flows.plan import chosen, require_contact, require_for_pool, require_keys
        from flows.sources import open_night

        with open_night(request) as live:
            sources = chosen(live.sources, request.only)
            require_contact(sources, request.config)
            require_keys(sources, os.environ)
            require_for_pool(request.config, request.database_url, os.environ)


def _what(request: NightlyRequest) -> str:
    if request.practice:
        return f"practice server, night {request.night or 1}"
    if request.payloads:
        return f"recorded payloads of {request.payloads}"
    chosen = len(request.only) or len(request.config.sources)
    return f"{chosen} of {len(request.config.sources)} sources"


def _tell(settings: Settings, summary: RunSummary) -> None:
    from rolecall.render import night

    cells = width()
    if summary.exit_code != NOTHING_READ:
        out("\n" + night.source_table(summary.sources, cells))
        out(night.left_out(summary, cells) + "\n" + night.totals(summary, cells))
    sentence = night.closing_sentence(summary)
    if sentence:
        click.echo(("Error: " if summary.exit_code == NOTHING_READ else "") + sentence, err=True)
    if summary.exit_code in (DONE, PARTIAL) and not settings.is_quiet:
        out("\n" + night.next_steps(_command(settings)))


def _command(settings: Settings) -> str:
    """How this program is called from here, so that a line can be pasted: ``rolecall``, or its path where no PATH leads to it."""
    called = Path(sys.argv[0]).absolute()
    name = "rolecall"
    if called.name == "rolecall" and shutil.which("rolecall") is None and called.is_relative_to(Path.cwd()):
        name = str(called.relative_to(Path.cwd()))
    return f"{name} {settings.global_words}".rstrip()
