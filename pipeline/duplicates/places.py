"""Places of a location text, for comparing: cities by one name, areas as codes, and whether two postings can be in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from pipeline.countries import country_code
from pipeline.duplicates.tables import table
from pipeline.folding import fold_name

# "or" and "and" in small letters only: OR is Oregon
_PARTS = re.compile(r"[;|/•\n+&()\[\]]|(?<=\s)(?:or|and|oder|und)(?=\s)")
_PIECES = re.compile(r",|\s[-–—]\s|:")
_STATE_CODE = re.compile(r"[A-Z]{2,3}")
_NOT_WORDS = re.compile(r"[^\w]+")
_MOST = 12
"""Parts of a location text that are read; "anywhere" lists of hundreds of places say no more than their beginning."""


class Closeness(IntEnum):
    """How well two postings' places agree; the greater the better."""

    APART = 0
    """Different cities, or different countries."""
    POSSIBLE = 1
    """One names a city, the other none, and no country speaks against it."""
    SHARED = 2
    """One names more places than the other."""
    SAME = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One place: a city, an area, or a city in an area."""

    city: str = ""
    """Folded; "" where none is named."""
    areas: frozenset[str] = frozenset()
    """Codes that the area may mean: ``{"US-GA", "GE"}`` for Georgia; empty where none is named."""


@dataclass(frozen=True, slots=True)
class _Areas:
    by_name: Mapping[str, frozenset[str]]
    by_code: Mapping[str, frozenset[str]]


@cache
def _areas() -> _Areas:
    data = table("places")
    groups = {f"@{name}": codes.split() for name, codes in data["groups"].items()}
    names: dict[str, set[str]] = {}
    codes: dict[str, set[str]] = {}
    for country, listed in data["states"].items():
        for row in listed.replace("\n", "").split("|"):
            code, _, name = row.partition(" ")
            codes.setdefault(code.lower(), set()).add(f"{country}-{code}")
            names.setdefault(name, set()).add(f"{country}-{code}")
    for region, members in data["regions"].items():
        names.setdefault(region, set()).update(code for word in members.split() for code in groups.get(word, [word]))
    return _Areas({k: frozenset(v) for k, v in names.items()}, {k: frozenset(v) for k, v in codes.items()})


@cache
def _nowhere() -> frozenset[str]:
    return frozenset(table("places")["nowhere"].split())


@lru_cache(maxsize=4096)
def places(location: str | None) -> tuple[Place, ...]:
    """The places that a location text names, in order, each once; empty for "Remote" and for nothing."""
    found = (_place(part) for part in _PARTS.split(location or "")[:_MOST])
    named = tuple(dict.fromkeys(place for place in found if place is not None))
    # "Berlin (Germany)", "Remote - US; Austin": an area that stands by itself beside a city in it adds nothing
    return tuple(one for one in named if one.city or not any(_within(other, one) for other in named if other != one))


def closeness(some: Iterable[Place], others: Iterable[Place]) -> Closeness:
    """How well the places of two postings agree."""
    ours, theirs = frozenset(some), frozenset(others)
    if ours == theirs:
        return Closeness.SAME
    if not all((_meet(ours, theirs), _cities(ours), _cities(theirs))):
        # one names no city: its countries must hold the other's
        areas_agree = not ours or not theirs or any(_compatible(one.areas, other.areas) for one in ours for other in theirs)
        is_without_city = not _cities(ours) or not _cities(theirs)
        return Closeness.POSSIBLE if areas_agree and is_without_city else Closeness.APART
    if _cities(ours) == _cities(theirs) and all(any(_is_one(one, other) for other in theirs) for one in ours):
        return Closeness.SAME
    return Closeness.SHARED


def words(place: Place) -> str:
    """A place as words, for keys: its city, or its areas where there is none."""
    return place.city or "|".join(sorted(place.areas))


def _cities(named: frozenset[Place]) -> frozenset[str]:
    return frozenset(place.city for place in named if place.city)


def _meet(ours: frozenset[Place], theirs: frozenset[Place]) -> bool:
    return any(one.city and _is_one(one, other) for one in ours for other in theirs)


def _is_one(one: Place, other: Place) -> bool:
    return one.city == other.city and _compatible(one.areas, other.areas)


def _compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two areas can be one, or one lies in the other; what is not named can be anywhere."""
    return not one or not other or any(a == b or a.startswith(b + "-") or b.startswith(a + "-") for a in one for b in other)


def _within(inner: Place, outer: Place) -> bool:
    """Whether a city with an area lies in a bare area."""
    return bool(inner.city) and bool(inner.areas) and _compatible(inner.areas, outer.areas)


def _place(part: str) -> Place | None:
    city, areas = "", frozenset[str]()
    pieces = [words for piece in _PIECES.split(part) for words in _split_area(piece) if words]
    for number, piece in enumerate(pieces):
        named = _area(piece, is_alone=len(pieces) == 1, is_first=number == 0)
        if named:
            areas = _refined(areas, named)
        elif not city:
            city = table("places")["same"].get(piece, piece)
    return Place(city, areas) if city or areas else None


def _split_area(piece: str) -> tuple[str, ...]:
    """The words of a piece, and those of an area that ends it without a comma: "Austin TX", "Munich Germany"."""
    head, _, last = piece.strip().rpartition(" ")
    is_state = bool(_STATE_CODE.fullmatch(last)) and last.lower() in _areas().by_code
    is_country = len(last) > 3 and country_code(last) is not None
    is_split = bool(head) and (is_state or is_country) and country_code(piece.strip()) is None
    return (_bare(head), _bare(last)) if is_split else (_bare(piece),)


def _bare(piece: str) -> str:
    """The words of a piece that name a place: folded, without those on remote work and "Greater ... Area"."""
    if _STATE_CODE.fullmatch(piece.strip()) and piece.strip().lower() in _areas().by_code:  # IN and OR are no words here
        return piece.strip().lower()
    listed = _NOT_WORDS.sub(" ", fold_name(piece)).split()
    if " ".join(listed) in table("places")["same"]:
        return " ".join(listed)
    return " ".join(word for word in listed if word not in _nowhere() and not word.isdigit())


def _area(words: str, is_alone: bool, is_first: bool) -> frozenset[str]:
    """The codes of an area's name; none for a city. "New York" is the city unless one stands before it; "CA" may be two areas."""
    same = table("places")["same"]
    if is_first and (words in same or words in same.values()):
        return frozenset()
    found = set(_areas().by_name.get(words, ()))
    if len(words) == 2 or not found:
        found |= _areas().by_code.get(words, frozenset()) if not is_first or is_alone else frozenset()
    code = country_code(words)
    return frozenset(found | ({code} if code else set()))


def _refined(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """What two names of one place say together: "Texas, United States" is the state."""
    if not one:
        return other
    both = {max(a, b, key=len) for a in one for b in other if a == b or a.startswith(b + "-") or b.startswith(a + "-")}
    return frozenset(both) or one
