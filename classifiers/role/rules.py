"""The rules on titles, as data: ``classifiers/data/role/*.toml``, read once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.folding import fold
from pipeline.vocabulary import EmploymentType, Level, RoleFamily

_FILES = ("level.toml", "family.toml", "employment.toml", "years.toml")
# "(m/w/d)", "(H/F)", "Entwickler:in", "Desenvolvedor (a)": marks of gender that split words
_GENDER = re.compile(
    r"\(?\b[mwfhdvxi](?:\s?/\s?[mwfhdvxi*]){1,3}\b\)?|(?<=\w)(?:[:*/_]|/-)in(?:nen)?\b"
    r"|\((?:a|e|o|in|as|os|m|f)\)|\ball genders\b|\bgn\b"
)
_SEPARATOR = re.compile(r"[^\w+#.&'-]+|(?<!\w)(?:[-']+|\.+(?!net\b))|[-.']+(?!\w)|(?<=\w)-(?=\w)")


@dataclass(frozen=True, slots=True)
class LevelRule:
    """The words of one level, and the phrases that hold such a word and mean something else."""

    level: Level
    words: tuple[str, ...]
    """Between blanks; one that begins with ``^`` counts only at the title's beginning."""
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyPhrase:
    """A phrase and how much it says of a role family."""

    phrase: str
    family: RoleFamily
    weight: int


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("classifiers") / "data" / "role" / name).read_text(encoding="utf-8"))


def words_of(text: str) -> str:
    """A text as folded words between single blanks, with a blank at both ends, without marks of gender.

    "Senior Entwickler:in (m/w/d) C#/.NET" gives " senior entwickler c# .net ".
    """
    folded = _GENDER.sub(" ", fold(text).text)
    return f" {' '.join(_SEPARATOR.sub(' ', folded).split())} "


@cache
def level_rules() -> tuple[LevelRule, ...]:
    """In order of precedence."""
    data = _data("level.toml")
    return tuple(
        LevelRule(Level(name), _phrases(table["words"]), _phrases(table.get("except", ())))
        for name, table in data.items()
        if "words" in table
    )


def _phrases(listed: Any) -> tuple[str, ...]:
    marked = {("^" if str(phrase).startswith("^") else "") + words_of(str(phrase)) for phrase in listed}
    return tuple(sorted(marked, key=lambda phrase: (-len(phrase), phrase)))


@cache
def level_years() -> Mapping[str, Any]:
    """Years at which the levels begin."""
    years: Mapping[str, Any] = _data("level.toml")["years"]
    return years


@cache
def role_nouns() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Nouns that make a part of a title a role of its own, and those that speak of several people."""
    roles = _data("level.toml")["roles"]
    return _phrases(roles["nouns"]), _phrases(roles["plurals"])


@cache
def stated() -> Mapping[str, tuple[str, ...]]:
    """Phrases of a text that name the level."""
    return {name: tuple(fold(p).text for p in listed) for name, listed in _data("level.toml")["stated"].items()}


@cache
def family_phrases() -> tuple[FamilyPhrase, ...]:
    """The longest first, so that "product designer" is read before "product"."""
    found: dict[str, FamilyPhrase] = {}
    for name, table in _data("family.toml").items():
        for weight, listed in table.items():
            for phrase in listed:
                found.setdefault(words_of(phrase), FamilyPhrase(words_of(phrase), RoleFamily(name), int(weight)))
    return tuple(sorted(found.values(), key=lambda p: (-len(p.phrase), p.phrase)))


@cache
def family_order() -> tuple[RoleFamily, ...]:
    """The families as the file lists them: the first wins a tie."""
    return tuple(RoleFamily(name) for name in _data("family.toml"))


@cache
def years_data() -> Mapping[str, Any]:
    """How postings ask for years of experience."""
    return _data("years.toml")


@cache
def employment_phrases() -> tuple[tuple[str, EmploymentType], ...]:
    """Phrases for each type of employment, in order of precedence."""
    tables = _data("employment.toml")
    return tuple(
        (words_of(phrase), EmploymentType(name))
        for key in ("before_others", "phrases")
        for name, table in tables.items()
        for phrase in table.get(key, ())
    )


@cache
def version() -> str:
    """``role-`` and eight hexadecimal digits of the rules."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((files("classifiers") / "data" / "role" / name).read_bytes())
    return f"role-{digest.hexdigest()[:8]}"
