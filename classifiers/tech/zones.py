"""Zones: which part of a posting a word stands in, told by the headings above it.

The headings are ``classifiers/data/tech/zones.toml``. Many postings have lost their line breaks, so that a heading stands between
two sentences: there it must begin with a capital and be followed by one, or by a colon.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from classifiers.matching import Hit, Term, longest
from classifiers.reading import Passage
from pipeline.folding import fold

LEXICON = "zone"
_LONGEST_HEADING = 60
_LONGEST_REST = 40
_DECORATION = re.compile(r"[\W\d_]*", re.UNICODE)
_BULLET = re.compile(r"\s*(?:[-•*+o·]|\d+[.)])\s")
_UNKNOWN_HEADING = re.compile(r"^(?![-•*])[^\n:.]{3,60}:$", re.MULTILINE)
# "Requirements Python, SQL": single words that are headings even inside a line, where capitals stand on both sides
_PLAIN_HEADINGS = frozenset(
    {"requirements", "responsibilities", "qualifications", "benefits", "duties", "anforderungen", "aufgaben"}
)


class Zone(StrEnum):
    """What a part of a posting is about."""

    INTRO = "intro"
    ABOUT = "about"
    DUTIES = "duties"
    REQUIRED = "required"
    PREFERRED = "preferred"
    STACK = "stack"
    BENEFITS = "benefits"
    LEGAL = "legal"
    PROCESS = "process"
    OTHER = "other"


_LABELS = frozenset({Zone.ABOUT, Zone.BENEFITS, Zone.LEGAL, Zone.PROCESS})


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones of one passage, in order."""

    starts: tuple[int, ...]
    """Folded offsets, ascending; the first is 0."""
    kinds: tuple[Zone, ...]

    def at(self, offset: int) -> Zone:
        """The zone of a folded offset."""
        return self.kinds[bisect_right(self.starts, offset) - 1]


@cache
def terms() -> tuple[Term, ...]:
    """The headings, for the shared matching pass; the key is the zone."""
    data = tomllib.loads((files("classifiers") / "data" / "tech" / "zones.toml").read_text(encoding="utf-8"))
    found: dict[str, Term] = {}
    for kind in Zone:
        for heading in data.get(kind.value, {}).get("headings", ()):
            pattern = fold(heading).text
            found.setdefault(pattern, Term(LEXICON, pattern, kind.value))
    return tuple(found.values())


def zones_of(passage: Passage, company: str | None) -> Zones:
    """Split a description into zones at its headings."""
    text = passage.folded.text
    marks: dict[int, Zone] = {0: Zone.INTRO}
    for match in _UNKNOWN_HEADING.finditer(text):
        marks[match.start()] = Zone.OTHER
    for hit in longest(hit for hit in passage.hits.get(LEXICON, ()) if _is_heading(passage, hit)):
        zone = Zone(hit.term.key)
        marks[_line_start(text, hit.start) if _opens_line(text, hit.start) else hit.start] = zone
        end = text.find("\n", hit.end)
        if zone in _LABELS and end >= 0 and text[hit.end] == ":" and text[hit.end + 1 : end].strip():
            marks.setdefault(end + 1, Zone.OTHER)  # "Compensation: $90,000" is a label for its line only
    for start in _about_company(text, company):
        marks[start] = Zone.ABOUT
    starts = sorted(marks)
    return Zones(tuple(starts), tuple(marks[s] for s in starts))


def _about_company(text: str, company: str | None) -> list[int]:
    """Lines such as "About Acme"."""
    name = fold(company or "").text.strip()
    if not name:
        return []
    return [m.start() for m in re.finditer(rf"^\W*about {re.escape(name.split()[0])}\b[^\n]{{0,40}}$", text, re.MULTILINE)]


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _opens_line(text: str, start: int) -> bool:
    return _DECORATION.fullmatch(text, _line_start(text, start), start) is not None


def _is_heading(passage: Passage, hit: Hit) -> bool:
    text = passage.folded.text
    end = text.find("\n", hit.end)
    rest = text[hit.end : end if end >= 0 else len(text)]
    if _opens_line(text, hit.start):
        if rest.startswith(":") or _DECORATION.fullmatch(rest):
            return True
        bulleted = _BULLET.match(text, _line_start(text, hit.start)) is not None
        if " " in hit.term.pattern and len(rest) <= _LONGEST_REST and not bulleted and not re.search(r"[.,;]", rest.rstrip(" .")):
            return True
    return _stands_between_sentences(passage, hit)


def _stands_between_sentences(passage: Passage, hit: Hit) -> bool:
    """ "... across teams What you'll do Design, build" """
    start, end = passage.folded.span(hit.start, hit.end)
    raw = passage.text
    if not raw[start].isupper():
        return False
    after = raw[end : end + 4].lstrip(" \u00a0*-–—")
    if after.startswith(":"):
        return True
    if not (" " in hit.term.pattern or hit.term.pattern in _PLAIN_HEADINGS):
        return False
    return bool(after) and (after[0].isupper() or after[0] in "•·●▪") and raw[end : end + 1] != "-"
