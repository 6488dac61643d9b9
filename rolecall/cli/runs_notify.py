"""``rolecall runs notify``: tell people of a run again, or try whether they can be told."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import UsageError
from rolecall.cli.group import Command, pass_settings
from rolecall.cli.runs import chosen_run, runs_folder
from rolecall.cli.streams import out, out_json, say
from rolecall.exit_codes import CHECK_FAILED, DONE
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.notices import Notice
    from pipeline.notify_config import NotifyConfig


@click.command(cls=Command)
@click.argument("run_id", metavar="[RUN]", required=False)
@click.option("--dry-run", is_flag=True, help="Print the notice and who would be told, and tell nobody.")
@click.option("--test", "is_test", is_flag=True, help="Tell every target that this is a test; no run is needed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_settings
def notify(settings: Settings, run_id: str | None, dry_run: bool, is_test: bool, as_json: bool) -> int:
    """Tell people of a run (default: the newest) again, as its [[notify]] blocks ask.

    Ends with 1 where somebody could not be told, and with 2 where no block is configured or a variable is not set.

    \b
      rolecall runs notify --test
      rolecall runs notify --dry-run
      rolecall runs notify 2026-01-05
    """
    from pipeline.notices import asked_for

    blocks = _blocks(settings)
    if is_test and run_id:
        raise UsageError("--test tells of no run; leave out the run or --test")
    notice = _notice(settings, run_id, is_test)
    wanted = asked_for(notice, blocks)
    if dry_run:
        _show(notice, wanted, as_json)
        return DONE
    _require_variables(wanted)
    from flows.notify import send

    sentences = send(notice, wanted, os.environ)
    if as_json:
        out_json({"title": notice.title, "asked": [block.name for block in wanted], "not_told": sentences})
    for sentence in sentences:
        click.echo(sentence, err=True)
    if not wanted:
        say(settings, f"{notice.title}; no [[notify]] block asks for such a night")
    elif not sentences:
        say(settings, f"told {', '.join(block.name for block in wanted)}")
    return CHECK_FAILED if sentences else DONE


def _blocks(settings: Settings) -> tuple[NotifyConfig, ...]:
    if not settings.config.notify:
        raise UsageError("nobody is to be told: the configuration has no [[notify]] block; docs/how-to/be-told.md shows one")
    return settings.config.notify


def _notice(settings: Settings, run_id: str | None, is_test: bool) -> Notice:
    from pipeline.notices import night_notice, trial_notice

    if is_test:
        return trial_notice(datetime.now(UTC).date())
    return night_notice(chosen_run(runs_folder(settings), run_id))


def _require_variables(blocks: tuple[NotifyConfig, ...]) -> None:
    from flows.notify import missing

    lacking = dict.fromkeys(name for block in blocks for name in missing(block, os.environ))
    if lacking:
        names = " and ".join(lacking)
        raise UsageError(f"{names} {'is' if len(lacking) == 1 else 'are'} not set; export what the [[notify]] blocks name")


def _show(notice: Notice, wanted: tuple[NotifyConfig, ...], as_json: bool) -> None:
    from flows.notify import missing

    told: list[dict[str, Any]] = [{"target": block.name, "not_set": missing(block, os.environ)} for block in wanted]
    if as_json:
        out_json({"title": notice.title, "text": notice.text, "value": notice.value, "asked": told})
        return
    out(f"{notice.title}\n\n{notice.text}\n")
    out_json(notice.value)
    for one in told:
        lack = f" ({' and '.join(one['not_set'])} not set)" if one["not_set"] else ""
        out(f"would tell {one['target']}{lack}")
    if not told:
        out("would tell nobody: no [[notify]] block asks for such a night")
