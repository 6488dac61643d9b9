"""Clauses: the sentence, bullet or line around an anchor. Many postings have lost their line breaks, so length is bounded too."""

from __future__ import annotations

import re
from bisect import bisect_right

_ABBREVIATION = r"(?<!\be\.g)(?<!\bi\.e)(?<!\bu\.s)(?<!\bu\.k)(?<!\betc)(?<!\bapprox)(?<!\bbzw)(?<!\bca)"
_END = re.compile(rf"\n|•|\s\|\s|\s\*\s|(?:{_ABBREVIATION}[.!?…]|;)[\"')\]]*(?=\s|$)|(?<=[a-z]{{3}})[.!?](?=[a-z]{{2,}} [a-z])")
_LONGEST_SIDE = 220
"""Characters that a clause may reach to either side of its anchor."""


class Clauses:
    """Where the clauses of one folded text begin."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _END.finditer(text))]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """The clause that holds ``[start, end)``, without blanks and bullet marks at its edges."""
        at = bisect_right(self._starts, start) - 1
        after = bisect_right(self._starts, end - 1)
        first = self._starts[at]
        last = self._starts[after] if after < len(self._starts) else len(self._text)
        if self._text[end:last].rstrip() in (":", " :", "?") and after + 1 < len(self._starts):
            last = self._end_of_value(after)  # "Work remotely:" says what it says on the next line
        if start - first > _LONGEST_SIDE:
            first = self._text.find(" ", start - _LONGEST_SIDE, start) + 1 or start
        if last - end > _LONGEST_SIDE:
            cut = self._text.rfind(" ", end, end + _LONGEST_SIDE)
            last = cut if cut > 0 else end
        while first < start and not (self._text[first].isalnum() or self._text[first] in "(#\"'"):
            first += 1
        while last > end and self._text[last - 1] in " \n\t•|*;":
            last -= 1
        return first, last

    def _end_of_value(self, label: int) -> int:
        """End of the first clause with letters after the one of index ``label - 1``."""
        for at in range(label, len(self._starts)):
            last = self._starts[at + 1] if at + 1 < len(self._starts) else len(self._text)
            if any(c.isalnum() for c in self._text[self._starts[at] : last]):
                return last
        return len(self._text)
