"""Filtered lists as files: rows stream through, and rows whose source forbids the target are left out and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.terms import platforms


@dataclass
class Exported:
    """What an export wrote."""

    rows: int = 0
    forbidden: dict[str, int] = field(default_factory=dict)
    """Rows left out, by platform whose terms forbid exports."""


def allowed(rows: Iterable[dict[str, Any]], told: Exported, target: str = "export") -> Iterator[dict[str, Any]]:
    """Pass on the rows that may go to a target, and count both kinds."""
    for row in rows:
        if target in platforms()[row["platform"]].not_to:
            told.forbidden[row["platform"]] = told.forbidden.get(row["platform"], 0) + 1
        else:
            told.rows += 1
            yield row
