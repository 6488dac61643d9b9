"""The end of a night as one value, from the board results and the store's own counts."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import orjson

from flows.sources import Night
from pipeline.config import SourceConfig
from pipeline.crawling import BoardResult
from pipeline.runs import RunSummary, SourceRow
from storage.queries.counts import open_counts
from storage.store import Store


def source_name(result: BoardResult) -> str:
    """What a person calls the source: ``greenhouse:acme``, ``hn``."""
    return SourceConfig(result.platform, result.board).source_id


def unstored_row(result: BoardResult) -> SourceRow:
    """The line of a board for which nothing was stored: it failed, was put off, or was not reached."""
    return SourceRow(
        source_id=source_name(result),
        platform=result.platform,
        board=result.board,
        status=result.status,
        fetched=result.postings,
        new=0,
        changed=0,
        closed=0,
        reopened=0,
        unreadable=0,
        not_modified=False,
        failure=result.failure,
        note="; ".join(note for note in (result.reason, *result.notes) if note),
        requests=result.requests,
        seconds=result.seconds,
    )


def summarise(
    run_id: str,
    night: Night,
    rows: Sequence[SourceRow],
    store: Store,
    interrupted: bool,
    began: float,
    seconds_by_phase: Mapping[str, float],
) -> RunSummary:
    """The run's summary; ``began`` is a reading of the monotonic clock."""
    counts = open_counts(store)
    order = {(source.platform, source.board): place for place, source in enumerate(night.sources)}
    return RunSummary(
        run_id=run_id,
        night=night.now.date(),
        started_at=night.now,
        sources=tuple(sorted(rows, key=lambda row: order[row.platform, row.board])),
        by_class=counts.by_class,
        not_stated=counts.not_stated,
        open_jobs=counts.jobs,
        open_postings=counts.postings,
        with_pay=counts.with_pay,
        duplicates_merged=counts.postings - counts.jobs,
        wrote=store.written(run_id),
        seconds=time.monotonic() - began,
        interrupted=interrupted,
        left_out=night.left_out,
        seconds_by_phase={name: round(seconds, 3) for name, seconds in seconds_by_phase.items()},
    )


def save_summary(summary: RunSummary, run_dir: Path) -> None:
    """Write ``summary.json`` aside and rename it, so that no reader meets half of one."""
    run_dir.mkdir(parents=True, exist_ok=True)
    aside = run_dir / "summary.json.part"
    aside.write_bytes(orjson.dumps(summary.to_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    aside.replace(run_dir / "summary.json")
