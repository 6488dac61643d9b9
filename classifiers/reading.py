"""A posting made ready to be understood: folded, matched against all lexicons in one pass, its language known.

Every classifier gets the same ``Reading``, so that no text is folded or searched twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from classifiers.language import language_of
from classifiers.matching import Hit, Matcher
from pipeline.folding import Folded, fold
from pipeline.labels import Evidence
from pipeline.records import Posting

TEXT_FIELDS = ("title", "location", "description_text")


@dataclass(frozen=True, slots=True)
class Passage:
    """One text field of a posting, folded, with the hits of every lexicon."""

    field: str
    text: str
    """As given."""
    folded: Folded
    hits: Mapping[str, tuple[Hit, ...]]
    """By lexicon; offsets into ``folded.text``."""

    def evidence(self, start: int, end: int, signal: str) -> Evidence:
        """Evidence for a span of the folded text, quoted from the text as given."""
        first, last = self.folded.span(start, end)
        return Evidence(self.field, first, last, self.text[first:last], signal)


@dataclass(frozen=True, slots=True)
class Reading:
    """A posting and its passages."""

    posting: Posting
    title: Passage
    location: Passage
    description: Passage
    language: str | None
    """ISO 639-1, None where there is too little text to tell."""

    @property
    def passages(self) -> tuple[Passage, Passage, Passage]:
        return self.title, self.location, self.description


def read(posting: Posting, matcher: Matcher) -> Reading:
    """Fold and match the text fields of a posting."""
    title = _passage("title", posting.title, matcher)
    location = _passage("location", posting.location or "", matcher)
    description = _passage("description_text", posting.description_text, matcher)
    return Reading(posting, title, location, description, language_of(posting.description_text or posting.title))


def _passage(field: str, text: str, matcher: Matcher) -> Passage:
    folded = fold(text)
    return Passage(field, text, folded, matcher.find(folded.text))
