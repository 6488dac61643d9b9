"""Filtered lists as files: rows stream through, and rows whose source forbids the target are left out and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import UsageError, did_you_mean
from pipeline.terms import forbids, targets


@dataclass
class Exported:
    """What an export wrote."""

    rows: int = 0
    forbidden: dict[str, int] = field(default_factory=dict)
    """Rows left out, by platform whose terms forbid exports."""


def allowed(rows: Iterable[dict[str, Any]], told: Exported, target: str = "export") -> Iterator[dict[str, Any]]:
    """The rows that may go to a target, as they come; both kinds are counted.

    Raises:
        UsageError: a target that no terms speak of.
    """
    if target not in targets():
        hint = did_you_mean(target, targets()) or f"; choose from {', '.join(targets())}"
        raise UsageError(f"--to: '{target}' is no target that any terms speak of{hint}")
    return _counted(rows, told, target)


def _counted(rows: Iterable[dict[str, Any]], told: Exported, target: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        if forbids(row["platform"], target):
            told.forbidden[row["platform"]] = told.forbidden.get(row["platform"], 0) + 1
        else:
            told.rows += 1
            yield row
