"""The gate: the few stretches of a text that can hold pay, so that the grammar reads nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from classifiers.matching import Hit
from classifiers.pay.lexicon import Lexicon

_BEFORE = 320
_AFTER = 150
_CUE_BEFORE = 90
"""A figure without a currency must stand so near behind a word for pay (characters)."""
_MOST_ANCHORS = 400
_NUMBER = re.compile(r"\d[\d.,']*")
_SPACED_THOUSANDS = re.compile(r"(?: \d{3})+(?!\d)")
_LEAST_BARE_DIGITS = 4
_LONGEST_NAME = 12
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.? ?$")
_NO_SIGNS = frozenset(".,;/-'")
"""Marks that end some written currency ("kr.", "S/") and stand beside every other number too."""


class Gate:
    """Finds money in a folded text: numbers beside a sign or code, and large bare numbers behind a word for pay."""

    def __init__(self, lexicon: Lexicon) -> None:
        named = [(first, *rest) for first, rows in lexicon.phrases.items() for rest, meaning in rows if meaning.currencies]
        self._signs = frozenset({phrase[-1] for phrase in named if not phrase[-1].isalnum()} - _NO_SIGNS)
        self._names = frozenset(phrase[0] for phrase in named if phrase[0].isalpha())
        self._factors = frozenset(first for first, rows in lexicon.phrases.items() if rows[-1][1].factor)
        self._priced = frozenset(
            first for first, rows in lexicon.phrases.items() if rows[-1][1].implied_currency and len(first) > 1
        )
        signs = f"[{re.escape(''.join(sorted(self._signs)))}]"
        self._behind = re.compile(rf"[.,]?\+? ?([^\W\d_]+|{signs})?\.?\+? ?([^\W\d_]+|{signs})?")

    def windows(self, text: str, cues: Sequence[Hit]) -> list[tuple[int, int]]:
        """Stretches around every number that may be money, ascending, overlapping ones joined."""
        ends = [hit.end for hit in cues]
        found: list[tuple[int, int]] = []
        anchors = 0
        for match in _NUMBER.finditer(text):
            start, end = match.span()
            if not self._may_be_money(text, start, end, ends):
                continue
            anchors += 1
            if anchors > _MOST_ANCHORS:
                break
            low, high = max(start - _BEFORE, 0), min(end + _AFTER, len(text))
            if found and low <= found[-1][1]:
                found[-1] = (found[-1][0], high)
            else:
                found.append((low, high))
        return [(_word_edge(text, low), high) for low, high in found]

    def _may_be_money(self, text: str, start: int, end: int, cue_ends: Sequence[int]) -> bool:
        if start and self._has_sign_before(text, start):
            return True
        behind = self._behind.match(text, end)
        first, second = behind.groups() if behind is not None else (None, None)
        is_multiplied = first in self._factors
        if (
            first in self._signs
            or first in self._names
            or first in self._priced
            or (is_multiplied and (second in self._signs or second in self._names))
        ):
            return True
        if first is not None and first[0] == "k" and first[1:] in self._names:  # "55keur"
            return True
        if not _has_cue(start, cue_ends):
            return False
        return is_multiplied or end - start >= _LEAST_BARE_DIGITS or bool(_SPACED_THOUSANDS.match(text, end))

    def _has_sign_before(self, text: str, start: int) -> bool:
        at = start - 1
        if text[at] == " ":
            at -= 1
        if at < 0:
            return False
        if text[at] in self._signs:
            return True
        word = _WORD_BEFORE.search(text, max(start - _LONGEST_NAME, 0), start)
        return word is not None and word.group(1) in self._names


def _has_cue(start: int, ends: Sequence[int]) -> bool:
    at = bisect_left(ends, start + 1)
    return at > 0 and start - ends[at - 1] <= _CUE_BEFORE


def _word_edge(text: str, at: int) -> int:
    """The next place from here on where no word or number is cut."""
    while 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at
