"""``rolecall classify``: label postings that come from anywhere, without a database."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

import click

from rolecall.cli.files import writing
from rolecall.cli.group import Command, pass_settings
from rolecall.cli.streams import say, shows_bars
from rolecall.exit_codes import DONE, PARTIAL
from rolecall.render.figures import count, duration, plural
from rolecall.settings import Settings


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True), default="-")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write there (default: standard output).")
@click.option("--with-text", is_flag=True, help="Carry the description that the offsets refer to in every line.")
@pass_settings
def classify(settings: Settings, file: Path, output: Path | None, with_text: bool) -> int:
    """Label postings from a file of JSON lines, without a database.

    Each line holds `title` and `description_html` or `description_text`. Each gives one line, in order; a line that is no
    posting gives its `id` and an `error`, and the exit code is 3.

    \b
      rolecall classify postings.jsonl -o labelled.jsonl
      rolecall classify - --with-text
    """
    from classifiers.classify import classify as label_posting  # numpy and the lexicons: some tenths of a second
    from rolecall.labelling import label_lines

    label = partial(label_posting, extra=settings.config.technologies)

    began, done, wrong = time.monotonic(), 0, 0
    first_wrong = ""
    with ExitStack() as stack:
        source = stack.enter_context(_reading(file))
        target = stack.enter_context(writing(output))
        advance = stack.enter_context(_bar(settings, file))
        for line in label_lines(_told(source, advance), label, with_text=with_text):
            target.write(line.text + b"\n")
            done += 1
            if line.error is not None:
                wrong += 1
                first_wrong = first_wrong or f"line {done}: {line.error}"
        target.flush()
    say(settings, f"{plural(done - wrong, 'posting')} labelled in {duration(time.monotonic() - began)}")
    if wrong:
        click.echo(f"Error: {count(wrong)} of {plural(done, 'line')} could not be labelled ({first_wrong})", err=True)
    return PARTIAL if wrong else DONE


@contextmanager
def _reading(file: Path) -> Iterator[BinaryIO]:
    if str(file) == "-":
        yield sys.stdin.buffer
    else:
        with file.open("rb") as stream:
            yield stream


def _told(lines: Iterable[bytes], advance: Callable[[int], None]) -> Iterator[bytes]:
    for line in lines:
        yield line
        advance(len(line))


@contextmanager
def _bar(settings: Settings, file: Path) -> Iterator[Callable[[int], None]]:
    """Told of bytes that are done; a bar on a terminal, where standard output is not the same terminal, and nothing elsewhere."""
    if not shows_bars(settings) or sys.stdout.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("classify"), BarColumn(24), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None if str(file) == "-" else file.stat().st_size)
        yield lambda done: bars.advance(task, done)
