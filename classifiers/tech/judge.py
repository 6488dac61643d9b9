"""The verdict: which technologies the role works with, and how much it asks for each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from classifiers.reading import Passage, Reading
from classifiers.tech.candidates import Candidate, candidates
from classifiers.tech.context import settle
from classifiers.tech.lexicon import CONCEPT, entries, version
from classifiers.tech.zones import Zone, Zones, zones_of
from pipeline.folding import fold_name
from pipeline.labels import Concept, Technology, TechVerdict
from pipeline.vocabulary import Need

_DROPPED = frozenset({Zone.BENEFITS, Zone.LEGAL, Zone.PROCESS})
_NEGATION = re.compile(
    r"(?:\bno|\bnot (?:an? |using |use |looking for )?|\bwithout|n't (?:use|need|do|want|require)(?: any)?|\bnever|\bnon-|\binstead of|\brather than|\bkein\w*|\bpas de|\bsans|\bohne|\bbez|\bsem|\bsin|\bgeen|\bsenza)\s+(?:an? |the |any )?$"
)
_NOT_NEEDED = re.compile(r"[^.\n;]{0,30}\b(?:experience|knowledge|background|skills?|degree)\b")
_PREFERRED = re.compile(
    r"nice[- ]to[- ]have|\bplus\b|\bbonus\b|\bpreferred\b|\bpreferably\b|\bprefer\b|\bdesirable\b|\bdesired\b|\bideally\b|\badvantage\b|\ban asset\b|\bbeneficial\b|\boptional\b|von vorteil|wünschenswert|un plus|deseable|valorable|diferencial|mile widzian|\bpré\b|gradit"
)
_REQUIRED = re.compile(
    r"\bmust\b|\brequired?\b|\bproficien\w+|\bexperience (?:with|in|of|using|working)\b|\byears\b|\bexpertise\b|\bstrong\b|\bexpert\b|\bfluen\w+|\bsolid\b|\bknowledge\b|\bhands-on\b|\bdeep\b"
)
_SELF = re.compile(
    r"\b(?:trusted by|backed by|team behind|creators? of|founded (?:in|by)|our customers|customers (?:like|such as|include|including)|companies (?:like|such as)|start-?ups (?:like|such as)|kunden wie|clients comme|clients (?:like|such as|include|including)|partners (?:like|such as|include|including)|investors|alumni of|veterans of|funding|valuation|y combinator|leading provider|is the leading|leaders? (?:like|such as)|products? includ\w+|available on|we build tools|we are building|we're building|ex-|former|cto|our (?:apps?|products?))\b"
)
# "certifications: AWS Solutions Architect", "Microsoft certified: ..."
_CERTIFICATE_BEFORE = re.compile(r"\bcertifi\w+[^.\n]{0,80}$")
_CERTIFICATE_AFTER = re.compile(
    r"\s*(?:certifi\w+|(?:certified |professional |cloud |security )*(?:solutions? architect|administrator|specialty|practitioner|associate|engineer)\b)"
)
_ASKED = re.compile(r"\b(?:experience|proficien\w+|knowledge|familiar\w*|skills?|expertise)\b")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class _Mention:
    passage: Passage
    candidate: Candidate
    need: Need


def judge(reading: Reading) -> TechVerdict:
    """Technologies and concepts of a posting, each at its most telling mention."""
    company = reading.posting.company.name
    mentions: list[_Mention] = []
    concepts: dict[str, Concept] = {}
    for passage in (reading.title, reading.description):
        zones = zones_of(passage, company)
        settled = settle(passage, candidates(passage), zones)
        for candidate in settled:
            if candidate.is_concept:
                _note_concept(concepts, passage, candidate)
            elif not _is_dropped(passage, candidate, zones, company, settled):
                mentions.append(_Mention(passage, candidate, _need(passage, candidate, zones)))
    return TechVerdict(_stack(mentions), tuple(concepts.values()), version())


def _note_concept(concepts: dict[str, Concept], passage: Passage, candidate: Candidate) -> None:
    name = candidate.name.removeprefix(CONCEPT)
    if name not in concepts:
        start, end = passage.folded.span(candidate.start, candidate.end)
        concepts[name] = Concept(name, passage.field, start, end)


def _stack(mentions: Iterable[_Mention]) -> tuple[Technology, ...]:
    """One technology a name, in order of first mention, at the mention that asks the most for it."""
    best: dict[str, _Mention] = {}
    for mention in mentions:
        known = best.get(mention.candidate.name)
        if known is None or _rank(mention.need) > _rank(known.need):
            best[mention.candidate.name] = mention
    stack: list[Technology] = []
    for name, mention in best.items():
        start, end = mention.passage.folded.span(mention.candidate.start, mention.candidate.end)
        stack.append(Technology(name, entries()[name].category, mention.need, mention.passage.field, start, end))
    return tuple(stack)


def _rank(need: Need) -> int:
    return (Need.MENTIONED, Need.PREFERRED, Need.REQUIRED).index(need)


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentence around a span, before it and after it."""
    before = _SENTENCE_END.split(text[max(0, start - 250) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + 250], maxsplit=1)[0]
    return before, after


def _is_dropped(passage: Passage, candidate: Candidate, zones: Zones, company: str | None, settled: tuple[Candidate, ...]) -> bool:
    text = passage.folded.text
    if passage.field == "title":
        return _is_own(candidate, company)
    zone = zones.at(candidate.start)
    before, after = _clause(text, candidate.start, candidate.end)
    if zone in _DROPPED and not _ASKED.search(before):
        return True
    if _CERTIFICATE_BEFORE.search(before) and _CERTIFICATE_AFTER.match(after):
        return True
    if _NEGATION.search(before) and not _NOT_NEEDED.match(after):
        return True
    if zone is Zone.ABOUT and not re.search(r"\bwe use\b|\bstack\b|\byou\b|\bexperience\b", before + after):
        return True
    if zone in {Zone.INTRO, Zone.ABOUT, Zone.OTHER, Zone.DUTIES} and _SELF.search(before) and not _ASKED.search(before):
        return True
    return _is_own(candidate, company) and not _is_used(text, candidate, settled, before)


def _is_own(candidate: Candidate, company: str | None) -> bool:
    name = fold_name(company or "")
    if not name:
        return False
    parent = entries()[candidate.name].parent if candidate.name in entries() else None
    for own in (fold_name(candidate.name), fold_name(parent or "")):
        if own and (own.replace(" ", "") == name.replace(" ", "") or name.split()[0] == own or own.split()[0] == name):
            return True
    return False


def _is_used(text: str, candidate: Candidate, settled: tuple[Candidate, ...], before: str) -> bool:
    """The employer's own product counts where it is asked for like any other: in a list of tools."""
    at = settled.index(candidate)
    for other in settled[max(0, at - 1) : at + 2]:
        gap = text[min(candidate.end, other.end) : max(candidate.start, other.start)]
        if other is not candidate and not other.is_concept and re.fullmatch(r"\s*[,/]\s*(?:and|or)?\s*|\s+(?:and|or)\s+", gap):
            return True
    return (
        re.search(
            r"\b(?:experience (?:with|in|using)|proficien\w+ (?:with|in)|knowledge of|expertise (?:in|with)|using)\s*$", before
        )
        is not None
    )


def _need(passage: Passage, candidate: Candidate, zones: Zones) -> Need:
    """How much is asked: the sentence's own words first, then the zone."""
    if passage.field == "title":
        return Need.REQUIRED
    before, after = _clause(passage.folded.text, candidate.start, candidate.end)
    if _PREFERRED.search(before) or _PREFERRED.search(after):
        return Need.PREFERRED
    zone = zones.at(candidate.start)
    if zone is Zone.PREFERRED:
        return Need.PREFERRED
    if zone is Zone.REQUIRED or _REQUIRED.search(before):
        return Need.REQUIRED
    return Need.MENTIONED
