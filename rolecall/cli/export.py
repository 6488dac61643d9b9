"""``rolecall export``: filtered lists as files."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.errors import UsageError
from rolecall.cli.files import writing
from rolecall.cli.filters import filter_options, filters_from
from rolecall.cli.group import Command, LazyGroup, pass_settings
from rolecall.cli.leaving_out import tell_left_out
from rolecall.cli.opening import opened
from rolecall.cli.streams import say
from rolecall.render.figures import plural
from rolecall.settings import Settings

if TYPE_CHECKING:
    from storage.exports import Exported

POSTINGS = click.option("--postings", is_flag=True, help="One row a posting instead of one a job.")
OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there (default: standard output)."
)
TARGET = click.option(
    "--to", "target", metavar="TARGET", default="export",
    help="Where the file goes, as in site, feeds or google-jobs: what the terms of a source keep from there is left out.",
)  # fmt: skip
FILE = click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", required=True, help="Write there.")


@click.group(cls=LazyGroup)
def export() -> None:
    """Filtered lists as files. The filters are those of `jobs list`; open jobs are the default.

    Postings whose source forbids exports are left out and counted.

    \b
      rolecall export csv --remote remote-first -o jobs.csv
    """


@export.command(cls=Command)
@filter_options
@POSTINGS
@TARGET
@OUTPUT
@pass_settings
def csv(settings: Settings, /, output: Path | None, postings: bool, target: str, **words: Any) -> None:
    """Comma-separated values for spreadsheets: UTF-8, a header, no cell that a spreadsheet would run as a formula.

    \b
      rolecall export csv --remote remote-first --pay-min 150000 -o jobs.csv
    """
    with _exporting(settings, words, postings, output, target) as rows, writing(output) as stream:
        from storage.exports.csv import write_csv
        from storage.queries.jobs import COLUMNS

        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        try:
            write_csv(rows, tuple(COLUMNS), text)
        finally:
            text.detach()


@export.command(cls=Command)
@filter_options
@POSTINGS
@TARGET
@OUTPUT
@pass_settings
def jsonl(settings: Settings, /, output: Path | None, postings: bool, target: str, **words: Any) -> None:
    """JSON lines: one object a line, values with their types.

    \b
      rolecall export jsonl --stack pytorch
    """
    with _exporting(settings, words, postings, output, target) as rows, writing(output) as stream:
        from storage.exports.jsonl import write_jsonl
        from storage.queries.jobs import COLUMNS

        write_jsonl(rows, tuple(COLUMNS), stream)


@export.command(cls=Command)
@filter_options
@POSTINGS
@TARGET
@FILE
@pass_settings
def parquet(settings: Settings, /, output: Path, postings: bool, target: str, **words: Any) -> None:
    """Parquet: typed columns, each with its line of the data dictionary.

    \b
      rolecall export parquet --state all -o jobs.parquet
    """
    if str(output) == "-" or output.is_dir():
        raise UsageError(f"-o {output}: Parquet needs a file, as in -o jobs.parquet")
    with _exporting(settings, words, postings, output, target) as rows:
        from storage.exports.parquet import write_parquet
        from storage.queries.jobs import COLUMNS

        write_parquet(rows, tuple(COLUMNS), output)


@contextmanager
def _exporting(
    settings: Settings, words: Mapping[str, Any], postings: bool, output: Path | None, target: str
) -> Iterator[Iterator[dict[str, Any]]]:
    """The rows that may be exported; afterwards says how many there were and what was left out."""
    filters = filters_from(words)
    with opened(settings, filters.as_of) as store:
        from storage.exports import Exported, allowed
        from storage.queries.jobs import rows

        told = Exported()
        yield allowed(rows(store, filters, postings), told, target)
        where = "" if output is None or str(output) == "-" else f" in {output}"
        say(settings, f"{plural(told.rows, 'posting' if postings else 'job')}{where}")
        _tell_forbidden(settings, told, target)
        tell_left_out(settings, store, filters, postings=postings)


def _tell_forbidden(settings: Settings, /, told: Exported, target: str) -> None:
    what = "exports" if target == "export" else f"them to go to {target}"
    for platform, number in told.forbidden.items():
        say(settings, f"{plural(number, 'posting')} left out: the terms of {platform} forbid {what}")
