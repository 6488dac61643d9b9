"""Years of experience that a text asks for. The words are ``classifiers/data/role/years.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from classifiers.reading import Passage
from classifiers.role.rules import years_data
from pipeline.labels import Evidence

_BEFORE_CHARACTERS = 40
_AFTER_CHARACTERS = 100
_SENTENCE_CHARACTERS = 120
_CLAUSE_END = re.compile(r"[.;\n•]\s")


@dataclass(frozen=True, slots=True)
class YearsAsked:
    """What a text asks of experience."""

    fewest: float
    """Fewest years that satisfy the main demand of the text."""
    most: float | None
    """Upper end of that demand where it is a range."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Words:
    years: re.Pattern[str]
    experience: re.Pattern[str]
    field: re.Pattern[str]
    not_asked: re.Pattern[str]
    of_the_company: re.Pattern[str]
    not_after: re.Pattern[str]
    optional: re.Pattern[str]
    alternative: re.Pattern[str]
    numbers: Mapping[str, int]
    most: int


def _any(phrases: Iterable[str]) -> str:
    bodies = (re.escape(p.removesuffix("*")) + (r"\w*" if p.endswith("*") else "") for p in sorted(phrases, key=len, reverse=True))
    return f"(?:{'|'.join(bodies)})"


@cache
def _words() -> _Words:
    data: Mapping[str, Any] = years_data()
    words = data["words"]
    number = rf"(?:\d{{1,2}}(?:[.,]5)?|{_any(data['numbers'])})"
    # "5+ years", "3-5 yrs", "three (3) years", "two (2) to eight (8) years", "at least 2 Jahre", "5 ans", "5 lat"
    years = (
        rf"(?<![\d.$€£])(?P<low>{number})(?:\s?\(\d{{1,2}}\))?\s?(?:\+|plus|or more)?"
        rf"(?:\s?{_any(words['range'])}\s?(?P<high>{number})(?:\s?\(\d{{1,2}}\))?\+?)?"
        rf"\s?(?:or more |full |\+ )?{_any(words['units'])}(?!\w)"
    )
    return _Words(
        years=re.compile(years),
        experience=re.compile(rf"\b{_any(words['experience'])}"),
        field=re.compile(rf"[\s']*{_any(words['field'])}\b"),
        not_asked=re.compile(rf"\b{_any(words['not_asked'])}\s$"),
        of_the_company=re.compile(rf"\b{_any(words['of_the_company'])}\b"),
        not_after=re.compile(rf"\s*{_any(words['not_after'])}\b"),
        optional=re.compile(rf"\b{_any(words['optional'])}\b"),
        alternative=re.compile(rf"\b{_any(words['alternative'])}"),
        numbers=data["numbers"],
        most=data["most"],
    )


def years_asked(passage: Passage) -> YearsAsked | None:
    """The highest demand that the text makes without a way around it ("7+ years of engineering, 2+ with Go" asks 7)."""
    text, words = passage.folded.text, _words()
    best: tuple[tuple[bool, bool, float], re.Match[str]] | None = None
    for match in words.years.finditer(text):
        low = _number(match["low"])
        if low > words.most or not _is_asked(text, match):
            continue
        sentence = _sentence(text, match)
        rank = (words.optional.search(sentence) is None, words.alternative.search(sentence) is None, low)
        if best is None or rank > best[0]:
            best = (rank, match)
    if best is None:
        return None
    match = best[1]
    high = match["high"]
    evidence = passage.evidence(match.start(), match.end(), "years_asked")
    return YearsAsked(_number(match["low"]), _number(high) if high else None, evidence)


def _number(word: str) -> float:
    known = _words().numbers.get(word)
    return float(known) if known is not None else float(word.replace(",", "."))


def _sentence(text: str, match: re.Match[str]) -> str:
    before = _CLAUSE_END.split(text[max(0, match.start() - _AFTER_CHARACTERS) : match.start()])[-1]
    after = _CLAUSE_END.split(text[match.end() : match.end() + _SENTENCE_CHARACTERS])[0]
    return before + match.group() + after


def _is_asked(text: str, match: re.Match[str]) -> bool:
    words = _words()
    before = _CLAUSE_END.split(text[max(0, match.start() - _BEFORE_CHARACTERS) : match.start()])[-1]
    after = text[match.end() : match.end() + _AFTER_CHARACTERS].split("\n")[0]
    if words.not_after.match(after) or words.not_asked.search(before) or words.of_the_company.search(before):
        return False
    return any((words.field.match(after), words.experience.search(after), words.experience.search(before)))
