"""What an anchor means among the cues of its clause, by rule."""

from __future__ import annotations

from enum import StrEnum

from classifiers.remote.anchors import Anchor
from classifiers.remote.cues import holds

_MANNER = ("some_roles", "this_role", "company", "labelled")
_OFFER_CUES = (
    *("negated", "time_limited", "temporary", "not_the_work", "experience", "asked", "others", "theirs", "some_people"),
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
    Anchor.FLEXIBLE: ("negated",),
    Anchor.CLUE: ("negated", "team", "pay", "time_limited", "temporary", "this_role", "company"),
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
    FLEXIBLE = "flexible"
    """Flexible hours: nothing of the place."""
    NOTHING = "nothing"


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
    if anchor is Anchor.CLUE:
        return Meaning.NOTHING
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
    if "theirs" in cues or ("others" in cues and anchor in (Anchor.FIRST, Anchor.MENTION)):
        return Meaning.OTHERS
    if anchor is Anchor.FIRST and "some_people" in cues:
        return Meaning.MENTION
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
