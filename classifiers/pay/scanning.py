"""The scanner: folded text cut into numbers, words, line breaks and single signs, before any of them means anything."""

from __future__ import annotations

import re
from typing import Final

SCAN: Final = re.compile(
    r"(?P<number>\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?"  # 60 000 and 60 000,50
    r"|\d{1,3}(?:,\d{3})+(?=40[13] ?\(?[kb])"  # 6,000401(k): the next line was glued on
    r"|\d{1,3}(?: ,\d{3})+(?!\d)"  # 88 ,000: a slip that boards make
    r"|\d+(?:[.,']\d+)*)"  # 60.000, 1,50,000, 110'000, 70.23
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<line>\n)"
    r"|(?P<sign>[^\s\w]|_)"
)
"""Each alternative begins with another class of character, so a text is scanned in one pass without a step back."""


def words_of(phrase: str) -> tuple[str, ...]:
    """A folded phrase as the tuple of its tokens' texts."""
    return tuple(match.group() for match in SCAN.finditer(phrase))
