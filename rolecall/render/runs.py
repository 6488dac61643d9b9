"""Runs as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rolecall.render.figures import count, duration
from rolecall.render.tables import Column, first_named, table, wrap

_COLUMNS = (
    Column("run"),
    Column("sources", is_number=True),
    Column("failed", is_number=True),
    Column("new", is_number=True),
    Column("changed", is_number=True),
    Column("closed", is_number=True),
    Column("open jobs", is_number=True),
    Column("took", is_number=True),
    Column("exit", is_number=True),
)


def runs_table(summaries: Sequence[Mapping[str, Any]], width: int) -> str:
    """Each run with what moved in it; marked are the first bad nights of sources that are in trouble."""
    lines = [
        [
            summary["run_id"] + (" *" if summary["first_bad_of"] else ""),
            count(len(summary["sources"])),
            count(sum(source["status"] in ("failed", "partial") for source in summary["sources"])),
            *(count(summary[name]) for name in ("new", "changed", "closed", "open_jobs")),
            duration(summary["seconds"]),
            str(summary["exit_code"]),
        ]
        for summary in summaries
    ]
    begun = [(summary["run_id"], first_named(summary["first_bad_of"], 3)) for summary in summaries if summary["first_bad_of"]]
    told = "".join("\n" + "\n    ".join(wrap(f"* {run} is the first bad night of {who}", width - 4)) for run, who in begun)
    return table(_COLUMNS, lines, width) + (f"{told}\n" if told else "")
