"""Windows: every anchor with its clause, the cues that stand there, and what it then means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from classifiers.matching import longest
from classifiers.reading import Passage
from classifiers.remote.anchors import LEXICON, Anchor
from classifiers.remote.clauses import clause_around
from classifiers.remote.cues import holds
from classifiers.remote.seams import glued_hits, within_seams
from pipeline.labels import Evidence

_MANNER = ("some_roles", "this_role", "company", "labelled")
_OFFER_CUES = (
    *("negated", "time_limited", "temporary", "not_the_work", "experience", "asked", "others"),
    *("workplace", "of_the_job", "partly", "choice", "hired", "stated_place", "our_team", *_MANNER),
)
_CUES = {
    Anchor.FULL: _OFFER_CUES,
    Anchor.MENTION: _OFFER_CUES,
    Anchor.PART: _OFFER_CUES,
    Anchor.FIRST: _OFFER_CUES,
    Anchor.OFFICE: ("negated", "occasional", "choice", "required", *_MANNER),
    Anchor.DESK: ("attendance", "negated", "occasional", "required", *_MANNER),
    Anchor.SPREAD: ("team", "lands"),
    Anchor.ASYNC: ("negated", "asked", "experience"),
    Anchor.PAY: ("pay",),
    Anchor.BENEFIT: ("negated",),
    Anchor.GATHERING: ("negated",),
}
"""The cues that matter to each kind of anchor."""
_OFFERS = frozenset({Anchor.FULL, Anchor.MENTION, Anchor.PART, Anchor.FIRST})
_REFUSALS = (
    "no ",
    "non",
    "not ",
    "remote not",
    "remote work is not",
    "remote: no",
    "work remotely: no",
    "kein",
    "pas de",
    "sin ",
    "geen",
    "sem ",
)
_BARE = frozenset({"remote", "remotely", "remoto", "remota", "à distance", "op afstand"})
"""Words that stand for many things besides a place of work."""
_SILENT = frozenset({Anchor.ELSEWHERE, Anchor.FLEXIBLE})


class Meaning(StrEnum):
    """What a window says."""

    FULL = "full"
    MENTION = "mention"
    BARE = "bare"
    """The word "remote" in a sentence, of whose work is open."""
    PART = "part"
    OFFICE = "office"
    OCCASIONAL_OFFICE = "occasional_office"
    HUB = "hub"
    """The company has an office; nobody is asked to come."""
    REFUSED = "refused"
    """Remote work is ruled out."""
    FIRST = "first"
    SPREAD = "spread"
    ASYNC = "async"
    PAY = "pay"
    BENEFIT = "benefit"
    GATHERING = "gathering"
    PERK = "perk"
    """Some weeks a year only."""
    TEMPORARY = "temporary"
    EXPERIENCE = "experience"
    OTHERS = "others"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Window:
    """An anchor in its clause; offsets into the folded text of its passage."""

    anchor: Anchor
    meaning: Meaning
    cues: frozenset[str]
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


def windows_of(passage: Passage) -> tuple[Window, ...]:
    """The windows of a passage, in order."""
    hits = longest(sorted((*passage.hits.get(LEXICON, ()), *glued_hits(passage)), key=lambda h: (h.start, -h.end)))
    if not hits:
        return ()
    text = passage.folded.text
    found: list[Window] = []
    for hit in hits:
        anchor = Anchor(hit.term.key)
        if anchor in _SILENT:
            continue
        first, last = within_seams(passage, *clause_around(text, hit.start, hit.end), hit)
        cues = cues_of(anchor, text[first:last], hit.start - first, hit.end - first)
        if passage.field != "description_text":
            cues |= {"workplace"}
        meaning = meaning_of(anchor, hit.term.pattern, cues)
        found.append(Window(anchor, meaning, cues, passage, hit.start, hit.end, first, last))
    return tuple(found)


def cues_of(anchor: Anchor, clause: str, start: int, end: int) -> frozenset[str]:
    """Names of the cues in a clause whose anchor, of that kind, is ``clause[start:end]``."""
    return frozenset(name for name in _CUES[anchor] if holds(name, clause, start, end))


def meaning_of(anchor: Anchor, pattern: str, cues: frozenset[str]) -> Meaning:
    """What an anchor means among its cues: time limits and negation first, then whose work it speaks of."""
    if anchor in _OFFERS:
        return _meaning_of_offer(anchor, pattern, cues)
    if anchor is Anchor.OFFICE:
        if pattern.startswith(_REFUSALS):
            return Meaning.REFUSED
        if "negated" in cues:
            return Meaning.OCCASIONAL_OFFICE
        return Meaning.OCCASIONAL_OFFICE if cues & {"occasional", "choice"} else Meaning.OFFICE
    if anchor is Anchor.DESK:
        if "attendance" in cues and not cues & {"occasional", "negated"}:
            return Meaning.OFFICE
        return Meaning.HUB if "company" in cues and "negated" not in cues else Meaning.NOTHING
    if anchor is Anchor.SPREAD:
        return Meaning.SPREAD if {"team", "lands"} <= cues or ("team" in cues and " " in pattern) else Meaning.NOTHING
    if "negated" in cues and anchor is not Anchor.PAY:
        return Meaning.NOTHING
    if anchor is Anchor.ASYNC and cues & {"asked", "experience"}:
        return Meaning.EXPERIENCE
    if anchor is Anchor.PAY and "pay" not in cues:
        return Meaning.NOTHING
    return Meaning(anchor.value)


def _meaning_of_offer(anchor: Anchor, pattern: str, cues: frozenset[str]) -> Meaning:
    if "time_limited" in cues and anchor is not Anchor.PART:
        return Meaning.PERK
    if "temporary" in cues:
        return Meaning.TEMPORARY
    if "negated" in cues:
        return Meaning.REFUSED
    if anchor is Anchor.PART and " " not in pattern and not cues & {"workplace", "stated_place"}:
        return Meaning.NOTHING
    if anchor is Anchor.FIRST and "of_the_job" in cues:
        return Meaning.FULL
    if "not_the_work" in cues:
        return Meaning.NOTHING
    if "experience" in cues or (anchor is Anchor.FIRST and "asked" in cues):
        return Meaning.EXPERIENCE
    if "others" in cues and anchor in (Anchor.FIRST, Anchor.MENTION):
        return Meaning.OTHERS
    return _whose_offer(anchor, pattern, cues)


def _whose_offer(anchor: Anchor, pattern: str, cues: frozenset[str]) -> Meaning:
    """What an offer that stands is: how much of the week, and of this job or of the team."""
    if anchor is Anchor.MENTION and "partly" in cues:
        return Meaning.PART
    if anchor is Anchor.MENTION and ("choice" in cues or ("hired" in cues and pattern == "remote")):
        return Meaning.FULL
    if pattern == "remote" and "our_team" in cues:
        return Meaning.FIRST
    if anchor is Anchor.MENTION and pattern in _BARE and "labelled" not in cues:
        return Meaning.BARE
    return Meaning(anchor.value)
