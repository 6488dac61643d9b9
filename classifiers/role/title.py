"""The words that name the role: the title, or the first line of the text where the title names none.

Who-is-hiring posts often carry an address or the company in the title's place, and the role in the first line of the text.
"""

from __future__ import annotations

import re

from classifiers.reading import Passage, Reading
from classifiers.role.rules import family_phrases, words_of
from pipeline.folding import fold

_ADDRESS = re.compile(r"://|www\.|^\S+\.(?:com|io|ai|dev|org|co|net)$")
_LONGEST_LINE = 220


def role_title(reading: Reading) -> Passage:
    """The passage that names the role; offsets of a first line are those of the description."""
    title = reading.title
    if not _ADDRESS.search(title.text.strip()) and _names_role(title.text):
        return title
    line = reading.description.text.split("\n", 1)[0][:_LONGEST_LINE]
    if "|" in line and _names_role(line):
        return Passage(reading.description.field, line, fold(line), {})
    return title


def _names_role(text: str) -> bool:
    words = words_of(text)
    return any(phrase.phrase in words for phrase in family_phrases())
