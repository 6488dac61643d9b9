"""What a board's commit moved, and what reading its answer said besides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What a board's commit moved."""

    new: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    suspect: str | None = None
    """A sentence to say aloud."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of how an answer was read."""

    notes: tuple[str, ...] = ()
    """What was survived or left out, a sentence each."""
    unreadable: int = 0
    """Postings that no parser could read."""
    fill: Mapping[str, int] = field(default_factory=dict)
    """Postings of the answer that have a field, by field."""
    attempt: int = 1
    """Attempt of the shard that got the answer."""


NOTHING_SAID = Reading()
