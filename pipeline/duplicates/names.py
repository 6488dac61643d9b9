"""Titles and employers' names, made comparable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from pipeline.duplicates.tables import table
from pipeline.duplicates.wording import plain_words
from pipeline.identity import company_key, title_key

_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_REQUISITION = re.compile(
    r"\b(?:req(?:uisition)?|ref(?:erence)?|job|id|nr|no)[ .:#-]*(?:id)?[ .:#-]*[a-z]{0,3}-?\d{3,}\b|#\s?[a-z]{0,3}-?\d{3,}\b", re.I
)
_DOMAIN = re.compile(r"\.(?:com|io|ai|co|dev|app|org|net|de|eu|tech|hq)$", re.I)
_LONGEST = 300
"""Characters of a title or a name that are read."""


@dataclass(frozen=True, slots=True)
class _Words:
    same: dict[str, str]
    grades: frozenset[str]
    noise: re.Pattern[str]
    vague: frozenset[str]
    hidden: frozenset[str]
    endings: frozenset[str]
    agency_words: frozenset[str]
    agency_names: frozenset[str]


@cache
def _words() -> _Words:
    title, employer = table("words")["title"], table("words")["employer"]
    noise = "|".join(sorted((re.escape(phrase.replace("/", " ")) for phrase in title["noise"]), key=len, reverse=True))
    return _Words(
        dict(title["same"]),
        frozenset(title["grades"].split()),
        re.compile(rf"(?<!\S)(?:{noise})(?!\S)"),
        frozenset(title["vague"]),
        frozenset(employer["hidden"]),
        frozenset(employer["endings"].split()),
        frozenset(employer["agency_words"].split()),
        frozenset(employer["agency_names"]),
    )


class Employers(StrEnum):
    """How the employers of two postings are related, by their names."""

    SAME = "same"
    HIDDEN = "hidden"
    """One of them is not named."""
    AGENCY = "agency"
    """One of them is a recruiter by name."""
    ALIKE = "alike"
    """Two names that merely look alike: Acme and Acme Robotics."""
    OTHER = "other"


@lru_cache(maxsize=4096)
def title_core(title: str, place_names: frozenset[str] = frozenset(), company: str = "") -> str:
    """A title for comparing: folded, one word for "Sr." and "senior", without what says nothing of the role.

    Args:
        title: as written.
        place_names: the posting's own places, folded; they are left out where they end or begin the title.
        company: its employer, folded; left out at either end ("Acme: Data Engineer").
    """
    text = title_key(_REQUISITION.sub(" ", title[:_LONGEST]))
    text = " ".join(_words().noise.sub(" ", text).split())
    for name in sorted((*place_names, company), key=len, reverse=True):
        text = _without_end(text, name)
    known = _words().same
    return " ".join(known.get(word, word) for word in text.split()) or " ".join(title_key(title[:_LONGEST]).split())


def _without_end(text: str, name: str) -> str:
    if not name or text == name:
        return text
    for rest in (text.removesuffix(f" {name}"), text.removeprefix(f"{name} ")):
        if rest != text:
            return rest.removesuffix(" at").removesuffix(" in").removesuffix(" -").strip()
    return text


def grades(core: str) -> frozenset[str]:
    """The words of a title's core that set a level: ``{"senior"}``, ``{"3"}``."""
    return frozenset(word for word in core.split() if word in _words().grades)


def is_vague(core: str) -> bool:
    """Whether a title names no role ("Multiple positions")."""
    return not core or core in _words().vague


def titles_agree(one: str, other: str) -> bool:
    """Whether two cores can be one title: equal, or one with more words and the same level."""
    if one == other:
        return True
    ours, theirs = set(one.split()), set(other.split())
    return (ours <= theirs or theirs <= ours) and grades(one) == grades(other)


@lru_cache(maxsize=4096)
def employer(name: str | None) -> str | None:
    """An employer's name for comparing, its words apart; None where it is kept back ("Confidential")."""
    bare = _IN_BRACKETS.sub(" ", (name or "")[:_LONGEST]).strip()
    key = company_key(_DOMAIN.sub("", bare)) or company_key(name or "")
    words = key.removeprefix("the ").split()
    while len(words) > 1 and words[-1] in _words().endings:
        words.pop()
    return None if not words or key in _words().hidden else " ".join(words)


def is_agency(key: str | None) -> bool:
    """Whether a name (as ``employer`` gives it) is a recruiter's; so is one that is kept back."""
    return key is None or key in _words().agency_names or not _words().agency_words.isdisjoint(key.split())


def employers(one: str | None, other: str | None) -> Employers:
    """How two employers' names are related."""
    if one is None or other is None:
        return Employers.HIDDEN
    if one.replace(" ", "") == other.replace(" ", ""):
        return Employers.SAME
    if is_agency(one) or is_agency(other):
        return Employers.AGENCY
    ours, theirs = one.split(), other.split()
    short, long = sorted((ours, theirs), key=len)
    is_alike = long[: len(short)] == short or set(short) <= set(long) or ours[0] == theirs[0]
    return Employers.ALIKE if is_alike else Employers.OTHER


@cache
def _agency_phrases() -> re.Pattern[str]:
    phrases = sorted(map(plain_words, table("words")["employer"]["agency_phrases"]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


def speaks_for_another(words: str) -> bool:
    """Whether a text, as plain words, speaks for another employer ("our client")."""
    return _agency_phrases().search(words) is not None


def is_named_in(key: str | None, words: str) -> bool:
    """Whether an employer's name stands in a text, as plain words."""
    return bool(key) and f" {key} " in f" {words} "
