"""The sources of a run, by name and by the night with which their trouble began."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import UsageError, did_you_mean
from pipeline.health import SourceHistory, thresholds
from pipeline.runs import RunSummary
from storage.summaries import histories_of


def named(source: str, found: Sequence[SourceHistory]) -> SourceHistory:
    """The source of that name.

    Raises:
        UsageError: the run has none of that name.
    """
    by_id = {one.source_id: one for one in found}
    if source not in by_id:
        hint = did_you_mean(source, by_id) or "; `rolecall runs show` names them"
        raise UsageError(f"source '{source}' is not part of that run{hint}")
    return by_id[source]


def troubled_since(folder: Path, run: RunSummary) -> dict[str, list[str]]:
    """Ids of the sources that are in trouble, by the run with which that began."""
    begun: dict[str, list[str]] = {}
    for one in histories_of(folder, run, thresholds().usual_days):
        if one.first_bad:
            begun.setdefault(one.first_bad.run_id, []).append(one.source_id)
    return begun
