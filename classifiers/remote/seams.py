"""Anchors at seams: texts that lost their line breaks glue words together ("Location: RemoteDuration: 6 months")."""

from __future__ import annotations

import re

from classifiers.matching import Hit, Term
from classifiers.reading import Passage
from classifiers.remote.anchors import LEXICON, Anchor

_GLUED = re.compile(
    r"(?P<before>[a-z0-9])?(?P<words>(?:100 ?% |fully )?(?P<word>remote(?:ly)?|hybrid|on-?site|work from home))(?P<after>[a-z0-9])?"
)
_SEAM = re.compile(r"(?<=[a-z][a-z][a-z])[.!?)]?(?=[A-Z][a-z]|100%)|(?<=\d)(?=[A-Z][a-z]{2})")
_KINDS = {"remote": Anchor.MENTION, "remotely": Anchor.MENTION, "work from home": Anchor.MENTION, "hybrid": Anchor.PART}


def glued_hits(passage: Passage) -> tuple[Hit, ...]:
    """Hits that touch another word where the case changes from small to capital, or a digit meets a letter."""
    found: list[Hit] = []
    for match in _GLUED.finditer(passage.folded.text):
        if not (match["before"] or match["after"]):
            continue
        start, end = match.span("words")
        if _is_seam(passage, start) and _is_seam(passage, end):
            kind = Anchor.FULL if match["words"] != match["word"] else _KINDS.get(match["word"], Anchor.OFFICE)
            found.append(Hit(Term(LEXICON, match["words"], kind.value), start, end))
    return tuple(found)


def _is_seam(passage: Passage, offset: int) -> bool:
    """Whether a word ends at a folded offset: at a blank or a mark, or at a change from small letter or digit to capital."""
    text = passage.folded.text
    if offset == 0 or offset == len(text) or not (text[offset - 1].isalnum() and text[offset].isalnum()):
        return True
    left, right = passage.text[passage.folded.original(offset - 1)], passage.text[passage.folded.original(offset)]
    return (left.islower() and right.isupper()) or (left.isalpha() and right.isdigit()) or (left.isdigit() and right.isupper())


def within_seams(passage: Passage, first: int, last: int, hit: Hit) -> tuple[int, int]:
    """The part of a clause around a hit that no seam cuts off; folded offsets."""
    begin, end = passage.folded.span(first, last)
    low, high = passage.folded.span(hit.start, hit.end)
    raw = passage.text
    before = [match.end() for match in _SEAM.finditer(raw, begin, low + 1) if match.end() <= low]
    after = _SEAM.search(raw, high - 1, end)
    return (
        hit.start - (low - before[-1]) if before and hit.start - (low - before[-1]) > first else first,
        min(last, hit.end + after.start() - high) if after and after.start() >= high else last,
    )
