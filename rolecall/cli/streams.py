"""Where things go: data to standard output, messages and progress to standard error."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from rolecall.json_text import json_bytes
from rolecall.settings import Settings

_WIDTH_ELSEWHERE = 120
"""Cells of a line where no terminal says how many it has."""


def width() -> int:
    """Cells of a line of output: the terminal's, or ``COLUMNS``."""
    with suppress(ValueError):
        columns = int(os.environ.get("COLUMNS", ""))
        if columns > 0:
            return columns
    if sys.stdout.isatty():
        return shutil.get_terminal_size((_WIDTH_ELSEWHERE, 24)).columns
    return _WIDTH_ELSEWHERE


def out(text: str) -> None:
    """Write data; colours only to a terminal, and not with ``NO_COLOR``."""
    click.echo(text, nl=not text.endswith("\n"), color=False if os.environ.get("NO_COLOR") else None)


def out_long(text: str) -> None:
    """Write data; what is higher than the terminal through the reader's pager, where somebody sits there to leave it again.

    ``PAGER`` and ``LESS`` say which and how, as for other programs; an empty ``PAGER`` means none.
    """
    pager = shlex.split(os.environ.get("PAGER", "less"))
    is_seen = sys.stdout.isatty() and sys.stdin.isatty()
    if not pager or not is_seen or text.count("\n") < shutil.get_terminal_size().lines:
        out(text)
        return
    flags = os.environ.setdefault("LESS", "-FRX")  # as git has it: colours, and what was read stays on the screen
    shows_colours = Path(pager[0]).name != "less" or "r" in " ".join([flags, *pager[1:]]).lower()
    with suppress(KeyboardInterrupt):  # Ctrl-C within the pager reaches this process too
        click.echo_via_pager(text.removesuffix("\n"), color=shows_colours and not os.environ.get("NO_COLOR"))


def say(settings: Settings, text: str) -> None:
    """Write a message, unless ``-q`` asked for silence."""
    if not settings.is_quiet:
        click.echo(text, err=True)


def shows_bars(settings: Settings) -> bool:
    """Whether messages go to a terminal that can redraw a line."""
    return sys.stderr.isatty() and not settings.is_quiet and os.environ.get("TERM") != "dumb"


def out_json(value: Any) -> None:
    """Write one JSON value, indented."""
    click.echo(json_bytes(value, is_indented=True).decode())


def out_json_list(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a JSON array, one row a line, as the rows come."""
    before = "["
    for row in rows:
        click.echo(before + json_bytes(row).decode(), nl=False)
        before = ",\n"
    click.echo("[]" if before == "[" else "]")
