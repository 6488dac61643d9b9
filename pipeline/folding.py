"""Folding: a text made comparable, with a way back to the offsets of the text as given.

Folded text is lower case, has one blank where there were many, plain quotes, dashes and bullets, and no invisible characters;
line breaks stay, since they end a clause. Most characters fold to one character, so the way back is a short list of shifts.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f"
_BULLETS = "\u2022\u2023\u2043\u204c\u204d\u2219\u25a0-\u25ff\u2756\u27a2-\u27bf\u2b24\uf0b7\uf0a7\u00b7\u30fb"
_ONE_TO_ONE = {ord(c): "-" for c in _DASHES} | {
    0x2018: "'", 0x2019: "'", 0x201A: "'", 0x201B: "'", 0x02BC: "'", 0x0060: "'", 0x00B4: "'", 0x2032: "'",
    0x201C: '"', 0x201D: '"', 0x201E: '"', 0x201F: '"', 0x00AB: '"', 0x00BB: '"', 0x2033: '"',
}  # fmt: skip
_ONE_TO_ONE |= {
    code: "•" for part in re.findall(r"(.)(?:-(.))?", _BULLETS) for code in range(ord(part[0]), ord(part[1] or part[0]) + 1)
}
_BREAK = re.compile(rf"[\s{_BLANKS}{_INVISIBLE}]*[\n\r\x0b\x0c\x85\u2028\u2029][\s{_BLANKS}{_INVISIBLE}]*")
_SIGNS = re.compile(r"[^a-z0-9+#]")
_TECHNOLOGIES = 8_192
"""Names whose folded form is kept: lists fold the same few thousand for every job."""
_UNEVEN = re.compile(
    rf"[ \t{_BLANKS}{_INVISIBLE}]*[\n\r\x0b\x0c\x85\u2028\u2029][\s{_BLANKS}{_INVISIBLE}]*"  # a line break and the blanks around it
    rf"|(?:[ \t{_BLANKS}][{_INVISIBLE}]*){{2,}}"  # a run of blanks
    rf"|[\t{_BLANKS}]"  # one odd blank
    rf"|[{_INVISIBLE}]+"  # soft hyphens, joiners, direction marks
    r"|[\u0130\u1e9e\ufb00-\ufb06\uff01-\uff5e\u2024-\u2026\u00b2\u00b3\u00b9\u2122]"  # change length when folded, or need NFKC
    r"|.[\u0300-\u036f]+"  # a letter with combining accents
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back."""

    text: str
    _starts: tuple[int, ...]
    """Folded offsets from which on a shift holds, ascending."""
    _shifts: tuple[int, ...]
    """``original - folded`` from the start of the same index on."""

    def original(self, offset: int) -> int:
        """Offset in the text as given of the character at ``offset`` in the folded text."""
        at = bisect_right(self._starts, offset) - 1
        return offset + self._shifts[at] if at >= 0 else offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as given that folded to ``[start, end)``."""
        if end <= start:
            at = self.original(start)
            return at, at
        return self.original(start), self.original(end - 1) + 1


def _folded_piece(piece: str) -> str:
    if _BREAK.fullmatch(piece):
        return "\n"
    visible = re.sub(f"[{_INVISIBLE}]", "", piece)
    if not visible:
        return ""
    if re.fullmatch(rf"[ \t{_BLANKS}]+", visible):
        return " "
    return unicodedata.normalize("NFKC", visible).lower().translate(_ONE_TO_ONE)


def fold(text: str) -> Folded:
    """Fold a text for matching and keep the way back to its offsets."""
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    done = length = 0
    for match in _UNEVEN.finditer(text):
        start, end = match.span()
        if done < start:
            parts.append(_even(text[done:start]))
            length += start - done
        piece = _folded_piece(match.group())
        parts.append(piece)
        length += len(piece)
        done = end
        shift = end - length
        if not shifts or shifts[-1] != shift:
            starts.append(length)
            shifts.append(shift)
    parts.append(_even(text[done:]))
    return Folded("".join(parts), tuple(starts), tuple(shifts))


def _even(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose small form is longer: fold letter by letter and leave those as they are
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered if lowered.isascii() and "`" not in lowered else lowered.translate(_ONE_TO_ONE)


def fold_name(text: str) -> str:
    """Fold a short name (a company, a place, a lexicon term) for comparison: folded, trimmed, without accents."""
    plain = unicodedata.normalize("NFKD", fold(text).text.strip())
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=_TECHNOLOGIES)
def fold_technology(name: str) -> str:
    """Fold a technology's name for comparison: signs and blanks do not count, apart from those of ``C++`` and ``C#``."""
    return _SIGNS.sub("", fold_name(name))
