"""What the last nights say: how they ended, and whether one is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from pipeline.runs import RunSummary
from rolecall.checks.check import Check, Verdict
from rolecall.render.figures import plural
from rolecall.render.tables import first_named

_SHOWN = 3
_DAYS = 14


def nights_check(runs: Sequence[RunSummary]) -> Check:
    """How the last nights ended, the newest first."""
    if not runs:
        return Check("last nights", Verdict.WARN, "no run has left a summary; `rolecall nightly --practice` makes one")
    told = ", ".join(f"{run.run_id} ended with {run.exit_code}" for run in runs[:_SHOWN])
    if runs[0].exit_code == 0:
        return Check("last nights", Verdict.OK, told)
    return Check("last nights", Verdict.WARN, f"{told}; see `rolecall runs show {runs[0].run_id}`")


def missed_check(nights: Iterable[date], today: date) -> Check:
    """Whether there was a run each night of the last fourteen, as far as there were runs before; today's may still come."""
    held = set(nights)
    first = max(min(held), today - timedelta(days=_DAYS))
    due = [first + timedelta(days=day) for day in range((today - first).days)]
    missed = [night.isoformat() for night in due if night not in held]
    if missed:
        told = f"{plural(len(missed), 'night')} without a run: {first_named(missed[::-1], _SHOWN)}"
        return Check("nights missed", Verdict.WARN, f"{told}; see whether cron or the schedule still runs")
    return Check("nights missed", Verdict.OK, f"none since {first}")
