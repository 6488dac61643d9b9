"""Filters written out again: as the options of a command, and as the query of an address."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from pipeline.filters import Filters


def as_options(filters: Filters) -> str:
    """``--remote remote-first --stack PyTorch``: what differs from the defaults, as one would type it; empty for all open jobs."""
    words: list[str] = []
    for name, text in _given(filters):
        option = f"--{name.replace('_', '-')}"
        words += [option] if name == "visa" else [option, shlex.quote(text)]
    return " ".join(words)


def as_query(filters: Filters) -> str:
    """``remote=remote-first&stack=PyTorch``: the same filters give the same text; empty for all open jobs."""
    return urlencode(list(_given(filters)))


def _given(filters: Filters) -> Iterator[tuple[str, str]]:
    for item in fields(Filters):
        value = getattr(filters, item.name)
        if value != item.default:
            for one in value if isinstance(value, tuple) else (value,):
                yield item.name, _text(one)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return str(value)
