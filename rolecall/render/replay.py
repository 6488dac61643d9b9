"""What a replay changed, for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.reclassify import LabelChange, ReplaySummary
from rolecall.render.figures import count, plural
from rolecall.render.tables import Column, table

_COLUMNS = (
    Column("label"),
    Column("was", weight=2),
    Column("is", weight=2),
    Column("postings", is_number=True),
    Column("for example", weight=4, least=20),
)
_SHOWN = 40


def changes_table(changes: Sequence[LabelChange], width: int) -> str:
    """Each change of a label with how often and one example, the most frequent first."""
    lines = [
        [change.label, value(change.before), value(change.after), count(change.postings), _example(change)]
        for change in changes[:_SHOWN]
    ]
    shown = table(_COLUMNS, lines, width)
    left = len(changes) - _SHOWN
    return shown if left <= 0 else f"{shown}\n{plural(left, 'further change')}; --json gives all of them"


def closing_sentence(summary: ReplaySummary) -> str:
    """What was looked at and what moved."""
    verb = "would be" if summary.run_id is None else "were"
    told = f"{plural(summary.seen, 'posting')} read again, {count(summary.relabelled)} {verb} relabelled"
    only = summary.rewritten - summary.relabelled
    if only:
        told += f", {count(only)} more {verb} written again for their evidence or version"
    if summary.unreadable:
        told += f"; {plural(summary.unreadable, 'payload')} could not be read and keep their labels"
    if summary.without_payload:
        told += f"; {plural(summary.without_payload, 'posting')} without a stored payload keep their labels"
    if summary.goes_on:
        told += "; went on with an interrupted replay"
    if summary.interrupted:
        told += "; interrupted: the same command goes on"
    return told


def value(given: Any) -> str:
    """A label as words."""
    if given is None:
        return "-"
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, list | tuple):
        return ", ".join(value(one) for one in given) or "none"
    return str(given)


def _example(change: LabelChange) -> str:
    first = change.examples[0]
    at = f" at {first.company}" if first.company else ""
    quote = f': "{first.quote}"' if first.quote and change.label in ("remote_class", "arrangement") else ""
    return f"{first.posting_id[:8]} {first.title}{at}{quote}"
