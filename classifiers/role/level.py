"""The level: the title's words first, then what the text says of the role, then the years that are asked for."""

from __future__ import annotations

import re
from itertools import pairwise

from classifiers.reading import Passage, Reading
from classifiers.role.management import manages_people
from classifiers.role.rules import LevelRule, level_rules, level_years, role_nouns, stated, words_of, years_data
from classifiers.role.title import role_title
from classifiers.role.years import YearsAsked
from pipeline.labels import Evidence
from pipeline.vocabulary import Level

_ASCENDING = (Level.INTERN, Level.JUNIOR, Level.MID, Level.SENIOR, Level.STAFF, Level.LEAD, Level.MANAGER, Level.DIRECTOR)
# "Senior/Staff", "Intern or Junior", "Junior - Senior": a choice of two levels
_CHOICE = re.compile(r"\s?(?:/|\+|\bor\b|\||\bto\b|&|\band\b|,|-|\bbis\b|\boder\b|\bou\b|\bo\b|\blub\b)\s?")
# "looking for an experienced senior ..."
_LEVEL_SAID = re.compile(
    r"\s*(?:an?\s|our\s|experienced\s|talented\s|highly\s|skilled\s|motivated\s|passionate\s|eine?n?\s|une?\s|uma?\s|een\s)*"
    r"(?P<level>senior|sr|junior|staff|principal|mid-level|lead|entry-level|entry level|sênior|pleno|medior)\b"
    r"(?!-| or | to |/| and |,)"
)
# "(Senior) Consultant": with or without
_OPTIONAL_SENIOR = re.compile(r"\((senior|sr\.?)\)")


def level(reading: Reading, years: YearsAsked | None) -> tuple[Level, Evidence | None]:
    """The level of a role and the words that tell it; ``unstated`` has none."""
    title = role_title(reading)
    if _names_several(title.text):
        return Level.UNSTATED, None
    named = _named(title)
    if named is not None:
        return named
    found, evidence = _from_text(reading, title, years)
    optional = _OPTIONAL_SENIOR.search(title.folded.text)
    if found is Level.UNSTATED and optional is not None:
        return Level.MID, title.evidence(optional.start(1), optional.end(1), "level_word")
    return found, evidence


def _names_several(title: str) -> bool:
    """Several roles of different level, or several people and no level word."""
    nouns, plurals = role_nouns()
    parts = [words_of(part) for part in re.split(r"[,;]|\s&\s|\band\b", title)]
    roles = [part for part in parts if any(noun in part for noun in nouns)]
    if len(roles) > 1:
        levels = {next((rule.level for rule in level_rules() if _word_in(part, rule)), None) for part in roles}
        return len(levels) > 1
    words = words_of(title)
    return any(plural in words for plural in plurals) and not any(_word_in(words, rule) for rule in level_rules())


def _named(title: Passage) -> tuple[Level, Evidence | None] | None:
    words = words_of(_OPTIONAL_SENIOR.sub(" ", title.folded.text))
    found = [(rule, word) for rule in level_rules() if (word := _word_in(words, rule)) is not None]
    if not found:
        return None
    rule, word = _lower_of_choice(title.folded.text, found) or found[0]
    return rule.level, _quoted(title, word, "level_word")


def _word_in(words: str, rule: LevelRule) -> str | None:
    for exception in rule.exceptions:
        words = words.replace(exception, " ")
    for word in rule.words:
        if words.startswith(word[1:]) if word.startswith("^") else word in words:
            return word.removeprefix("^")
    return None


def _lower_of_choice(title: str, found: list[tuple[LevelRule, str]]) -> tuple[LevelRule, str] | None:
    """Two named levels side by side as a choice: the lower one."""
    for one, other in pairwise(found):
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


def _from_text(reading: Reading, title: Passage, years: YearsAsked | None) -> tuple[Level, Evidence | None]:
    description = reading.description
    if " manager " in words_of(title.text):
        manages = manages_people(description)
        if manages is not None:
            return Level.MANAGER, manages
    said = _stated(description)
    if said is not None:
        return said
    junior = _first_phrase(description, "junior")
    if junior is not None and (years is None or years.fewest < years_data()["few"]):
        return Level.JUNIOR, junior
    if years is not None:
        return _by_years(years), years.evidence
    for kind in (Level.SENIOR, Level.MID):
        phrase = _first_phrase(description, kind.value)
        if phrase is not None:
            return kind, phrase
    if " architect " in words_of(title.text):
        return Level(level_years()["architect"]), _quoted(title, "architect", "level_word")
    return Level.UNSTATED, None


def _first_phrase(description: Passage, kind: str) -> Evidence | None:
    for phrase in stated()[kind]:
        at = description.folded.text.find(phrase)
        if at >= 0:
            return description.evidence(at, at + len(phrase), "level_stated")
    return None


def _by_years(years: YearsAsked) -> Level:
    limits = level_years()
    for name in (Level.SENIOR, Level.MID):
        if years.fewest >= limits[name.value]:
            return name
    if years.most is not None and years.most > limits["mid"]:
        return Level.MID
    return Level.JUNIOR


def _stated(description: Passage) -> tuple[Level, Evidence | None] | None:
    """ "we are looking for a senior engineer" """
    text = description.folded.text
    for opening in stated()["before"]:
        at = text.find(opening)
        while at >= 0:
            start = at + len(opening)
            match = _LEVEL_SAID.match(text, start)
            if match:
                rule = next(rule for rule in level_rules() if words_of(match["level"]) in rule.words)
                return rule.level, description.evidence(match.start("level"), match.end("level"), "level_stated")
            at = text.find(opening, start)
    return None
