"""Candidates: the hits of the matching pass that are written as a technology's name is written.

Case, web addresses and blocked phrases are settled here, before any question of meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from classifiers.matching import Hit, longest
from classifiers.reading import Passage
from classifiers.tech.lexicon import BLOCKED, CONCEPT, LEXICON, Entry, Lexicon, Strength
from classifiers.tech.seams import glued_hits

_DOMAIN = re.compile(r"\.(?:com|io|ai|co|org|dev|app|gov|edu)(?![\w])")
# R&D, S-Corp, C-level, D&A: a letter that is half of an abbreviation
_LETTER_PAIR_BEFORE = re.compile(r"(?:\w&|\w[-.'+])$")
_LETTER_PAIR_AFTER = re.compile(r"&\w|[-']\w|\.\w|:\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form found in a passage, written as its strength asks."""

    name: str
    """Canonical name; with ``concept:`` before it where it is no technology."""
    entry: Entry | None
    """Its row of the lexicon; None for a concept."""
    strength: Strength
    start: int
    """Folded offsets."""
    end: int
    is_cased: bool
    """Written with the capitals of one of its spellings; always true of strong forms."""

    @property
    def is_concept(self) -> bool:
        return self.name.startswith(CONCEPT)


def candidates(passage: Passage, known: Lexicon) -> tuple[Candidate, ...]:
    """The longest hits that may be technologies or concepts, in order."""
    checked: list[Hit] = []
    made: dict[tuple[int, int], Candidate] = {}
    for hit in _hits(passage, known):
        if hit.term.key.startswith(BLOCKED):
            checked.append(hit)
            continue
        candidate = _candidate(passage, hit, known)
        if candidate is not None:
            checked.append(hit)
            made[hit.start, hit.end] = candidate
    return tuple(made[h.start, h.end] for h in _without_blocked(longest(checked)))


def _hits(passage: Passage, known: Lexicon) -> tuple[Hit, ...]:
    found = passage.hits.get(LEXICON, ())
    glued = tuple(glued_hits(passage, known))
    return tuple(sorted((*found, *glued), key=lambda h: (h.start, -h.end))) if glued else found


def _without_blocked(hits: Iterable[Hit]) -> Iterable[Hit]:
    return (hit for hit in hits if not hit.term.key.startswith(BLOCKED))


def _candidate(passage: Passage, hit: Hit, known: Lexicon) -> Candidate | None:
    text = passage.folded.text
    form = known.forms.get(hit.term.pattern)
    if hit.start and not text[hit.start].isalnum() and text[hit.start - 1].isalnum():
        return None  # ".net" in "example.net"
    if _in_address(text, hit.start, hit.end):
        return None
    if form is None or hit.term.key.startswith(CONCEPT):
        return Candidate(hit.term.key, None, Strength.STRONG, hit.start, hit.end, True)
    entry = known.entries[form.name]
    if form.strength is Strength.STRONG:
        return Candidate(form.name, entry, form.strength, hit.start, hit.end, True)
    first, last = passage.folded.span(hit.start, hit.end)
    written = " ".join(passage.text[first:last].split())
    is_cased = written in form.spellings
    if form.strength is Strength.EXACT:
        return Candidate(form.name, entry, form.strength, hit.start, hit.end, True) if is_cased else None
    if len(written) == 1 and (not is_cased or _is_half_of_pair(text, hit.start, hit.end)):
        return None
    return Candidate(form.name, entry, form.strength, hit.start, hit.end, is_cased or (len(written) > 2 and written.isupper()))


def _is_half_of_pair(text: str, start: int, end: int) -> bool:
    if _LETTER_PAIR_AFTER.match(text, end):
        return True
    return _LETTER_PAIR_BEFORE.search(text[max(0, start - 2) : start]) is not None


def _in_address(text: str, start: int, end: int) -> bool:
    """Inside a web or mail address that the form does not name itself (``monday.com``)."""
    first = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    last = min((i for i in (text.find(" ", end), text.find("\n", end)) if i >= 0), default=len(text))
    word = text[first:last]
    if "://" in word or "www." in word or "@" in word:
        return True
    if "." not in word:
        return False
    domain = _DOMAIN.search(text, start, last)
    return domain is not None and domain.end() > end and " " not in text[end : domain.end()] and text[end : end + 1] in {".", "-"}
