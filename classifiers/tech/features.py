"""What stands around a weak form: the features that the context model weighs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from classifiers.reading import Passage
from classifiers.tech.candidates import Candidate
from classifiers.tech.cues import cues
from classifiers.tech.lexicon import Strength
from classifiers.tech.zones import Zone, Zones
from pipeline.vocabulary import TechCategory

_BEFORE_CHARACTERS = 60
_NEAR_CHARACTERS = 90
_SUITE_CHARACTERS = 40
_NEAR_ITEMS = 5
_LINKS = frozenset({"for", "and", "or", "in", "on", "with", "to", "is", "as", "at", "by", "using", "you", "we", "experience"})
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
    r"(?:(?:and/or|and|or|e\.g\.|i\.e\.|incl\.|including|with|like|und|oder|et|ou|y|o|e|en|i|lub|vs\.?)\b)?[\s,;/&+|•()\[\]\"'*:-]*"
)

NAMES: Final = (
    "brand",  # no ordinary word, so little else is needed
    "beside_accepted",  # "Python, Go"
    "beside_weak",  # "Rust and Go", both not yet certain
    "beside_concept",  # "NLP, Spark"
    "beside_same_whole",  # "AKS, Key Vault": parts of one cloud
    "beside_other_whole",
    "letter_beside_other",  # "ServiceNow (C": a single letter is known by other languages
    "near",  # 0, 0.5 or 1 for none, one, or more technologies close by
    "direct_cue",  # "experience with Dart"
    "cue_before",  # "such as", "tools", "using" in the sentence before it
    "cue_after",  # "Spark jobs", "React components"
    "office_suite",  # "Microsoft Office, including Excel"
    "zone_asks",  # title, requirements, wishes, stack
    "zone_of_company",  # about us, benefits, law, hiring process
    "opens_sentence",  # the capital says nothing there
    "part_of_name",  # "Spring Valley"
    "small_letters",  # an ordinary word as far as its letters tell
    "small_letters_brand",
)
"""Every feature, in the order of the model's weights."""


def features(passage: Passage, found: Sequence[Candidate], index: int, accepted: set[int], zones: Zones) -> Mapping[str, float]:
    """The features of a weak form that hold, with how often; ``accepted`` are the candidates already taken for technologies."""
    listed = _from_list(passage, found, index, accepted)
    held = Counter(
        (*listed, *_from_words(passage, found[index], is_listed=bool(listed)), *_from_zone(passage, found[index], zones))
    )
    return {**held, "near": _near(found, index, accepted)}


def _from_list(passage: Passage, found: Sequence[Candidate], index: int, accepted: set[int]) -> tuple[str, ...]:
    """Features of the items beside a form in a list."""
    text, at = passage.folded.text, found[index]
    neighbours = [j for j in (index - 1, index + 1) if 0 <= j < len(found) and _is_listed_with(text, found, index, j)]
    features = [
        _backing(at, found[j]) if j in accepted else "beside_weak" for j in neighbours if j in accepted or found[j].is_cased
    ]
    if not at.is_cased and not any(j in accepted and _is_lower(passage, found[j]) for j in neighbours):
        features.append("small_letters_brand" if at.strength is Strength.BRAND else "small_letters")
    return tuple(features)


def _backing(at: Candidate, neighbour: Candidate) -> str:
    """What an accepted neighbour says for a weak form beside it in a list."""
    if at.entry is None or neighbour.entry is None:
        return "beside_concept"
    whole = at.entry.parent
    if whole is not None and at.strength is Strength.WEAK:  # "Key Vault" is known by other parts of the same cloud
        is_part = at.is_cased and whole in {neighbour.name, neighbour.entry.parent}
        return "beside_same_whole" if is_part else "beside_other_whole"
    if at.end - at.start == 1 and neighbour.entry.category not in _BESIDE_LETTERS:
        return "letter_beside_other"
    return "beside_accepted"


def _from_words(passage: Passage, at: Candidate, *, is_listed: bool) -> Iterator[str]:
    """Features of the words around a form."""
    text = passage.folded.text
    before = text[max(0, at.start - _BEFORE_CHARACTERS) : at.start]
    if at.strength is Strength.BRAND:
        yield "brand"
    if at.is_cased and cues().direct_before.search(before):
        yield "direct_cue"
    elif cues().backed_before.search(before):
        yield "cue_before"
    if cues().suite.search(before) or cues().suite.search(text[at.end : at.end + _SUITE_CHARACTERS]):
        yield "office_suite"
    if cues().backed_after.match(text, at.end):
        yield "cue_after"
    if _opens_sentence(before) and not is_listed:
        yield "opens_sentence"
    if _is_part_of_name(passage, at):
        yield "part_of_name"


def _from_zone(passage: Passage, at: Candidate, zones: Zones) -> Iterator[str]:
    """Features of the part of the posting that a form stands in."""
    zone = zones.at(at.start)
    if passage.field == "title" or zone in {Zone.REQUIRED, Zone.PREFERRED, Zone.STACK}:
        yield "zone_asks"
    if zone in {Zone.BENEFITS, Zone.LEGAL, Zone.ABOUT, Zone.PROCESS}:
        yield "zone_of_company"


def _is_listed_with(text: str, found: Sequence[Candidate], one: int, other: int) -> bool:
    first, second = sorted((found[one], found[other]), key=lambda c: c.start)
    gap = text[first.end : second.start]
    return bool(gap) and len(gap) <= 24 and _BETWEEN.fullmatch(gap) is not None


def _near(found: Sequence[Candidate], index: int, accepted: set[int]) -> float:
    """How many accepted technologies stand close by: 0, 0.5 for one, 1 for two and more."""
    at = found[index]
    near = {
        found[j].name
        for j in range(max(0, index - _NEAR_ITEMS), min(len(found), index + _NEAR_ITEMS + 1))
        if j in accepted
        and not found[j].is_concept
        and found[j].name != at.name
        and abs(found[j].start - at.start) <= _NEAR_CHARACTERS
    }
    return min(1.0, len(near) / 2)


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
    if after is None or after.group(1).lower() in _LINKS:  # "We Use React For Rich Experiences"
        return False
    return not cues().backed_after.match(passage.folded.text, at.end)
