"""Clauses: the sentence, bullet or line around an anchor. Many postings have lost their line breaks, so length is bounded too."""

from __future__ import annotations

import re

_MARK = re.compile(r"[\n•;|*.!?…]")
_ABBREVIATIONS = ("e.g", "i.e", "u.s", "u.k", "etc", "approx", "bzw", "ca")
_CLOSING = "\"')]"
_LONGEST_SIDE = 220
"""Characters that a clause may reach to either side of its anchor."""


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause of a folded text that holds ``[start, end)``, without blanks and bullet marks at its edges."""
    first = max(0, start - _LONGEST_SIDE)
    for match in _MARK.finditer(text, first, start):
        if _ends_clause(text, match.start()):
            first = match.end()
    last = _end_after(text, end)
    if text[end:last].rstrip() in (":", " :", "?"):
        last = _end_of_value(text, last)  # "Work remotely:" says what it says on the next line
    if first == start - _LONGEST_SIDE:
        first = text.find(" ", first, start) + 1 or start
    while first < start and not (text[first].isalnum() or text[first] in "(#\"'"):
        first += 1
    while last > end and text[last - 1] in " \n\t•|*;":
        last -= 1
    return first, last


def _end_after(text: str, end: int) -> int:
    """Offset after the mark that ends the clause, or the last blank within reach."""
    reach = min(len(text), end + _LONGEST_SIDE)
    for match in _MARK.finditer(text, end, reach):
        if _ends_clause(text, match.start()):
            return match.end()
    if reach == len(text):
        return reach
    cut = text.rfind(" ", end, reach)
    return cut if cut > 0 else end


def _end_of_value(text: str, after: int) -> int:
    """End of the first clause with letters from an offset on."""
    last = after
    while last < len(text):
        before, last = last, _end_after(text, last)
        if last <= before or any(c.isalnum() for c in text[before:last]):
            break
    return last


def _ends_clause(text: str, at: int) -> bool:
    mark = text[at]
    if mark in "\n•":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "|*":
        return before.isspace() and after.isspace()
    if after and not after.isspace() and after not in _CLOSING:
        return mark in ".!?" and text[at - 3 : at].isalpha() and text[at + 1 : at + 3].isalpha() and _is_word_start(text, at + 1)
    return mark != "." or not text.endswith(_ABBREVIATIONS, max(0, at - 6), at)


def _is_word_start(text: str, at: int) -> bool:
    """Whether a word and a blank follow ("world.we are"), as where a break was lost, rather than more of a name ("asp.net")."""
    end = at
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha()
