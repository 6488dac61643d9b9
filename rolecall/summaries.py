"""The summaries that nights leave in ``data/runs/<run id>/summary.json``, read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson

from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind

_DERIVED = ("new", "changed", "closed", "exit_code")


def newest_first(folder: Path, as_of: date | None = None) -> Iterator[dict[str, Any]]:
    """Every readable summary as plain values, up to a night; a run without one was killed and has nothing to show."""
    found = []
    for path in folder.glob("*/summary.json"):
        try:
            summary = orjson.loads(path.read_bytes())
        except orjson.JSONDecodeError:  # written aside and renamed, so only another program can have broken it
            continue
        if as_of is None or date.fromisoformat(summary["night"]) <= as_of:
            found.append(summary)
    yield from sorted(found, key=_order, reverse=True)


def _order(summary: Mapping[str, Any]) -> tuple[str, int, str]:
    """By night and then by the run's number in it: ``2026-01-05-10`` comes after ``2026-01-05-9``."""
    number = summary["run_id"].removeprefix(summary["night"]).removeprefix("-")
    return summary["night"], int(number) if number.isdigit() else 1, summary["run_id"]


def from_json(summary: Mapping[str, Any]) -> RunSummary:
    """The summary as the value that the night ended with."""
    values = {name: value for name, value in summary.items() if name not in _DERIVED}
    return RunSummary(
        **{
            **values,
            "night": date.fromisoformat(values["night"]),
            "started_at": datetime.fromisoformat(values["started_at"]),
            "sources": tuple(_source_row(row) for row in values["sources"]),
            "wrote": tuple(values["wrote"]),
            "left_out": tuple((name, reason) for name, reason in values["left_out"]),
        }
    )


def _source_row(row: Mapping[str, Any]) -> SourceRow:
    failure = row["failure"]
    return SourceRow(**{**row, "status": BoardStatus(row["status"]), "failure": FailureKind(failure) if failure else None})
