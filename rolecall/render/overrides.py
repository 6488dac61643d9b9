"""Labels that people set: as a list, and where a job's page explains its class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rolecall.render.figures import class_in_words
from rolecall.render.tables import Column, table

if TYPE_CHECKING:
    from storage.queries.set_labels import SetLabel

_LIST = (
    Column("id"),
    Column("title", weight=4, least=8),
    Column("set to", weight=8, least=8),
    Column("read as", weight=8, least=8),
    Column("on"),
    Column("why", weight=3, least=8),
)
_ID_CELLS = 8


def set_labels_table(found: Sequence[SetLabel], width: int) -> str:
    """One line a job."""
    rows = [
        [
            one.job_id[:_ID_CELLS],
            one.title + ("" if one.state == "open" else f" ({one.state})"),
            class_in_words(one.remote_class, one.arrangement),
            one.classifiers_say,
            f"{one.made_at:%Y-%m-%d}",
            "; ".join(filter(None, [one.note, one.quote and f'"{one.quote}"'])),
        ]
        for one in found
    ]
    return table(_LIST, rows, width)


def set_by_person_text(word: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """Who decided, when and why, in a line: ``set by a person on 2026-11-22: they said so on the phone``."""
    note = f": {word['note']}" if word["note"] else ""
    lost = ""
    if word["quote"] and labels["evidence"][0]["start"] is None:
        lost = f'; it rested on "{word["quote"]}", which this posting does not say'
    return f"set by a person on {word['made_at'][:10]}{note}{lost}"
