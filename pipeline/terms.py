"""What each platform is and what its terms ask: ``data/platforms.toml`` as frozen records.

Crawler, exports, feeds and site all read the terms from here, so that none of them can forget one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import UsageError, did_you_mean
from pipeline.vocabulary import ListingKind


@dataclass(frozen=True, slots=True)
class Credit:
    """How the source wants to be named."""

    name: str
    link: str
    """``posting``: the credit links to the posting's address at the source."""
    follow: bool = True
    """The link must not be marked nofollow."""
    logo: bool = True
    """Whether the source's logo may be shown."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One row of the terms file."""

    name: str
    title: str
    listing: ListingKind
    terms: str
    """What the platform asks, in one or two sentences."""
    source: str
    """Where that is written."""
    feed: bool = False
    """The platform is one feed: a source needs no board."""
    host: str | None = None
    """The API host; None where it is the board's own."""
    delay_seconds: float = 1.0
    """The platform's own floor between two requests to its host."""
    least_interval_hours: float = 0.0
    page_size: int | None = None
    """Greatest number of postings that a request may ask for; None where nothing is said of it."""
    closes_after_days: int | None = None
    """Windows only: a posting absent for so long is taken as closed."""
    personal_fields: tuple[str, ...] = ()
    """Dotted paths into a payload that hold people's names or addresses; ``*`` is any key or index."""
    keys: tuple[str, ...] = ()
    """Names of the environment's values without which the platform does not answer."""
    not_to: tuple[str, ...] = ()
    """Targets that the terms forbid: ``feeds``, ``site``, ``export`` or a named aggregator."""
    credit: Credit | None = None
    off_because: str | None = None
    """Why the platform is off until a source says ``accept_terms = true``; None where it is on."""


@cache
def platforms() -> Mapping[str, Platform]:
    """Every platform by name, in the file's order."""
    rows = tomllib.loads(files("pipeline").joinpath("data/platforms.toml").read_text(encoding="utf-8"))
    return {name: _platform(name, row) for name, row in rows.items()}


def platform(name: str) -> Platform:
    """The platform of that name.

    Raises:
        UsageError: no such platform; the message offers the nearest name.
    """
    known = platforms()
    if name not in known:
        hint = did_you_mean(name, known) or f"; choose from {', '.join(known)}"
        raise UsageError(f"platform '{name}' is unknown{hint}")
    return known[name]


def targets() -> tuple[str, ...]:
    """Where postings may go: files, feeds and the site of ours, and whoever any terms name."""
    named = (target for terms in platforms().values() for target in terms.not_to)
    return tuple(dict.fromkeys(("export", "feeds", "site", *named)))


def forbids(name: str, target: str) -> bool:
    """Whether a platform's terms keep its postings from a target; who may be sent no file may be sent nothing."""
    return not {"export", target}.isdisjoint(platforms()[name].not_to)


def attribution(name: str, employer: str) -> str:
    """How a platform wants its postings to be credited; an employer's own board credits the employer."""
    terms = platforms()[name]
    return f"{employer} on {terms.title}" if terms.credit is None else f"Source: {terms.credit.name}"


def _platform(name: str, row: Mapping[str, Any]) -> Platform:
    credit = row.get("credit")
    values = {
        **row,
        "listing": ListingKind(row["listing"]),
        "credit": Credit(**credit) if credit else None,
        "personal_fields": tuple(row.get("personal_fields", ())),
        "not_to": tuple(row.get("not_to", ())),
        "keys": tuple(row.get("keys", ())),
    }
    return Platform(name=name, **values)
