"""Sources as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rolecall.render.figures import count
from rolecall.render.tables import Column, table

_LIST = (
    Column("source", weight=3, least=20),
    Column("company", weight=2),
    Column("listing"),
    Column("delay", is_number=True),
    Column("at most every", is_number=True),
    Column("last read"),
)
_CHECK = (
    Column("source", weight=2, least=20),
    Column("result"),
    Column("postings", is_number=True),
    Column("requests", is_number=True),
    Column("note", weight=3, least=16),
)


def sources_table(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """Each source with its pace and when it was last read."""
    lines = [
        [
            row["source_id"],
            row["company"] or "",
            row["listing"],
            f"{row['delay_seconds']:g} s",
            f"{row['least_interval_hours']:g} h" if row["least_interval_hours"] else "-",
            row["last_complete_at"][:16].replace("T", " ") if row["last_complete_at"] else "never",
        ]
        for row in rows
    ]
    return table(_LIST, lines, width)


def check_table(rows: Sequence[Mapping[str, Any]], width: int) -> str:
    """How each source answered."""
    lines = [
        [
            row["source_id"],
            "ok" if row["is_ok"] else row["status"].upper(),
            count(row["postings"]),
            count(row["requests"]),
            "; ".join(filter(None, [row["reason"], *row["notes"]])),
        ]
        for row in rows
    ]
    return table(_CHECK, lines, width)
