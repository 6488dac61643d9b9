"""Phrases of the lexicons: one line of a data file stands for many spellings."""

from __future__ import annotations

import re

from pipeline.folding import fold

_PART = re.compile(r"\(([^()|]*(?:\|[^()|]*)+)\)|~")
"""A group of alternatives, or a tilde."""


def spellings(phrase: str) -> tuple[str, ...]:
    """All folded spellings of a phrase: ``on~site (work|)`` gives "on site work", "on-site", ..."""
    made = [phrase]
    while any(_PART.search(text) for text in made):
        made = [wider for text in made for wider in _widened(text)]
    return tuple(dict.fromkeys(" ".join(fold(text).text.split()) for text in made))


def _widened(text: str) -> list[str]:
    """A text with its first group or tilde spelled out in every way."""
    match = _PART.search(text)
    if match is None:
        return [text]
    choices = (" ", "-", "") if match.group() == "~" else match.group(1).split("|")
    return [f"{text[: match.start()]}{choice}{text[match.end() :]}" for choice in choices]
