"""The words of a window as named features of the window model: the anchor, its cues and the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+|[%$€£]")
_REACH = 12
"""Words to either side of the anchor."""
_BESIDE = 3
"""Words so near the anchor that their side counts."""
_LABEL_WORDS = 7


def wording_of(clause: str, start: int, end: int, anchor: str, meaning: str, cues: Iterable[str]) -> tuple[str, ...]:
    """Names of the features of an anchor at ``clause[start:end]``.

    Some stand there twice; every number is one word, the anchor is ``@``.
    """
    before = _words(clause[max(0, start - 120) : start])[-_REACH:]
    after = _words(clause[end : end + 120])[:_REACH]
    line = [*before, "@", *after]
    return (
        f"anchor={anchor}",
        f"words={clause[start:end]}",
        f"rule={meaning}",
        "short" if len(line) <= _LABEL_WORDS else "long",
        *(f"cue={name}" for name in cues),
        *(f"cue={name}&{anchor}" for name in cues),
        *line,
        *(f"{left} {right}" for left, right in pairwise(line)),
        *(f"<{word}" for word in before[-_BESIDE:]),
        *(f">{word}" for word in after[:_BESIDE]),
    )


def _words(text: str) -> list[str]:
    return ["0" if word.isdigit() else word for word in _WORD.findall(text)]
