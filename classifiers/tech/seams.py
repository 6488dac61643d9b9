"""Names glued to the next line: "coding in PythonExperience with Go", where a collector lost the line breaks.

The matching pass sees one word there. The word after the seam tells it from a compound name (``JavaScript``): it must be one that
opens lines (``classifiers/data/tech/openers.txt``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from classifiers.matching import Hit, Term
from classifiers.reading import Passage
from classifiers.tech.lexicon import LEXICON, Lexicon, data_folder, pattern_of

_GLUED = re.compile(r"(?<=[A-Za-z0-9+#)])[A-Z][a-z]{2,}\b")
_LONGEST_NAME = 32
_WORD_START = re.compile(r"(?<![\w.+#])[\w.]")


@cache
def openers() -> frozenset[str]:
    """Words that open a line of a posting."""
    lines = (data_folder() / "openers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def glued_hits(passage: Passage, known: Lexicon) -> Iterator[Hit]:
    """Hits that the matching pass could not see, each ending at a seam; folded offsets."""
    raw = passage.text
    for match in _GLUED.finditer(raw):
        if match.group() in openers():
            seam = match.start()
            first = max(0, seam - _LONGEST_NAME)
            for start in _WORD_START.finditer(raw, first, seam):
                pattern = pattern_of(raw[start.start() : seam])
                if pattern in known.forms and (start.start() > first or first == 0):
                    yield Hit(
                        Term(LEXICON, pattern, known.forms[pattern].name),
                        _folded(passage, start.start()),
                        _folded(passage, seam - 1) + 1,
                    )
                    break


def _folded(passage: Passage, offset: int) -> int:
    """Offset in the folded text of a character of the text as given."""
    return bisect_left(range(len(passage.folded.text)), offset, key=passage.folded.original)
