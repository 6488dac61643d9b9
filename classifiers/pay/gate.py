"""The gate: the few stretches of a text that can hold pay, so that the grammar reads nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from re import Pattern

from classifiers.matching import Hit
from classifiers.pay.lexicon import Lexicon

_BEFORE = 320
_AFTER = 150
_CUE_BEFORE = 90
"""A figure without a currency must stand so near behind a word for pay."""
_MOST_ANCHORS = 400
_NUMBER = re.compile(r"\d[\d.,']*")
_SPACED_THOUSANDS = re.compile(r"(?: \d{3})+(?!\d)")
_LEAST_BARE_DIGITS = 4


@cache
def _marks(lexicon_id: int, signs: str, words: tuple[str, ...]) -> tuple[Pattern[str], Pattern[str]]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    before = re.compile(rf"(?:[{re.escape(signs)}]|(?<![^\W\d_])(?:{alternatives})\.?) ?$")
    after = re.compile(rf"[.,]?\+? ?(?:k|m|mio|tys|tsd|tys\.|lakhs?|lacs?|l|mil)?\.? ?(?:[{re.escape(signs)}]|(?:{alternatives})(?![^\W\d_]))")
    return before, after


class Gate:
    """Finds money in a folded text: numbers beside a sign or code, and large bare numbers behind a word for pay."""

    def __init__(self, lexicon: Lexicon) -> None:
        signs: set[str] = set()
        words: set[str] = set()
        for first, rows in lexicon.phrases.items():
            for rest, meaning in rows:
                if meaning.currencies:
                    (words if first[0].isalpha() and not rest else signs).add(first if first[0].isalpha() and not rest else (rest or (first,))[-1])
        self._signs = "".join(sorted(sign for sign in signs if len(sign) == 1 and not sign.isalnum() and sign not in ".,;/-'"))
        self._before, self._after = _marks(id(lexicon), self._signs, tuple(sorted(words)))
        self._multiplied = re.compile(r"[.,]?\d* ?(?:k(?![^\W\d_])|lpa|lakh|lac|l\.p\.a|l(?![^\W\d_])|cr(?![^\W\d_])|crore|tys|tsd)")

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
        if start and self._before.search(text, max(start - 9, 0), start):
            return True
        if self._after.match(text, end) or self._after.match(text, end - 1):
            return True
        if not _has_cue(start, cue_ends):
            return False
        digits = end - start
        return digits >= _LEAST_BARE_DIGITS or bool(self._multiplied.match(text, end)) or bool(_SPACED_THOUSANDS.match(text, end))


def _has_cue(start: int, ends: Sequence[int]) -> bool:
    at = bisect_left(ends, start + 1)
    return at > 0 and start - ends[at - 1] <= _CUE_BEFORE


def _word_edge(text: str, at: int) -> int:
    """The next place from here on where no word or number is cut."""
    while 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at
