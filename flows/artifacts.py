"""A night as Prefect shows it: the report in Markdown and the source table, as artifacts of the flow's run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipeline.fill import FIELDS, share
from pipeline.health import SourceHistory
from pipeline.runs import RunSummary, SourceRow

REPORT_KEY = "nightly-report"
TABLE_KEY = "sources"
_MOST_TROUBLES = 50
"""Rows of the report's table; the source table holds all."""
_MARKS = re.compile(r"([\\`*_{}\[\]<>|#~&])")


def publish(summary: RunSummary, histories: Sequence[SourceHistory]) -> str | None:
    """Make the artifacts, inside a running flow; a sentence where that failed, since no night fails over its report.

    Args:
        summary: of the night.
        histories: its sources over the last nights, those in trouble first.
    """
    from prefect.artifacts import create_markdown_artifact, create_table_artifact
    from prefect.settings import PREFECT_CLIENT_MAX_RETRIES, temporary_settings

    try:
        with temporary_settings({PREFECT_CLIENT_MAX_RETRIES: 1}):  # its own five take over a minute for a server that is gone
            create_markdown_artifact(night_markdown(summary, histories), key=REPORT_KEY, description=summary.sentence)
            create_table_artifact(source_rows(summary), key=TABLE_KEY, description=f"Sources of run {summary.run_id}")
    except Exception as error:  # noqa: BLE001 - whatever Prefect's server answers: the night is stored
        return (
            f"Prefect's page lacks the report of this night ({type(error).__name__}); `rolecall runs show {summary.run_id}` has it"
        )
    return None


def night_markdown(summary: RunSummary, histories: Sequence[SourceHistory]) -> str:
    """The nightly report; what sources sent is escaped.

    Args:
        summary: of the night.
        histories: its sources over the last nights, those in trouble first.
    """
    jobs = {"open jobs": summary.open_jobs, **summary.by_class, "not stated": summary.not_stated, "with pay": summary.with_pay}
    parts = [f"# Night of {summary.night}", plain(summary.sentence)]
    if summary.interrupted:
        parts.append("The run was stopped before its end; what had been read is stored.")
    parts.append(_table(list(jobs), [[f"{figure:,}" for figure in jobs.values()]]))
    parts += ["## Sources in trouble", _troubles(histories)]
    if summary.seconds_by_phase:
        seconds = {**summary.seconds_by_phase, "in all": summary.seconds}
        parts += ["## Seconds", _table(list(seconds), [[f"{figure:,.1f}" for figure in seconds.values()]])]
    parts += ["## Files", "\n".join(f"- {plain(path)}" for path in summary.wrote) or "None."]
    return "\n\n".join(parts) + "\n"


def _troubles(histories: Sequence[SourceHistory]) -> str:
    rows = [(history, history.bad_row) for history in histories if history.first_bad]
    if not rows:
        return "None."
    shown = [
        [history.source_id, str(row[0].night), str(len(row)), history.trouble, row[-1].row.note]
        for history, row in rows[:_MOST_TROUBLES]
    ]
    more = f"\n\nAnd {len(rows) - len(shown):,} more." if len(rows) > len(shown) else ""
    return _table(["source", "first bad night", "bad nights", "what", "note"], shown) + more


def source_rows(summary: RunSummary) -> list[dict[str, Any]]:
    """The source table, a row a source; shares are per cent of the fetched postings, None where they were not counted."""
    return [_source_row(row) for row in summary.sources]


def _source_row(row: SourceRow) -> dict[str, Any]:
    shares = {field: share(row.fill, field, row.fetched) for field in FIELDS}
    return {
        "source": row.source_id,
        "status": "not modified" if row.not_modified else row.status.value,
        **{name: getattr(row, name) for name in ("fetched", "new", "changed", "closed", "reopened", "unreadable", "requests")},
        "seconds": round(row.seconds, 1),
        **{f"{field}_pct": None if part is None else round(part * 100) for field, part in shares.items()},
        "note": row.note,
    }


def plain(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cell if cell == '---' else plain(cell) for cell in line)} |" for line in lines)
