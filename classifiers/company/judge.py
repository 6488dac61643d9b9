"""The verdict on the employer's stage, size and industry: configuration or platform first, else the posting's own sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache

from classifiers.clauses import clause_around
from classifiers.company.lexicon import LEXICON, PEOPLE, data, industry_nouns, tables, word
from classifiers.matching import Hit
from classifiers.reading import Passage, Reading
from pipeline.labels import CompanyVerdict, Evidence

_MOST_PEOPLE = 3_000_000
"""More than the largest employer has is a count of something else."""
_FEWEST_PEOPLE = 2
_NEEDS_NAME = frozenset({"non-profit", "government"})
"""Stages that a posting may speak of without being of one: the employer has to call itself so."""


def judge(reading: Reading) -> CompanyVerdict:
    """Facts of the employer; each None where nobody stated it."""
    told = reading.posting.company
    stage, stage_evidence = (told.stage, None) if told.stage else _stage(reading.description)
    size, size_evidence = (told.size, None) if told.size else _size(reading.description)
    industry, industry_evidence = (told.industry, None) if told.industry else _industry(reading.description)
    evidence = tuple(item for item in (stage_evidence, size_evidence, industry_evidence) if item is not None)
    return CompanyVerdict(stage, size, industry, evidence, version())


def _own(passage: Passage) -> Iterator[tuple[Hit, str, int, int]]:
    """Anchors in clauses that speak of the employer alone: hit, clause, its offsets."""
    text = passage.folded.text
    for hit in passage.hits.get(LEXICON, ()):
        first, last = clause_around(text, hit.start, hit.end)
        clause = text[first:last]
        if word("own").search(clause) and not word("others").search(clause):
            yield hit, clause, first, last


def _stage(passage: Passage) -> tuple[str | None, Evidence | None]:
    """The latest stage that the posting claims."""
    found: dict[str, Evidence] = {}
    for hit, clause, first, last in _own(passage):
        name = hit.term.key
        if name not in tables()["stage"]:
            continue
        if name.startswith("series") and not word("raised").search(clause):
            continue
        if name in _NEEDS_NAME and not (hit.term.pattern.startswith("501") or _calls_itself(clause[: hit.start - first])):
            continue
        if name == "public" and not word("listed").search(clause):
            continue
        found.setdefault(name, passage.evidence(first, last, "company_stage"))
    return next(((name, found[name]) for name in tables()["stage"] if name in found), (None, None))


def _calls_itself(before: str) -> bool:
    """Whether what stands before a word leads to what the employer is: "we are a leading"."""
    return word("called").search(before) is not None


def _size(passage: Passage) -> tuple[str | None, Evidence | None]:
    for hit, clause, first, last in _own(passage):
        if hit.term.key != PEOPLE:
            continue
        match = word("head_count").search(clause[: hit.start - first])
        count = int("".join(c for c in match[1] if c.isdigit())) if match else 0
        if _FEWEST_PEOPLE <= count <= _MOST_PEOPLE:
            band = next(name for name, most in tables()["bands"].items() if count <= most)
            return band, passage.evidence(first, last, "company_size")
    return None, None


def _industry(passage: Passage) -> tuple[str | None, Evidence | None]:
    """What the employer calls itself: "we are a fintech company"."""
    for hit, clause, first, last in _own(passage):
        kind, _, name = hit.term.key.partition(":")
        if kind != "industry" or not _calls_itself(clause[: hit.start - first]):
            continue
        if industry_nouns().match(clause[hit.end - first :]):
            return name, passage.evidence(first, last, "industry")
    return None, None


@cache
def version() -> str:
    """``company-`` and eight hexadecimal digits of the data file."""
    return f"company-{hashlib.sha256(data()).hexdigest()[:8]}"
