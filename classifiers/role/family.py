"""The role family: the weightiest phrases of the title, or of the text's beginning where the title says nothing."""

from __future__ import annotations

import re
from collections import defaultdict

from classifiers.reading import Passage, Reading
from classifiers.role.rules import FamilyPhrase, family_order, family_phrases, role_nouns, words_of
from classifiers.role.title import role_title
from pipeline.labels import Evidence
from pipeline.vocabulary import RoleFamily

_DECIDES = 2
_SETTLES = 3
_OPENING_CHARACTERS = 1200
# "Data Engineering Manager – Finance": what follows is the place or the team
_HEAD_END = re.compile(r"\s[-–—|]\s|[,(:|]")


def family(reading: Reading) -> tuple[RoleFamily, Evidence | None]:
    """The family and the words that tell it; ``other`` where nothing does."""
    title = role_title(reading)
    head = _phrases_in(words_of(_HEAD_END.split(title.text, maxsplit=1)[0]))
    in_title = _phrases_in(words_of(title.text))
    for found, enough in ((head, _SETTLES), (in_title, _DECIDES)):
        best, weight = _best(found)
        if best is not None and weight >= enough:
            return best, _evidence(title, found, best)
    in_text = _phrases_in(words_of(reading.description.text[:_OPENING_CHARACTERS]))
    roles = [phrase for phrase in in_text if any(noun in phrase.phrase for noun in role_nouns()[0])]
    best, _ = _best([*in_title, *(roles or in_text)])
    if best is None:
        return RoleFamily.OTHER, None
    return best, _evidence(title, in_title, best) or _evidence(reading.description, in_text, best)


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
    telling = [phrase for phrase in found if phrase.weight >= _DECIDES] or found  # "manager" says nothing beside "analytics"
    for phrase in telling:
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
