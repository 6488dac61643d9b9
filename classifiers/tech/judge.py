"""The verdict: which technologies the role works with, and how much it asks for each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from classifiers.reading import Passage, Reading
from classifiers.tech.candidates import Candidate, candidates
from classifiers.tech.context import settle
from classifiers.tech.cues import cues
from classifiers.tech.lexicon import CONCEPT, Lexicon, lexicon, version
from classifiers.tech.zones import Zone, Zones, zones_of
from pipeline.config import TechnologyConfig
from pipeline.folding import fold_name
from pipeline.labels import Concept, Technology, TechVerdict
from pipeline.vocabulary import Need

_DROPPED = frozenset({Zone.BENEFITS, Zone.LEGAL, Zone.PROCESS})
_NARRATIVE = frozenset({Zone.INTRO, Zone.ABOUT, Zone.OTHER, Zone.DUTIES})
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bex)(?<!\bincl)[.!?](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class _Mention:
    passage: Passage
    candidate: Candidate
    need: Need


def judge(reading: Reading, extra: tuple[TechnologyConfig, ...] = ()) -> TechVerdict:
    """Technologies and concepts of a posting, each at its most telling mention; ``extra`` as the matcher was given them."""
    known = lexicon(extra)
    company = reading.posting.company.name
    mentions: list[_Mention] = []
    concepts: dict[str, Concept] = {}
    for passage in (reading.title, reading.description):
        zones = zones_of(passage, company)
        settled = settle(passage, candidates(passage, known), zones)
        for candidate in settled:
            if candidate.is_concept:
                _note_concept(concepts, passage, candidate)
            elif not _is_dropped(passage, candidate, zones, company, settled):
                mentions.append(_Mention(passage, candidate, _need(passage, candidate, zones)))
    return TechVerdict(_stack(mentions, known), tuple(concepts.values()), version(extra))


def _note_concept(concepts: dict[str, Concept], passage: Passage, candidate: Candidate) -> None:
    name = candidate.name.removeprefix(CONCEPT)
    if name not in concepts:
        start, end = passage.folded.span(candidate.start, candidate.end)
        concepts[name] = Concept(name, passage.field, start, end)


def _stack(mentions: Iterable[_Mention], known: Lexicon) -> tuple[Technology, ...]:
    """One technology a name, in order of first mention, at the mention that asks the most for it."""
    best: dict[str, _Mention] = {}
    for mention in mentions:
        before = best.get(mention.candidate.name)
        if before is None or _rank(mention.need) > _rank(before.need):
            best[mention.candidate.name] = mention
    stack: list[Technology] = []
    for name, mention in best.items():
        start, end = mention.passage.folded.span(mention.candidate.start, mention.candidate.end)
        stack.append(Technology(name, known.entries[name].category, mention.need, mention.passage.field, start, end))
    return tuple(stack)


def _rank(need: Need) -> int:
    return (Need.MENTIONED, Need.PREFERRED, Need.REQUIRED).index(need)


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentence around a span, before it and after it."""
    before = _SENTENCE_END.split(text[max(0, start - 250) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + 250], maxsplit=1)[0]
    return before, after


def _is_dropped(passage: Passage, candidate: Candidate, zones: Zones, company: str | None, settled: tuple[Candidate, ...]) -> bool:
    """A real name that says nothing of this role's work."""
    if passage.field == "title":
        return _is_own(candidate, company)
    text, zone = passage.folded.text, zones.at(candidate.start)
    before, after = _clause(text, candidate.start, candidate.end)
    if cues().negated_before.search(before) and not cues().not_needed_after.match(after):
        return True
    if cues().certificate_before.search(before) and cues().certificate_after.match(after):
        return True
    if _is_of_the_company(zone, before, after):
        return True
    return _is_own(candidate, company) and not _is_used(text, candidate, settled, before)


def _is_of_the_company(zone: Zone, before: str, after: str) -> bool:
    """The sentence speaks of the company, its offer or the law, not of the work."""
    if cues().employers.search(before):
        return True
    is_asked = cues().asked.search(before) is not None
    if zone in _DROPPED:
        return not is_asked
    if zone is Zone.ABOUT and not is_asked and not cues().used.search(before + after):
        return True
    return zone in _NARRATIVE and not is_asked and cues().self_description.search(before) is not None


def _is_own(candidate: Candidate, company: str | None) -> bool:
    name = fold_name(company or "")
    if not name:
        return False
    parent = candidate.entry.parent if candidate.entry is not None else None
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
    return cues().own_product_before.search(before) is not None


def _need(passage: Passage, candidate: Candidate, zones: Zones) -> Need:
    """How much is asked: the sentence's own words first, then the zone."""
    if passage.field == "title":
        return Need.REQUIRED
    before, after = _clause(passage.folded.text, candidate.start, candidate.end)
    if cues().preferred.search(before) or cues().preferred.search(after):
        return Need.PREFERRED
    zone = zones.at(candidate.start)
    if zone is Zone.PREFERRED:
        return Need.PREFERRED
    if zone is Zone.REQUIRED or cues().required.search(before):
        return Need.REQUIRED
    return Need.MENTIONED
