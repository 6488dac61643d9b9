"""Anchors at seams: texts that lost their line breaks glue words together ("Location: RemoteDuration: 6 months")."""

from __future__ import annotations

import re

from classifiers.matching import Hit, Term
from classifiers.reading import Passage
from classifiers.remote.anchors import LEXICON, Anchor

_WORDS = {
    "remote": Anchor.MENTION,
    "remotely": Anchor.MENTION,
    "remote position": Anchor.FULL,
    "remote role": Anchor.FULL,
    "work from home": Anchor.MENTION,
    "hybrid": Anchor.PART,
    "onsite": Anchor.OFFICE,
    "on-site": Anchor.OFFICE,
}
_IN_FULL = ("100% ", "100 % ", "fully ")
_SEAM = re.compile(
    r"(?<=[a-z][a-z][a-z])[.!?)]?(?=[A-Z][a-z]|100%)|(?<=\d)(?=[A-Z][a-z]{2})"
    r"|(?<=[A-Za-z0-9])(?=(?:Location|Remote|Hybrid|Onsite|Duration|Salary|Schedule|Compensation)\b)"
)


def glued_hits(passage: Passage) -> tuple[Hit, ...]:
    """Hits that touch another word where the case changes from small to capital, or a digit meets a letter."""
    text = passage.folded.text
    found: list[Hit] = []
    for word, anchor in _WORDS.items():
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            first = next((start - len(full) for full in _IN_FULL if text.endswith(full, 0, start)), start)
            touches = text[first - 1 : first].isalnum() or text[end : end + 1].isalnum()
            if touches and _is_seam(passage, first) and _is_seam(passage, end):
                found.append(Hit(Term(LEXICON, text[first:end], (anchor if first == start else Anchor.FULL).value), first, end))
            start = text.find(word, end)
    return tuple(found)


def _is_seam(passage: Passage, offset: int) -> bool:
    """Whether a word ends at a folded offset: at a blank or a mark, or at a change from small letter or digit to capital."""
    text = passage.folded.text
    if offset == 0 or offset == len(text) or not (text[offset - 1].isalnum() and text[offset].isalnum()):
        return True
    left, right = passage.text[passage.folded.original(offset - 1)], passage.text[passage.folded.original(offset)]
    return (left.islower() and right.isupper()) or (left.isalpha() and right.isdigit()) or (left.isdigit() and right.isupper())


def _goes_on(passage: Passage, offset: int) -> bool:
    """Whether a letter or digit follows at once, as after an anchor at a seam."""
    text = passage.folded.text
    return offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()


def within_seams(passage: Passage, first: int, last: int, hit: Hit) -> tuple[int, int]:
    """The part of a clause around a hit that no seam cuts off; folded offsets."""
    begin, end = passage.folded.span(first, last)
    low, high = passage.folded.span(hit.start, hit.end)
    raw = passage.text
    if _goes_on(passage, hit.end):
        last = hit.end  # "RemoteGC": the anchor itself touches the next word
    before = [match.end() for match in _SEAM.finditer(raw, begin, low + 1) if match.end() <= low]
    after = _SEAM.search(raw, high - 1, end)
    return (
        hit.start - (low - before[-1]) if before and hit.start - (low - before[-1]) > first else first,
        min(last, hit.end + after.start() - high) if after and after.start() >= high else last,
    )
