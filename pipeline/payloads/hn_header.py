"""The first line of a "Who is hiring?" comment: who hires for what, where and how.

Most write ``Company | Role | Place | REMOTE | Full-time | $150k``, in an order of their own; some label their lines
(``Company: Acme``), some write a sentence. What cannot be told apart is left out, and the header itself serves as the title.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.text import one_line

_LONGEST_TITLE = 150
_LONGEST_COMPANY = 60
_MOST_LABELLED_LINES = 8
_DOMAIN_ENDS = "com|org|net|io|ai|co|dev|app|tech|eu|de|uk|ca|us|me|xyz|fm|so|inc|pro|health|bio"
_ADDRESS = rf"(?:https?://[^\s\"'<>|()]+|(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:{_DOMAIN_ENDS})(?:/[^\s\"'<>|()]*)?(?![\w.]))"
_URL = re.compile(rf"\(\s*{_ADDRESS}\s*\)|(?<![\w.@]){_ADDRESS}", re.IGNORECASE)
_DECORATION = " \t*#_>~-–—:;,|"
_PROSE_AFTER = 90
"""A part that runs on into the first paragraph is judged by its beginning."""
_CLOSED = re.compile(r"^\W*(?:closed|filled|edit)\b\W*", re.I)
_CITY_AND_STATE = re.compile(
    r"^[A-ZÀ-Þ][\w.'’À-ÿ-]*(?: [A-ZÀ-Þ(][\w.'’)À-ÿ-]*){0,3}, ?(?P<state>[A-Z]{2}\b|[A-ZÀ-Þ][a-zà-ÿ]+(?: [A-Z][a-z]+)?)"
)
_BRACKETS = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]")
_SEEKING = re.compile(r"^seeking (?:freelancers?|work)\b", re.I)
_IS_HIRING = re.compile(
    r"^(?!(?:we|i|they|you|who|our|my|the team)\b)(?P<company>\w[^|.!?,]{1,58}?)\s+(?:is|are) (?:\w+ ){0,2}hiring\b", re.I
)
_AT_COMPANY = re.compile(r"^At (?P<company>[A-Z][^|.,!?]{1,58}?),? +(?:we|our)\b")
_HIRING_A = re.compile(r"\bhiring (?:for )?(?:an?|our|two|three|multiple|several)?\s*(?P<title>[^.!?|:;]{3,100})", re.I)
_ROLE_AT = re.compile(r"^(?P<title>.{3,100}) at (?P<company>[A-Z][\w&.'’ -]{1,58})$")


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says; None and empty where it cannot be told."""

    title: str
    """The role; the header's own words where no part names one."""
    company: str | None = None
    locations: tuple[str, ...] = ()
    """Parts that name a place or say remote, hybrid or on-site, verbatim."""
    employment: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    roles: re.Pattern[str]
    vague_roles: re.Pattern[str]
    workplace: re.Pattern[str]
    employment: re.Pattern[str]
    extras: re.Pattern[str]
    places: re.Pattern[str]
    places_first: re.Pattern[str]
    beside_places: re.Pattern[str]
    labels: Mapping[str, str]
    apply_marks: tuple[str, ...]


@cache
def _words() -> _Words:
    rows: Mapping[str, Any] = tomllib.loads(files("pipeline").joinpath("data/hn_header.toml").read_text(encoding="utf-8"))
    patterns = {
        name: re.compile(rf"(?<![\w$€£])(?:{'|'.join(rows[name])})(?!\w)", re.I)
        for name in ("roles", "vague_roles", "workplace", "employment", "extras", "places", "beside_places")
    }
    patterns["places_first"] = re.compile(rf"(?:{'|'.join(rows['places'])})\s*[,/&·+]\s*[A-ZÀ-Þ]", re.I)
    labels = {label: meaning for meaning, names in rows["labels"].items() for label in names}
    return _Words(**patterns, labels=labels, apply_marks=tuple(rows["apply"]["marks"]))


def read_header(text: str) -> Header | None:
    """Header of a comment's plain text; None where the text is blank.

    Args:
        text: the comment, one line a paragraph.
    """
    lines = [line for line in map(one_line, text.splitlines()) if line.strip(_DECORATION)]
    if not lines:
        return None
    labelled = _labelled(lines[:_MOST_LABELLED_LINES])
    if labelled:
        return labelled
    first = _CLOSED.sub("", lines[0]).strip(_DECORATION) or lines[0]
    parts = [part for part in _split(first) if part]
    return _from_parts(parts) if len(parts) > 1 else _from_sentence(first)


def is_way_to_apply(address: str) -> bool:
    """Whether a link leads to a posting or a careers page."""
    return any(mark in address.lower() for mark in _words().apply_marks)


def _labelled(lines: Iterable[str]) -> Header | None:
    """``Company: Acme`` and ``Role: Engineer`` on lines of their own."""
    found: dict[str, str] = {}
    for line in lines:
        label, colon, value = line.partition(":")
        meaning = _words().labels.get(label.strip(_DECORATION).lower())
        if colon and meaning and value.strip():
            found.setdefault(meaning, value.strip())
    if "title" not in found or "company" not in found:
        return None
    places = (found["location"],) if "location" in found else ()
    return Header(_shortened(found["title"]), _company(found["company"]), places, found.get("employment"))


def _split(line: str) -> list[str]:
    """Parts between bars, those inside brackets apart; between semicolons where there is no bar and enough of them."""
    separator = "|" if "|" in line else ";" if line.count(";") >= 2 else None
    if separator is None:
        return [line]
    parts, depth, start = [], 0, 0
    for at, char in enumerate(line):
        depth = depth + 1 if char == "(" else max(0, depth - 1) if char == ")" else depth
        if char == separator and not depth:
            parts.append(line[start:at])
            start = at + 1
    parts.append(line[start:])
    if len(parts) == 1:  # a bracket that never closes
        parts = line.split(separator)
    return [part.strip(_DECORATION) for part in parts]


def _from_parts(parts: Sequence[str]) -> Header:
    words = _words()
    parts = [part for part in parts if not _SEEKING.search(part)] or list(parts)
    kinds = [_kind(part) for part in parts]
    roles = [part for part, kind in zip(parts, kinds, strict=True) if kind == "role"]
    first_is_company = not (kinds[0] == "place" or words.workplace.match(parts[0]) or (kinds[0] == "role" and len(roles) == 1))
    if first_is_company:
        company: str | None = parts[0]
        roles = roles[1:] if kinds[0] == "role" else roles
        parts, kinds = parts[1:], kinds[1:]
    else:
        company = next((part for part, kind in zip(parts, kinds, strict=True) if kind == "other"), None)
    named = [role for role in roles if words.roles.search(words.vague_roles.sub(" ", role))] or roles
    places = [part for part, kind in zip(parts, kinds, strict=True) if kind in ("place", "workplace")]
    employment = [part[:_PROSE_AFTER] for part, kind in zip(parts, kinds, strict=True) if kind == "employment"]
    return Header(
        title=_shortened(" / ".join(named) if named else _leftover(company, parts)),
        company=_company(company) if company else None,
        locations=tuple(_shortened(place) for place in places),
        employment=", ".join(found for part in employment for found in words.employment.findall(part)) or None,
    )


def _kind(part: str) -> str:
    """What a part of the header is: url, role, place, workplace, employment, extra or other."""
    words = _words()
    plain = one_line(_URL.sub(" ", part)).strip(_DECORATION + "()")[:_PROSE_AFTER]
    outside = one_line(_BRACKETS.sub(" ", plain))
    if not plain:
        return "url"
    names_role = bool(words.roles.search(words.employment.sub(" ", outside)))
    if words.extras.match(plain):
        return "extra"
    if words.workplace.match(plain) and not names_role:
        return "workplace"
    if not names_role and _is_place(plain):
        return "place"
    if words.employment.match(outside) and not names_role:
        return "workplace" if words.workplace.search(outside) else "employment"
    if names_role or words.roles.fullmatch(outside):
        return "role"
    if words.workplace.search(plain):
        return "workplace"
    return "extra" if words.extras.search(plain) else "other"


def _is_place(part: str) -> bool:
    """Whether a part consists of known places and words that stand beside them, or has the form of ``City, ST``."""
    words = _words()
    found = _CITY_AND_STATE.match(part)
    if found and (found["state"].isupper() or words.places.fullmatch(found["state"])):
        return True
    if words.places_first.match(_BRACKETS.sub(" ", part)):
        return True
    rest = words.places.sub(" ", part)
    return rest != part and not re.search(r"\w", words.workplace.sub(" ", words.beside_places.sub(" ", _BRACKETS.sub(" ", rest))))


def _company(part: str) -> str | None:
    """The name without address, funding round and slogan: ``Acme (YC W23) - robots for bees`` is Acme."""
    name = re.split(r"\s+[–—-]{1,2}\s+|\s*\||\s+https?://", part)[0]
    name = re.sub(r"\s*[(\[].*$", "", name)
    bare = _URL.sub(" ", name).strip(_DECORATION)
    name = bare or re.sub(r"^https?://(?:www\.)?|/.*$", "", name.strip(_DECORATION))
    return name if name and len(name) <= _LONGEST_COMPANY else None


def _from_sentence(line: str) -> Header:
    """A header that is a sentence, or a role and its company around a dash."""
    roles = _words().roles
    bare = one_line(_URL.sub(" ", line))
    if found := _IS_HIRING.search(bare) or _AT_COMPANY.search(bare):
        said = _HIRING_A.search(bare)
        return Header(_shortened(said["title"] if said and roles.search(said["title"]) else line), _company(found["company"]))
    left, *right = re.split(r"\s[–—-]{1,2}\s", line, maxsplit=1)
    if right and roles.search(right[0]) and not roles.search(left) and len(left) <= _LONGEST_COMPANY:
        return Header(_shortened(right[0]), _company(left))
    if (found := _ROLE_AT.match(line)) and roles.search(found["title"]):
        return Header(_shortened(found["title"]), _company(found["company"]))
    return Header(_shortened(line))


def _leftover(company: str | None, parts: Sequence[str]) -> str:
    """The header without its addresses: the title of a comment that names no role."""
    said = [part for part in parts if part != company and _kind(part) != "url"]
    return " | ".join([company, *said] if company else said) or parts[0]


def _shortened(title: str) -> str:
    """A title on one line, without addresses, cut at a word where it is a whole paragraph."""
    title = one_line(_URL.sub(" ", title)).strip(_DECORATION) or title
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(_DECORATION) + " …"
