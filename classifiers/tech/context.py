"""What stands around a weak form, and whether that makes it a technology."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifiers.reading import Passage
from classifiers.tech.candidates import Candidate
from classifiers.tech.cues import cues
from classifiers.tech.lexicon import Strength, entries
from classifiers.tech.zones import Zone, Zones
from pipeline.vocabulary import TechCategory

_ENOUGH = 2.0
_BRAND_BONUS = 1.25
_NEAR_CHARACTERS = 90
_SUITE_CHARACTERS = 40
_ROUNDS = 3
# a single letter is a language beside these
_BESIDE_LETTERS = frozenset(
    {
        TechCategory.LANGUAGE,
        TechCategory.ML,
        TechCategory.BI,
        TechCategory.DATABASE,
        TechCategory.DATA_PLATFORM,
        TechCategory.LIBRARY,
    }
)
# what may stand between two items of a list: "Python 3, Go and/or (C)"
_BETWEEN = re.compile(
    r"[\s,;/&+|•()\[\]\"'*-]*(?:\d[\d.x]*\+?)?[\s,;/&+|•()\[\]\"'*-]*"
    r"(?:(?:and/or|and|or|e\.g\.|i\.e\.|incl\.|including|with|like|und|oder|et|ou|y|o|e|of|en|i|lub|vs\.?)\b)?[\s,;/&+|•()\[\]\"'*:-]*"
)


def settle(passage: Passage, found: Sequence[Candidate], zones: Zones) -> tuple[Candidate, ...]:
    """The candidates that are technologies or concepts: strong ones, and weak ones that their surroundings back.

    A weak form that was accepted backs its neighbours in the next round ("R, Go, C").
    """
    accepted = {i for i, c in enumerate(found) if c.strength in {Strength.STRONG, Strength.EXACT}}
    for _ in range(_ROUNDS):
        more = {i for i in range(len(found)) if i not in accepted and score(passage, found, i, accepted, zones) >= _ENOUGH}
        if not more:
            break
        accepted |= more
    return tuple(found[i] for i in sorted(accepted))


def score(passage: Passage, found: Sequence[Candidate], index: int, accepted: set[int], zones: Zones) -> float:
    """How much speaks for a weak form; ``_ENOUGH`` accepts it."""
    text, at = passage.folded.text, found[index]
    points = _BRAND_BONUS if at.strength is Strength.BRAND else 0.0
    neighbours = [j for j in (index - 1, index + 1) if 0 <= j < len(found) and _is_listed_with(text, found, index, j)]
    for j in neighbours:
        if j in accepted:
            points += _backing(at, found[j])
        elif found[j].is_cased:
            points += 1.0
    if not at.is_cased and not any(j in accepted and _is_lower(passage, found[j]) for j in neighbours):
        points -= 1.0 if at.strength is Strength.BRAND else 2.0
    points += _near(found, index, accepted)
    before = text[max(0, at.start - 60) : at.start]
    if at.is_cased and cues().direct_before.search(before):
        points += 2.0
    elif cues().backed_before.search(before):
        points += 1.0
    if cues().suite.search(before) or cues().suite.search(text[at.end : at.end + _SUITE_CHARACTERS]):
        points += 1.0
    if cues().backed_after.match(text, at.end):
        points += 1.0
    zone = zones.at(at.start)
    if passage.field == "title" or zone in {Zone.REQUIRED, Zone.PREFERRED, Zone.STACK}:
        points += 0.75
    if zone in {Zone.BENEFITS, Zone.LEGAL, Zone.ABOUT, Zone.PROCESS}:
        points -= 1.0
    if _opens_sentence(before) and not neighbours:
        points -= 1.0
    if _is_part_of_name(passage, at):
        points -= 1.5
    return points


def _backing(at: Candidate, neighbour: Candidate) -> float:
    """How much an accepted neighbour says for a weak form beside it in a list."""
    if neighbour.is_concept:
        return 1.0
    whole = entries()[at.name].parent
    if whole is not None and at.strength is Strength.WEAK:  # "IAM", "Key Vault" beside parts of the same cloud
        return 2.0 if whole in {neighbour.name, entries()[neighbour.name].parent} else 0.5
    if at.end - at.start == 1 and entries()[neighbour.name].category not in _BESIDE_LETTERS:
        return 0.75
    return 2.0


def _is_listed_with(text: str, found: Sequence[Candidate], one: int, other: int) -> bool:
    first, second = sorted((found[one], found[other]), key=lambda c: c.start)
    gap = text[first.end : second.start]
    return bool(gap) and len(gap) <= 24 and _BETWEEN.fullmatch(gap) is not None


def _near(found: Sequence[Candidate], index: int, accepted: set[int]) -> float:
    at = found[index]
    near = {
        found[j].name
        for j in range(max(0, index - 5), min(len(found), index + 6))
        if j in accepted
        and not found[j].is_concept
        and found[j].name != at.name
        and abs(found[j].start - at.start) <= _NEAR_CHARACTERS
    }
    return min(1.0, 0.5 * len(near))


def _is_lower(passage: Passage, candidate: Candidate) -> bool:
    """Written in small letters: in such a list a weak name's capitals cannot be asked for."""
    first, last = passage.folded.span(candidate.start, candidate.end)
    return passage.text[first:last].islower()


def _opens_sentence(before: str) -> bool:
    stripped = before.rstrip(" -•*")
    return not stripped or stripped[-1] in ".!?\n:"


def _is_part_of_name(passage: Passage, at: Candidate) -> bool:
    """A capitalised word follows or precedes without a comma: "Spring Valley", "Mr Nomad"."""
    _, last = passage.folded.span(at.start, at.end)
    after = re.match(r" ([A-Z][a-z]+)", passage.text[last : last + 20])
    return after is not None and not cues().backed_after.match(passage.folded.text, at.end)
