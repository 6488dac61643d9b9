"""What a board's commit moved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What a board's commit moved."""

    new: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    suspect: str | None = None
    """A sentence to say aloud."""
