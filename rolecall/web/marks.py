"""Which words of a description are marked, and why: evidence of the verdicts as ranges that do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """What a marked passage decides; the first wins where two claim the same words."""

    REMOTE = "remote"
    PAY = "pay"
    PLACE = "place"
    SIGN = "sign"
    """A sign of remote work, which decides nothing."""
    STACK = "stack"


LEGEND: Mapping[Tone, str] = {
    Tone.REMOTE: "what decides the class",
    Tone.PAY: "pay",
    Tone.PLACE: "who may hold it",
    Tone.SIGN: "signs of remote work",
    Tone.STACK: "stack",
}
"""What the marks of a tone are called over the description."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of the description's text."""

    start: int
    """First code point."""
    end: int
    """Code point after the last."""
    tone: Tone
    number: int | None = None
    """Of the sentence under *why this label*, several parts of which can be marked; None where none stands there."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Every mark of a description."""

    marks: tuple[Mark, ...]
    """In the order of the text, none over another."""
    found_at: Mapping[int, int]
    """Where each sentence under *why this label* is marked: its own number, or that of the passage that it lies within."""


def marks_of(labels: Mapping[str, Any], text: str) -> Marked:
    """Marks of a posting's verdicts.

    Of words that two claim the first has them: a passage is marked where no earlier one is, in several parts if need be.

    Args:
        labels: as ``pipeline.lines`` writes them.
        text: the description that they count.
    """
    wanted = [
        *((item, Tone.REMOTE, number) for number, item in enumerate(labels["evidence"], 1)),
        *((item, Tone.PAY, None) for item in labels["pay_bands"]),
        *((item, Tone.PAY, None) for item in labels.get("pay_policy_evidence") or ()),
        *((item, Tone.PLACE, None) for item in (labels.get("eligibility") or {}).get("evidence") or ()),
        *((item, Tone.SIGN, None) for item in labels.get("signal_evidence") or ()),
        *((item, Tone.STACK, None) for item in labels["tech_stack"]),
    ]
    taken: list[Mark] = []
    found_at: dict[int, int] = {}
    for item, tone, number in wanted:
        if not _claims(item, text):
            continue
        parts = _outside(item["start"], item["end"], taken)
        free = [Mark(start, end, tone, number) for start, end in parts if _is_seen(text[start:end])]
        if number is not None:
            over = (one.number for one in taken if one.start < item["end"] and item["start"] < one.end)
            found_at[number] = number if free else next(place for place in over if place)
        taken = sorted([*taken, *free], key=lambda mark: mark.start)
    return Marked(tuple(taken), found_at)


def legend_of(marks: Iterable[Mark]) -> tuple[tuple[Tone, str], ...]:
    """The tones that marks have, in the order of ``Tone``, with what each is called."""
    found = {mark.tone for mark in marks}
    return tuple((tone, words) for tone, words in LEGEND.items() if tone in found)


def _claims(item: Mapping[str, Any], text: str) -> bool:
    """Whether an item lies in words of the description."""
    return item.get("field") == "description_text" and item.get("start") is not None and _is_seen(text[item["start"] : item["end"]])


def _is_seen(words: str) -> bool:
    return any(map(is_shown, words))


def _outside(start: int, end: int, taken: Iterable[Mark]) -> Iterator[tuple[int, int]]:
    """The parts of a passage that no mark covers; marks come in order."""
    for mark in taken:
        if mark.end > start and mark.start < end:
            if mark.start > start:
                yield start, mark.start
            start = mark.end
    if start < end:
        yield start, end


def is_shown(letter: str) -> bool:
    """Blanks, list dashes and invisible characters differ between markup and text, and nobody sees a mark on one."""
    return letter.isprintable() and not letter.isspace() and letter != "-"


def cut_at(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The parts of marks that lie between two places, counted from the first."""
    return [
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if max(mark.start, start) < min(mark.end, end)
    ]
