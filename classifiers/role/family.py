"""The role family: the weightiest phrases of the title, or of the text's beginning where the title says nothing."""

from __future__ import annotations

import re
from collections import defaultdict

from classifiers.reading import Passage, Reading
from classifiers.role.rules import FamilyPhrase, family_order, family_phrases, words_of
from pipeline.labels import Evidence
from pipeline.vocabulary import RoleFamily

_DECIDES = 2
_OPENING_CHARACTERS = 1200


def family(reading: Reading) -> tuple[RoleFamily, Evidence | None]:
    """The family and the words that tell it; ``other`` where nothing does."""
    in_title = _phrases_in(words_of(reading.title.text))
    best, weight = _best(in_title)
    if best is not None and weight >= _DECIDES:
        return best, _evidence(reading.title, in_title, best)
    in_text = _phrases_in(words_of(reading.description.text[:_OPENING_CHARACTERS]))
    best, _ = _best([*in_title, *in_text])
    if best is None:
        return RoleFamily.OTHER, None
    return best, _evidence(reading.title, in_title, best) or _evidence(reading.description, in_text, best)


def _phrases_in(words: str) -> list[FamilyPhrase]:
    """The longest phrases of the words, each word read once."""
    found: list[FamilyPhrase] = []
    for phrase in family_phrases():
        if phrase.phrase in words:
            found.append(phrase)
            words = words.replace(phrase.phrase, " | ")
    return found


def _best(found: list[FamilyPhrase]) -> tuple[RoleFamily | None, int]:
    sums: dict[RoleFamily, int] = defaultdict(int)
    for phrase in found:
        sums[phrase.family] += phrase.weight
    if not sums:
        return None, 0
    best = max(sums, key=lambda family: (sums[family], -family_order().index(family)))
    return best, sums[best]


def _evidence(passage: Passage, found: list[FamilyPhrase], family: RoleFamily) -> Evidence | None:
    for phrase in sorted(found, key=lambda p: -p.weight):
        if phrase.family is family:
            pattern = re.escape(phrase.phrase.strip()).replace("\\ ", r"[\W_]+")
            match = re.search(rf"(?<!\w){pattern}(?!\w)", passage.folded.text)
            if match:
                return passage.evidence(match.start(), match.end(), "role_family")
    return None
