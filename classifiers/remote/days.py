"""Office days a week, as a clause states them: "three days a week in our office", "2 Tage Homeoffice", "twice a month on site"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "days.toml"
_WEEK = 5.0
_WEEKS_A_MONTH = 4.0
_FEW = 3
_JUST_BEFORE = 16
"""Characters."""
_WHOLE_WORD = 3
"""Letters of an abbreviation ("mon"), which has no endings."""


@dataclass(frozen=True, slots=True)
class Days:
    """Fewest office days a week, and where in the clause that is said."""

    office: float | None
    """None where only the most is said ("up to 3 days in the office")."""
    start: int
    end: int


@cache
def _words() -> tuple[dict[str, int], dict[str, str]]:
    data: dict[str, Any] = tomllib.loads((files("classifiers") / "data" / "remote" / FILE).read_text(encoding="utf-8"))
    return data["numbers"], data["words"]


@cache
def _weekdays() -> tuple[Mapping[str, int], re.Pattern[str]]:
    """Number of each weekday's spelling, Monday being 0, and the expression of a run of weekdays."""
    data: dict[str, Any] = tomllib.loads((files("classifiers") / "data" / "remote" / FILE).read_text(encoding="utf-8"))
    numbers = {name: number for number, names in enumerate(data["weekdays"].values()) for name in names}
    day = rf"(?:{'|'.join(sorted(numbers, key=len, reverse=True))})\w*"
    words = data["words"]
    return numbers, re.compile(
        rf"\b(?P<first>{day})(?:{words['through']}(?P<last>{day})|(?P<others>(?:{words['beside']}{day})*))\b"
    )


@cache
def _pattern() -> re.Pattern[str]:
    """Named groups: ``most``, ``low``, ``high``, ``unit``, ``span``."""
    numbers, words = _words()
    number = rf"(?:[1-7](?:[.,]5)?|{'|'.join(sorted(numbers, key=len, reverse=True))})"
    again = r"(?: ?\(\d\))?"
    count = rf"(?P<low>{number}){again}(?: ?{words['between']} ?(?P<high>{number}){again})?"
    unit = rf"(?P<unit>(?:[- ]{words['kind_of_day']})?[- ]?{words['days']}\b|(?<=once)|(?<=twice))"
    span = rf"(?P<span>{words['week']}|{words['month']}|{words['long_span']})"
    every = rf"(?:(?: |/|-)?(?:{words['place_before_span']} )?{words['a']} ?{span})?"
    return re.compile(rf"(?P<most>{words['most']} )?(?<![\w$€£.,]){count}\+? ?{unit}{every}")


@cache
def _sides() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    _, words = _words()
    where = rf"(?P<where>{words['office']}|{words['home']})"
    time = r"(?:of (?:the|your|their|working) (?:time|week|hours) )"
    way = r"(?:(?:is |are |will be )?(?:spent |worked )?(?:in|from|at) (?:(?:the|our|your) )?(?:[\w'-]+ )??)?"
    share = rf"(?P<share>\d{{1,3}}) ?(?:%|percent) {time}?{way}{where}"
    return re.compile(words["office"]), re.compile(words["home"]), re.compile(words["month"]), re.compile(share)


def office_days(clause: str) -> Days | None:
    """The fewest office days a week that a folded clause asks for; None where it states none."""
    for match in _pattern().finditer(clause):
        span = match.group("span") or ""
        if re.fullmatch(_words()[1]["long_span"], span):
            continue
        side = _side(clause, match.start(), match.end())
        if side is None:
            continue
        low, high = _number(match.group("low")), _number(match.group("high") or match.group("low"))
        if span and _sides()[2].fullmatch(span):
            low, high = low / _WEEKS_A_MONTH, high / _WEEKS_A_MONTH
        if max(low, high) > _WEEK or (not span and match.group("unit").strip(" -") in ("", "x", "times")):
            continue
        if side == "home":
            return Days(_WEEK - max(low, high), match.start(), match.end())
        return Days(None if match.group("most") else min(low, high), match.start(), match.end())
    return _share(clause) or _named(clause)


def _named(clause: str) -> Days | None:
    """Weekdays by name: "on site Monday to Thursday", "work from home on Fridays"."""
    numbers, pattern = _weekdays()
    for match in pattern.finditer(clause):
        side = _side_before(clause, match.start()) or _side(clause, match.start(), match.end())
        named = [
            number
            for name, number in sorted(numbers.items(), key=lambda item: item[1])
            for word in re.findall(r"[\w-]+", match.group())
            if word == name or word.rstrip("s") == name or (len(name) > _WHOLE_WORD and word.startswith(name))
        ]
        days = max(named) - min(named) + 1 if match.group("last") and named else len(set(named))
        if side is None or not 0 < days < _WEEK or (days > _FEW and not _is_shared(clause)):
            continue  # "Monday to Thursday in the office" may be four long shifts
        return Days(float(days) if side == "office" else _WEEK - days, match.start(), match.end())
    return None


def _side_before(clause: str, start: int) -> str | None:
    """The side named just before a weekday ("in the office on Mondays")."""
    before = clause[max(0, start - _JUST_BEFORE) : start]
    found = [(match.end(), name) for name, at in (("office", 0), ("home", 1)) for match in _sides()[at].finditer(before)]
    return max(found)[1] if found else None


def _is_shared(clause: str) -> bool:
    """Whether the week is said to be shared between home and office."""
    return re.search(_words()[1]["hybrid"], clause) is not None or all(side.search(clause) for side in _sides()[:2])


def _share(clause: str) -> Days | None:
    match = _sides()[3].search(clause)
    if match is None or int(match.group("share")) in (0, 100):
        return None
    office = int(match.group("share")) / 100 * _WEEK
    at_home = _sides()[1].fullmatch(match.group("where")) is not None
    return Days(_WEEK - office if at_home else office, match.start(), match.end())


def _side(clause: str, start: int, end: int) -> str | None:
    """``office`` or ``home``: the nearer word of place, what follows counting as nearer; days of a hybrid job are office days."""
    best: tuple[int, str] | None = None
    for name, pattern in (("office", _sides()[0]), ("home", _sides()[1])):
        for match in pattern.finditer(clause):
            distance = (
                match.start() - end if match.start() >= end else (start - match.end()) * 2 + 12 if match.end() <= start else 0
            )
            if distance <= 90 and (best is None or distance < best[0]):
                best = (distance, name)
    if best is None:
        return "office" if re.search(_words()[1]["hybrid"], clause) else None
    return best[1]


def _number(word: str) -> float:
    numbers, _ = _words()
    return float(numbers[word]) if word in numbers else float(word.replace(",", "."))
