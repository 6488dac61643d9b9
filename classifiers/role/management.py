"""Whether the person hired manages people: the level says so, or the text names a team that reports to them."""

from __future__ import annotations

import re
from functools import cache

from classifiers.reading import Passage
from classifiers.role.rules import stated
from pipeline.labels import Evidence
from pipeline.vocabulary import Level

_MANAGING = frozenset({Level.MANAGER, Level.DIRECTOR})
_NEVER = frozenset({Level.INTERN, Level.JUNIOR})
_BEFORE_CHARACTERS = 30


def manages_people(description: Passage) -> Evidence | None:
    """The first words of the text that give the role a team of its own; "no direct reports" gives none."""
    text = description.folded.text
    for match in _people().finditer(text):
        if not _denied().search(text[max(0, match.start() - _BEFORE_CHARACTERS) : match.start()]):
            return description.evidence(match.start(), match.end(), "manages_people")
    return None


def management(level: Level, description: Passage) -> tuple[bool, Evidence | None]:
    """Whether the role manages people, and the words of the text where it is not the level that tells."""
    if level in _MANAGING:
        return True, None
    found = None if level in _NEVER else manages_people(description)
    return found is not None, found


@cache
def _people() -> re.Pattern[str]:
    phrases = sorted(stated()["people"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


@cache
def _denied() -> re.Pattern[str]:
    words = "|".join(map(re.escape, stated()["denied"]))
    return re.compile(rf"(?<!\w)(?:{words})\s(?:[^.;\n]{{0,15}}\s)?$")
