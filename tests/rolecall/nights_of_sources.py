"""Summaries of some nights: what a test says of a source, everything else as usual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import orjson

from pipeline.fill import FIELDS
from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind

FIRST = date(2026, 1, 5)
WHOLE = SourceRow(
    "lever:acme", "lever", "acme", BoardStatus.COMPLETE, 40, 3, 1, 2, 0, 0, False, None, "", 1, 1.0, dict.fromkeys(FIELDS, 40)
)
FEW = replace(WHOLE, fetched=12, fill=dict.fromkeys(FIELDS, 12))
NO_PLACE = replace(WHOLE, fill={**WHOLE.fill, "location": 1})
SAME = replace(WHOLE, fetched=0, new=0, changed=0, closed=0, not_modified=True, fill={})
FAILED = replace(
    SAME, not_modified=False, status=BoardStatus.FAILED, failure=FailureKind.HTTP_STATUS,
    note="https://api.lever.co/v0/postings/acme answered 503; look at the address in a browser, or try again tomorrow",
)  # fmt: skip
PARTIAL = replace(WHOLE, status=BoardStatus.PARTIAL, failure=FailureKind.BROKEN_BODY, note="page 2 is <script>alert(1)</script>")
PUT_OFF = replace(FAILED, status=BoardStatus.SKIPPED, failure=FailureKind.LEAST_INTERVAL, note="its terms allow it later")


def at(source_id: str, row: SourceRow) -> SourceRow:
    """The row as another source's."""
    platform, _, board = source_id.partition(":")
    return replace(row, source_id=source_id, platform=platform, board=board or platform)


def night(day: int, *rows: SourceRow, number: int = 1) -> RunSummary:
    """The run of a day counted from 0."""
    of = FIRST + timedelta(days=day)
    return RunSummary(
        run_id=of.isoformat() + (f"-{number}" if number > 1 else ""), night=of, started_at=datetime.combine(of, time(2), UTC),
        sources=rows, by_class={"remote-first": 10 + day, "remote-friendly": 20, "on-site": 30}, not_stated=5,
        open_jobs=60 + day, open_postings=70, with_pay=33, duplicates_merged=10 - day, wrote=("data/rolecall.db",), seconds=41.0,
        seconds_by_phase={"crawl": 20.0, "label": 12.0, "store": 0.0},
    )  # fmt: skip


def nights(source_id: str, rows: Sequence[SourceRow], others: Iterable[str] = ()) -> list[RunSummary]:
    """A run a day, in which one source gives the rows and the others are as usual."""
    return [night(day, at(source_id, row), *(at(other, WHOLE) for other in others)) for day, row in enumerate(rows)]


def save(folder: Path, runs: Iterable[RunSummary]) -> Path:
    """Write summaries as nights do; gives the folder of the runs."""
    for run in runs:
        path = folder / "runs" / run.run_id
        path.mkdir(parents=True)
        (path / "summary.json").write_bytes(orjson.dumps(run.to_json()))
    return folder / "runs"
