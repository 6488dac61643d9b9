"""Years of experience that a text asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifiers.reading import Passage
from pipeline.labels import Evidence

_MOST = 20
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15,
    "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "deux": 2, "trois": 3, "cinq": 5, "dos": 2, "tres": 3, "cinco": 5, "dois": 2, "três": 3,
    "twee": 2, "drie": 3, "vijf": 5, "due": 2, "tre": 3, "cinque": 5,
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,2}}(?:[.,]5)?|{'|'.join(_WORDS)})"
# "5+ years", "3-5 yrs", "three (3) years", "at least 2 Jahre", "5 ans", "3 años", "5 lat"
_YEARS = re.compile(
    rf"(?<![\d.$€£])(?P<low>{_NUMBER})(?:\s?\(\d{{1,2}}\))?\s?(?P<plus>\+|plus|or more)?(?:\s?(?:-|to|bis|à|a|do|tot|–)\s?(?P<high>{_NUMBER})(?:\s?\(\d{{1,2}}\))?\+?)?"
    r"\s?(?:or more |full |\+ )?(?:years?|yrs?|yoe|jahre?n?|ans|années|años|año|jaar|anos|anni|lata|lat|roku)\b(?:'|s')?"
)
_EXPERIENCE = re.compile(
    r"experien|background|track record|erfahrung|expérience|ervaring|esperienza|doświadczeni|working (?:with|in|as|on)|hands-on|in (?:a|an) (?:similar|related)|development|engineering|industry|professional|practice|knowledge|coding|programming|proficien|^[\s']*(?:in|as|with|doing|leading|writing|of) |\brole\b|building|developing|designing|managing|post-grad|yoe"
)
_NOT_ASKED = re.compile(
    r"\b(?:(?:for|over|in|within|during|after) (?:the |over |more than |nearly |almost )*(?:past |last |next |first |previous )|(?:for|after) (?:over|more than|nearly|almost) |"
    r"(?:past|last|next|first|every|aged?|nearly|almost|seit|depuis|desde) )$|founded|history|we have|we've|our company|anniversary|vest|warranty|nominal|degree,? or $"
)
_NOT_AFTER = re.compile(
    r"\s*(?:old|ago|of age|in business|of innovation|of history|in a row|running|vesting|contract|term|of service|of tenure|anniversary|from now|later|degree|college|university|alt)\b"
)
_OPTIONAL = re.compile(r"nice to have|a plus\b|bonus|preferred|preferably|ideally|desirable|desired|advantage")
_ALTERNATIVE = re.compile(
    r"\b(?:master|msc|m\.s|phd|ph\.d|doctorate|advanced degree|in lieu|high school|associate'?s|without a degree|equivalent)"
)


@dataclass(frozen=True, slots=True)
class YearsAsked:
    """What a text asks of experience."""

    fewest: float
    """Fewest years that satisfy the main demand of the text."""
    most: float | None
    """Upper end of that demand where it is a range."""
    evidence: Evidence


def years_asked(passage: Passage) -> YearsAsked | None:
    """The highest demand that the text makes without a way around it ("7+ years of engineering, 2+ with Go" asks 7)."""
    text = passage.folded.text
    best: tuple[tuple[bool, bool, float], re.Match[str]] | None = None
    for match in _YEARS.finditer(text):
        low = _number(match["low"])
        if low > _MOST or not _is_asked(text, match):
            continue
        sentence = _sentence(text, match)
        rank = (_OPTIONAL.search(sentence) is None, _ALTERNATIVE.search(sentence) is None, low)
        if best is None or rank > best[0]:
            best = (rank, match)
    if best is None:
        return None
    match = best[1]
    high = match["high"]
    return YearsAsked(
        _number(match["low"]), _number(high) if high else None, passage.evidence(match.start(), match.end(), "years_asked")
    )


def _number(word: str) -> float:
    return float(_WORDS[word]) if word in _WORDS else float(word.replace(",", "."))


def _sentence(text: str, match: re.Match[str]) -> str:
    before = re.split(r"[.;\n•]\s", text[max(0, match.start() - 100) : match.start()])[-1]
    after = re.split(r"[.;\n•]\s", text[match.end() : match.end() + 120])[0]
    return before + match.group() + after


def _is_asked(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 100]
    if _NOT_AFTER.match(after) or _NOT_ASKED.search(re.split(r"[.;\n•]\s?", before)[-1]):
        return False
    return _EXPERIENCE.search(after.split("\n")[0]) is not None or _EXPERIENCE.search(re.split(r"[.\n]", before)[-1]) is not None
