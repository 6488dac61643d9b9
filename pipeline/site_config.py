"""``[site]`` of ``rolecall.toml``: where the static site goes, and under which address it and the feeds are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pipeline.config_reader import Reader

_KEYS = {"build": bool, "address": str, "folder": str, "title": str}
_TITLE = "Rolecall"


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The site."""

    build: bool = False
    """Whether every night builds it."""
    address: str | None = None
    """Where it is read, without a slash at its end; its domain is part of the ids in feeds."""
    folder: str | None = None
    """Where it is built; None takes ``site`` in the data folder."""
    title: str = _TITLE


def read_site(reader: Reader, value: Any) -> SiteConfig:
    """The ``[site]`` table of a document.

    Raises:
        ConfigError: with file, line and remedy.
    """
    line = reader.block_line("site")
    block = reader.table(value, "site", line)
    reader.check(block, _KEYS, "site", line)
    address = block.get("address")
    if address is not None and not _is_usable(address):
        where = reader.line_of("address", line)
        raise reader.fail(where, f"address '{address}' must be a web address without ? and #, as in https://jobs.example.org")
    return SiteConfig(
        build=block.get("build", False),
        address=address.rstrip("/") if address else None,
        folder=block.get("folder") or None,
        title=block.get("title") or _TITLE,
    )


def _is_usable(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and not parts.username and re.fullmatch(r"https?://[^\s?#<>\"\\]+", address) is not None
    except ValueError:
        return False
