"""The charts of a night's page: what moved, what is open, what was read and how long it took, over the last nights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from pipeline.runs import RunSummary
from pipeline.vocabulary import BoardStatus, RemoteClass
from rolecall.bar_charts import Chart, Series
from rolecall.render.figures import duration

_TONES = ("a", "b", "c", "d", "e", "f")


def charts_of(runs: Sequence[RunSummary], days: Sequence[date]) -> list[Chart]:
    """The charts of a page.

    Args:
        runs: oldest first.
        days: the nights of the axis; one without a run is an empty place, one with several has a place each.
    """
    slots = _slots(runs, days)
    names = [name for name, _ in slots]

    def over(value: Callable[[RunSummary], float]) -> list[float]:
        return [value(run) if run else 0 for _, run in slots]

    def of_status(status: BoardStatus) -> list[float]:
        return over(lambda run: sum(row.status is status for row in run.sources))

    phases = list(dict.fromkeys(phase for run in runs for phase in run.seconds_by_phase))
    by_class = [Series(name.value, tone, over(_class(name))) for name, tone in zip(RemoteClass, _TONES, strict=False)]
    return [
        Chart("open", "Open jobs by remote class", names, by_class),
        Chart(
            "moved", "Postings new, changed and closed", names,
            [
                Series("new", "a", over(lambda run: run.new)),
                Series("changed", "c", over(lambda run: run.changed)),
                Series("closed", "b", over(lambda run: run.closed), is_below=True),
            ],
        ),
        Chart("read", "Postings fetched", names, [Series("fetched", "a", over(_fetched))]),
        Chart(
            "failed", "Sources that failed or are partial", names,
            [Series("failed", "bad", of_status(BoardStatus.FAILED)), Series("partial", "b", of_status(BoardStatus.PARTIAL))],
        ),
        Chart(
            "took", "Seconds by phase, shards side by side", names,
            [Series(phase, _TONES[place % len(_TONES)], over(_phase(phase))) for place, phase in enumerate(phases)],
            lambda value: duration(value) if value else "0 s",
        ),
    ]  # fmt: skip


def _slots(runs: Sequence[RunSummary], days: Sequence[date]) -> list[tuple[str, RunSummary | None]]:
    """Name and run of each place; nights before the first run have none."""
    first = runs[0].night if runs else None
    slots: list[tuple[str, RunSummary | None]] = []
    for day in days:
        of_day = [run for run in runs if run.night == day]
        slots += [(run.run_id, run) for run in of_day]
        if not of_day and first is not None and day > first:
            slots.append((day.isoformat(), None))
    return slots


def _class(name: RemoteClass) -> Callable[[RunSummary], float]:
    return lambda run: run.by_class.get(name.value, 0)


def _phase(name: str) -> Callable[[RunSummary], float]:
    return lambda run: run.seconds_by_phase.get(name, 0.0)


def _fetched(run: RunSummary) -> float:
    return sum(row.fetched for row in run.sources)
