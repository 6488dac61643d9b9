"""The level: the title's words first, then what the text says of the role, then the years that are asked for."""

from __future__ import annotations

import re

from classifiers.reading import Passage, Reading
from classifiers.role.rules import LevelRule, level_rules, level_years, stated, words_of
from classifiers.role.years import YearsAsked
from pipeline.folding import fold
from pipeline.labels import Evidence
from pipeline.vocabulary import Level

_ASCENDING = (Level.INTERN, Level.JUNIOR, Level.MID, Level.SENIOR, Level.STAFF, Level.LEAD, Level.MANAGER, Level.DIRECTOR)
# "Senior/Staff", "Intern or Junior", "Junior - Senior": a choice of two levels
_CHOICE = re.compile(r"\s?(?:/|\bor\b|\||\bto\b|&|\band\b|,|-|\bbis\b|\boder\b|\bou\b|\bo\b|\blub\b)\s?")
_MARGIN_CHARACTERS = 60


def level(reading: Reading, years: YearsAsked | None) -> tuple[Level, Evidence | None]:
    """The level of a role and the words that tell it; ``unstated`` has none."""
    named = _named(reading.title)
    if named is not None:
        return named
    return _from_text(reading, years)


def _named(title: Passage) -> tuple[Level, Evidence | None] | None:
    words = words_of(title.text)
    found = [(rule, word) for rule in level_rules() if (word := _word_in(words, rule)) is not None]
    if not found:
        return None
    if f"({found[0][1].strip()})" in title.folded.text:
        return None  # "(Senior) Consultant": with or without
    rule, word = _lower_of_choice(title.folded.text, found) or found[0]
    if rule.level is Level.JUNIOR and len(found) > 1:
        rule, word = found[0]
    return rule.level, _quoted(title, word, "level_word")


def _word_in(words: str, rule: LevelRule) -> str | None:
    for exception in rule.exceptions:
        words = words.replace(exception, " ")
    return next((word for word in rule.words if word in words), None)


def _lower_of_choice(title: str, found: list[tuple[LevelRule, str]]) -> tuple[LevelRule, str] | None:
    """Two named levels side by side as a choice: the lower one."""
    for one, other in zip(found, found[1:], strict=False):
        first, second = sorted((title.find(one[1].strip()), title.find(other[1].strip())))
        if first < 0:
            continue
        length = len((one if title.find(one[1].strip()) == first else other)[1].strip())
        between = title[first + length : second]
        if between and _CHOICE.fullmatch(between.strip(".")):
            return min(one, other, key=lambda item: _ASCENDING.index(item[0].level))
    return None


def _quoted(passage: Passage, words: str, signal: str) -> Evidence | None:
    start = re.search(rf"(?<!\w){re.escape(words.strip()).replace(chr(92) + ' ', '[^a-z0-9]+')}(?!\w)", passage.folded.text)
    return passage.evidence(start.start(), start.end(), signal) if start else None


def _from_text(reading: Reading, years: YearsAsked | None) -> tuple[Level, Evidence | None]:
    description = reading.description
    is_managing = " manager " in words_of(reading.title.text)
    if is_managing:
        for phrase in stated()["people"]:
            at = description.folded.text.find(phrase)
            if at >= 0:
                return Level.MANAGER, description.evidence(at, at + len(phrase), "manages_people")
    said = _stated(reading)
    if said is not None:
        return said
    if years is not None:
        return _by_years(years), years.evidence
    if " architect " in words_of(reading.title.text):
        return Level(level_years()["architect"]), _quoted(reading.title, "architect", "level_word")
    return Level.UNSTATED, None


def _by_years(years: YearsAsked) -> Level:
    limits = level_years()
    for name in (Level.SENIOR, Level.MID):
        if years.fewest >= limits[name.value]:
            return name
    if years.most is not None and years.most > limits["mid"]:
        return Level.MID
    return Level.JUNIOR


def _stated(reading: Reading) -> tuple[Level, Evidence | None] | None:
    """ "we are looking for a senior engineer", "recent graduates welcome" """
    description = reading.description
    text = description.folded.text
    for opening in stated()["before"]:
        at = text.find(opening)
        while at >= 0:
            window = re.split(r"[.;\n]", text[at + len(opening) : at + len(opening) + _MARGIN_CHARACTERS])[0]
            match = re.search(r"\b(senior|sr|junior|staff|principal|mid-level|lead|entry-level|entry level)\b[^,]*$", window)
            if (
                match
                and re.match(
                    r"\s*(?:an? |our |experienced |talented |highly |skilled |motivated |eine?n? |un[ea]? |um[a]? )*", window
                ).end()
                == match.start()
            ):
                start = at + len(opening) + match.start()
                rule = next(r for r in level_rules() if words_of(match.group(1)) in r.words)
                return rule.level, description.evidence(start, start + len(match.group(1)), "level_stated")
            at = text.find(opening, at + 1)
    for kind in (Level.JUNIOR, Level.SENIOR):
        for phrase in stated()[kind.value]:
            at = text.find(fold(phrase).text)
            if at >= 0:
                return kind, description.evidence(at, at + len(phrase), "level_stated")
    return None
