"""The summaries that nights leave in ``data/runs/<run id>/summary.json``, read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson

from pipeline.health import SourceHistory, histories, thresholds
from pipeline.runs import RunSummary, summary_from_json

_DATE_LENGTH = len("2026-01-05")


def newest_first(folder: Path, as_of: date | None = None) -> Iterator[dict[str, Any]]:
    """Every readable summary as plain values, up to a night; a run without one was killed and has nothing to show.

    They are read one by one, so that who needs the newest does not wait for years of others.
    """
    for path in sorted(folder.glob("*/summary.json"), key=lambda path: _order(path.parent.name), reverse=True):
        if as_of is not None and path.parent.name[:_DATE_LENGTH] > as_of.isoformat():
            continue
        try:
            yield orjson.loads(path.read_bytes())
        except orjson.JSONDecodeError:  # written aside and renamed, so only another program can have broken it
            continue


def up_to(folder: Path, run: RunSummary, days: int) -> tuple[RunSummary, ...]:
    """A run and those before it, oldest first, as far as their nights lie at most so many days before its own."""
    found = [run]
    for summary in newest_first(folder, run.night):
        if date.fromisoformat(summary["night"]) < run.night - timedelta(days=days):
            break
        if _order(summary["run_id"]) < _order(run.run_id):
            found.append(summary_from_json(summary))
    return tuple(reversed(found))


def histories_of(folder: Path, run: RunSummary, nights: int, sources: Iterable[str] | None = None) -> tuple[SourceHistory, ...]:
    """Sources over a run and the nights before it, those in trouble first; they reach further back than is shown.

    Args:
        folder: of the runs.
        run: the newest that counts.
        nights: how many are to be shown.
        sources: their ids; None takes those of the run's night.
    """
    return histories(up_to(folder, run, nights + thresholds().usual_days), sources)


def _order(run_id: str) -> tuple[str, int, str]:
    """By night and then by the run's number in it: ``2026-01-05-10`` comes after ``2026-01-05-9``."""
    number = run_id[_DATE_LENGTH:].removeprefix("-")
    return run_id[:_DATE_LENGTH], int(number) if number.isdigit() else 1, run_id
