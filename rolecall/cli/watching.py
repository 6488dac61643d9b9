"""Whoever watches a night: bars on a terminal, a line a source elsewhere, nothing with ``-q``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pipeline.runs import Progress
from rolecall.cli.streams import say, shows_bars
from rolecall.settings import Settings

Watch = Callable[[Progress], None]


@contextmanager
def watching(settings: Settings) -> Iterator[Watch]:
    """What a night reports to; safe to call from several threads."""
    if shows_bars(settings):
        with _bars() as watch:
            yield watch
    else:
        yield _lines(settings)


def _lines(settings: Settings) -> Watch:
    lock = threading.Lock()

    def watch(step: Progress) -> None:
        with lock:
            if step.phase == "crawl":
                say(settings, f"crawl {step.done}/{step.total} {step.text}")
            elif step.phase in ("start", "note"):
                say(settings, step.text)
            elif settings.verbosity:
                say(settings, f"{step.phase} {step.done}/{step.total} {step.text}")

    return watch


@contextmanager
def _bars() -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    last = TextColumn("{task.fields[last]}", markup=False)
    columns = (TextColumn("{task.description:<8}"), BarColumn(24), MofNCompleteColumn(), TimeElapsedColumn(), last)
    with Bars(*columns, console=Console(stderr=True), transient=False) as bars:
        tasks: dict[str, TaskID] = {}

        def watch(step: Progress) -> None:
            if step.phase in ("start", "note"):
                bars.console.print(step.text, markup=False, highlight=False)
                return
            if step.phase not in tasks:
                tasks[step.phase] = bars.add_task(step.phase, total=step.total, last="")
            bars.update(tasks[step.phase], completed=step.done, total=step.total, last=step.text)

        yield watch
