"""One pass over a folded text that finds the terms of every lexicon at once.

Terms go through one Aho-Corasick automaton. Short words (R, Go, k8s) would match inside every other word there, so the short words
of the text are looked up instead: an alternation of 300 of them in one regular expression costs 40 times as much.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_SHORT: Final = 3
_SHORT_WORD: Final = re.compile(rf"\b\w{{1,{_SHORT}}}\b")


@dataclass(frozen=True, slots=True)
class Term:
    """A folded string that a lexicon wants found, and what it means there."""

    lexicon: str
    pattern: str
    """Folded (``pipeline.folding.fold``), without leading or trailing blanks."""
    key: str
    """What the lexicon calls the thing: an anchor's name, a technology's canonical name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at ``[start, end)`` of the folded text."""

    term: Term
    start: int
    end: int


class Matcher:
    """Finds whole-word occurrences of many terms; overlapping hits are all reported, each lexicon chooses its own."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_pattern: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            by_pattern[term.pattern].append(term)
        self._short = {p: tuple(t) for p, t in by_pattern.items() if _SHORT_WORD.fullmatch(p)}
        self._long = sorted(by_pattern.keys() - self._short.keys())
        self._terms = [tuple(by_pattern[p]) for p in self._long]
        self._automaton = AhoCorasick(self._long, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)

    def find(self, text: str) -> Mapping[str, tuple[Hit, ...]]:
        """Hits a lexicon in a folded text, in order of their start, the longest first where several start at one place."""
        found: dict[str, list[Hit]] = defaultdict(list)
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if _stands_alone(text, start, end):
                for term in self._terms[index]:
                    found[term.lexicon].append(Hit(term, start, end))
        for match in _SHORT_WORD.finditer(text):
            for term in self._short.get(match.group(), ()):
                found[term.lexicon].append(Hit(term, match.start(), match.end()))
        return {name: tuple(sorted(hits, key=lambda h: (h.start, -h.end))) for name, hits in found.items()}


def _stands_alone(text: str, start: int, end: int) -> bool:
    """No letter or digit continues the term on either side; a term's own edge that is no word character needs none."""
    if start > 0 and _is_word(text[start]) and _is_word(text[start - 1]):
        return False
    return not (end < len(text) and _is_word(text[end - 1]) and _is_word(text[end]))


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def longest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Drop every hit that lies inside a longer one or overlaps an earlier one."""
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif hit.end - hit.start > kept[-1].end - kept[-1].start:
            kept[-1] = hit
    return tuple(kept)
