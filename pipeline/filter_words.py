"""Filters written out again: as the options of a command, and as the query of an address."""

from __future__ import annotations

import shlex
from dataclasses import fields
from typing import Any
from urllib.parse import quote, urlencode

from pipeline.filters import Filters


def as_options(filters: Filters) -> str:
    """``--remote remote-first --stack PyTorch``: what differs from the defaults, as one would type it; empty for all open jobs."""
    words: list[str] = []
    for name, text in filter_pairs(filters):
        words += [f"--{name}"] if name == "visa" else [f"--{name}", shlex.quote(text)]
    return " ".join(words)


def as_query(filters: Filters) -> str:
    """``remote=remote-first&pay-min=150000``: the same filters give the same text; empty for all open jobs."""
    return urlencode(filter_pairs(filters), quote_via=quote, safe=",")


def filter_pairs(filters: Filters) -> list[tuple[str, str]]:
    """Names, as the command line has them, and values of what differs from the defaults, in one fixed order."""
    pairs = []
    for item in fields(Filters):
        value = getattr(filters, item.name)
        if value != item.default:
            name = item.name.replace("_", "-")
            pairs += [(name, _text(name, one)) for one in (value if isinstance(value, tuple) else (value,))]
    return pairs


def _text(name: str, value: Any) -> str:
    if name == "utc":
        return f"{value:+g}"
    if isinstance(value, bool):
        return "yes"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
