"""Windows: every anchor with its clause, the cues that stand there, and what it then means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from classifiers.clauses import clause_around
from classifiers.matching import longest
from classifiers.reading import Passage
from classifiers.remote.anchors import LEXICON, Anchor
from classifiers.remote.meaning import Meaning, cues_of, meaning_of
from classifiers.remote.seams import glued_hits, within_seams
from classifiers.remote.window_model import WindowModel, overruled
from classifiers.remote.wording import wording_of
from pipeline.labels import Evidence


@dataclass(frozen=True, slots=True)
class Window:
    """An anchor in its clause; offsets into the folded text of its passage."""

    anchor: Anchor
    meaning: Meaning
    cues: frozenset[str]
    shares: Mapping[str, float]
    """Probability of each label of the window model; empty for flexible hours, which it is not asked of."""
    passage: Passage
    start: int
    end: int
    clause_start: int
    clause_end: int

    @property
    def clause(self) -> str:
        """The folded clause."""
        return self.passage.folded.text[self.clause_start : self.clause_end]

    @property
    def words(self) -> str:
        """The folded anchor."""
        return self.passage.folded.text[self.start : self.end]

    def evidence(self, signal: str) -> Evidence:
        """The clause, verbatim."""
        return self.passage.evidence(self.clause_start, self.clause_end, signal)


@dataclass(frozen=True, slots=True)
class Spot:
    """An anchor in its clause before the window model was asked; offsets into the folded text."""

    anchor: Anchor
    by_rule: Meaning
    cues: frozenset[str]
    wording: tuple[str, ...]
    start: int
    end: int
    clause_start: int
    clause_end: int


def anchored(passage: Passage) -> Iterator[Spot]:
    """The anchors of a passage, in order, with their meaning by rule."""
    hits = longest(sorted((*passage.hits.get(LEXICON, ()), *glued_hits(passage)), key=lambda h: (h.start, -h.end)))
    text = passage.folded.text
    for hit in hits:
        anchor = Anchor(hit.term.key)
        if anchor is Anchor.ELSEWHERE:
            continue
        first, last = within_seams(passage, *clause_around(text, hit.start, hit.end), hit)
        clause, start, end = text[first:last], hit.start - first, hit.end - first
        cues = cues_of(anchor, clause, start, end)
        if passage.field != "description_text":
            cues |= {"workplace"}
        by_rule = meaning_of(anchor, hit.term.pattern, cues)
        wording = wording_of(clause, start, end, anchor, by_rule, sorted(cues))
        yield Spot(anchor, by_rule, cues, wording, hit.start, hit.end, first, last)


def windows_of(passage: Passage, model: WindowModel) -> tuple[Window, ...]:
    """The windows of a passage, in order, as the model reads them."""
    found: list[Window] = []
    for spot in anchored(passage):
        is_of_place = spot.anchor is not Anchor.FLEXIBLE
        shares = model.shares(spot.wording) if is_of_place else {}
        meaning = overruled(spot.by_rule, shares) if is_of_place else spot.by_rule
        span = (spot.start, spot.end, spot.clause_start, spot.clause_end)
        found.append(Window(spot.anchor, meaning, spot.cues, shares, passage, *span))
    return tuple(found)
