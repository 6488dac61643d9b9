"""Which words of a description are marked, and why: evidence of the verdicts as ranges that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """What a marked passage decides; the first wins where two claim the same words."""

    REMOTE = "remote"
    PAY = "pay"
    PLACE = "place"
    STACK = "stack"


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of the description's text."""

    start: int
    """First code point."""
    end: int
    """Code point after the last."""
    tone: Tone
    number: int | None = None
    """Of the sentence under *why this label*; None where none stands there."""


def marks_of(labels: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Marks of a posting's verdicts (as ``pipeline.lines`` writes them), in the order of the text, none over another."""
    wanted = [
        *((item, Tone.REMOTE, number) for number, item in enumerate(labels["evidence"], 1)),
        *((item, Tone.REMOTE, None) for item in labels.get("signal_evidence") or ()),
        *((item, Tone.PAY, None) for item in labels["pay_bands"]),
        *((item, Tone.PAY, None) for item in labels.get("pay_policy_evidence") or ()),
        *((item, Tone.PLACE, None) for item in (labels.get("eligibility") or {}).get("evidence") or ()),
        *((item, Tone.STACK, None) for item in labels["tech_stack"]),
    ]
    taken: list[Mark] = []
    for item, tone, number in wanted:
        if item.get("field") != "description_text" or item.get("start") is None:
            continue
        mark = Mark(item["start"], item["end"], tone, number)
        if mark.start < mark.end and not any(one.start < mark.end and mark.start < one.end for one in taken):
            taken.append(mark)
    return tuple(sorted(taken, key=lambda mark: mark.start))


def cut_at(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The parts of marks that lie between two places, counted from the first."""
    return [
        Mark(max(mark.start, start) - start, min(mark.end, end) - start, mark.tone, mark.number if mark.start >= start else None)
        for mark in marks
        if mark.start < end and start < mark.end
    ]
