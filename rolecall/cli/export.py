"""``rolecall export``: filtered lists as files and feeds, a command for every format there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import UsageError
from rolecall.cli.columns import columns_option
from rolecall.cli.files import writing
from rolecall.cli.filters import filter_options, filters_from
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.leaving_out import tell_left_out
from rolecall.cli.opening import opened
from rolecall.cli.streams import say
from rolecall.render.figures import plural
from rolecall.settings import Settings

if TYPE_CHECKING:
    from pipeline.filters import Filters
    from storage.exports import Exported
    from storage.exports.about import About
    from storage.exports.formats import Format
    from storage.store import Store

CREDIT = ("source_name", "source_url", "attribution")
"""Columns that a file has whichever others are asked for: who passes postings on credits their source."""
POSTINGS = click.option("--postings", is_flag=True, help="One row a posting instead of one a job.")


class _Formats(LazyGroup):
    """A command for every format, made when it is asked for: the program's own help need not wait for their options."""

    def list_commands(self, context: click.Context) -> list[str]:
        from storage.exports.formats import FORMATS

        return list(FORMATS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        from storage.exports.formats import FORMATS

        return _command(FORMATS[name]) if name in FORMATS else None


@click.group(cls=_Formats)
def export() -> None:
    """Filtered lists as files and feeds. The filters are those of `jobs list`; open jobs are the default.

    Postings whose source forbids exports, or feeds, are left out and counted. The columns that credit a source are always there.

    \b
      rolecall export csv --remote remote-first -o jobs.csv
      rolecall export xlsx --search pytorch-eu -o jobs.xlsx
      rolecall export csv --columns title,company,pay_max_annual_usd -o pay.csv
    """


def _command(form: Format) -> click.Command:
    """The command of a format."""

    def run(
        settings: Settings, /, output: Path | None, target: str, postings: bool = False, columns: tuple[str, ...] | None = None,
        **words: Any,
    ) -> None:  # fmt: skip
        if form.is_binary and (output is None or str(output) == "-" or output.is_dir()):
            raise UsageError(f"-o {output or '-'}: {form.name} needs a file, as in -o jobs.{form.suffix}")
        exporting = _exporting(settings, form, words, postings=postings, target=target, output=output)
        with exporting as (rows, about), writing(output) as stream:
            from storage.queries.jobs import COLUMNS

            for note in form.write(rows, _columns(form, columns) or tuple(COLUMNS), about, stream):
                say(settings, note)

    run.__doc__ = _help(form)
    command = pass_settings(run)
    for option in reversed(_options(form)):
        command = option(command)
    return click.command(form.name, cls=Command)(filter_options(command))


def _columns(form: Format, columns: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The columns that were asked for, and those that credit a source."""
    return tuple(dict.fromkeys((*columns, *CREDIT))) if columns and not form.credits_below else columns


def _help(form: Format) -> str:
    from storage.exports.formats import FEED_MOST

    most = f"\n\nAt most {FEED_MOST} jobs unless --limit says otherwise; --sort changes nothing." if form.is_feed else ""
    return f"{form.title}{most}\n\n\b\n  rolecall export {form.name} --remote remote-first --pay-min 150000 -o jobs.{form.suffix}"


def _options(form: Format) -> list[Callable[[Any], Any]]:
    target = "feeds" if form.is_feed else "export"
    output = click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", required=form.is_binary,
        help="Write there." if form.is_binary else "Write there (default: standard output).",
    )  # fmt: skip
    to = click.option(
        "--to", "target", metavar="TARGET", default=target,
        help=f"Where it goes, as in site, feeds or google-jobs (default: {target}): "
        "what the terms of a source keep from there is left out.",
    )  # fmt: skip
    postings = [] if form.is_feed else [POSTINGS]  # a feed's entry is a job
    return [*postings, to, output, *([columns_option()] if form.has_columns else [])]


@contextmanager
def _exporting(
    settings: Settings, form: Format, words: Mapping[str, Any], *, postings: bool, target: str, output: Path | None
) -> Iterator[tuple[Iterator[dict[str, Any]], About]]:
    """The rows that may go there; afterwards says how many there were and what was left out."""
    filters = filters_from(words)
    with opened(settings, filters.as_of) as store:
        from storage.exports import Exported, allowed
        from storage.exports.formats import FEED_MOST
        from storage.feeds.entries import moved_last
        from storage.queries.jobs import rows

        told = Exported()
        found = moved_last(store, filters, told, target) if form.is_feed else allowed(rows(store, filters, postings), told, target)
        yield found, _about(settings, store, filters, words.get("search"), each_posting=postings)
        where = "" if output is None or str(output) == "-" else f" in {output}"
        say(settings, f"{plural(told.rows, 'posting' if postings else 'job')}{where}")
        if form.is_feed and filters.limit is None and told.rows == FEED_MOST:
            say(settings, f"these are the {FEED_MOST} that moved last; --limit asks for another number")
        _tell_forbidden(settings, told, target)
        tell_left_out(settings, store, filters, postings=postings)


def _about(settings: Settings, store: Store, filters: Filters, search_id: str | None, *, each_posting: bool) -> About:
    from pipeline.search_config import search_named
    from storage.feeds.describing import about_list
    from storage.queries.nights import newest_clock

    search = search_named(settings.config.searches, search_id) if search_id else None
    made_at = newest_clock(store) or datetime.now(UTC)
    return replace(about_list(filters, made_at, settings.config.site, search), each_posting=each_posting)


def _tell_forbidden(settings: Settings, /, told: Exported, target: str) -> None:
    what = "exports" if target == "export" else f"them to go to {target}"
    for platform, number in told.forbidden.items():
        say(settings, f"{plural(number, 'posting')} left out: the terms of {platform} forbid {what}")
