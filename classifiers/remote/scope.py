"""Where a remote worker may live: worldwide, countries, states of the US and Canada, regions, as the posting names them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from classifiers.reading import Reading
from classifiers.remote.features import Witnesses
from classifiers.remote.meaning import Meaning
from pipeline.folding import fold

FILE = "places.toml"
WORLDWIDE = "worldwide"
_CLAUSE_MEANINGS = frozenset({Meaning.FULL, Meaning.FIRST, Meaning.MENTION})
_NEAR = 90
"""Characters from the anchor in which a clause's places are those of the worker."""
_HOURS_WITH = re.compile(r"\boverlap\w*( \w+){0,3} (with|to|of)( the)? $")
_REMOTE_WITHIN = re.compile(r"\bremote(ly)? (within|in|from)\b")
_DEMAND = re.compile(
    r"\b(must|should|have to|need to|required to|able to|only)( \w+)? (be )?(reside|residing|live|living|located|based|domiciled)"
    r" (in|within|anywhere in)\b[^.;\n]{0,80}"
    r"|\bmust be (a )?(us|u\.s\.|usa|uk|eu|canada|europe)[- ](based|resident)\b|\b(us|usa|uk|eu|canada|europe)[- ]based only\b"
    r"|\b(work|working) remotely (from|within|in) (anywhere (in|within) )?[^.;\n]{0,40}"
)
_STATE_LIST = re.compile(r"\b[A-Z]{2}(?:(?:, ?(?:or |and )?| or | and )[A-Z]{2})+\b")


@cache
def _places() -> tuple[Mapping[str, str], re.Pattern[str], frozenset[str], frozenset[str]]:
    """Code by name, the expression that finds every name (longest first), codes of states, words vague in a sentence."""
    data: dict[str, Any] = tomllib.loads((files("classifiers") / "data" / "remote" / FILE).read_text(encoding="utf-8"))
    codes: dict[str, str] = {}
    for table in ("regions", "countries", "states"):
        for code, names in data[table].items():
            for name in names:
                codes.setdefault(fold(name).text, code)
    for word in data["worldwide"]["words"]:
        codes.setdefault(fold(word).text, WORLDWIDE)
    names = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True))
    vague = frozenset(fold(word).text for word in data["worldwide"]["vague"])
    return codes, re.compile(rf"(?<![\w&])(?:{names})(?![\w&])"), frozenset(data["states"]), vague


def scope_of(reading: Reading, seen: Witnesses) -> tuple[str, ...] | None:
    """Codes and names in the order of the text; None where the posting names no place that a remote worker may live in."""
    listed = _codes(" ; ".join(place for name in ("field_places",) for f in seen.fields.get(name, ()) for place in f.places))
    if listed:
        return listed
    stated = _from_location(reading, seen) or _from_clauses(reading, seen) or _from_demand(reading)
    return stated or None


def _from_location(reading: Reading, seen: Witnesses) -> tuple[str, ...]:
    """A location that says "Remote (US)", or names nothing but a country."""
    text = reading.location.text
    if not text.strip():
        return ()
    codes = _codes(text)
    if seen.has("location_full", "location_mention", "location_first"):
        folded = fold(text).text
        within = _REMOTE_WITHIN.search(folded)
        return (_codes(folded[within.start() :]) if within else ()) or codes
    rest = _places()[1].sub("", fold(text).text)
    return codes if codes and not any(c.isalpha() for c in rest) and not any("-" in code for code in codes) else ()


def _from_clauses(reading: Reading, seen: Witnesses) -> tuple[str, ...]:
    for name in ("title", "text"):
        for key, windows in ((key, found) for key, found in seen.windows.items() if key.startswith(name)):
            for window in windows:
                if window.meaning not in _CLAUSE_MEANINGS and not (window.meaning is Meaning.BARE and _is_label(key)):
                    continue
                start, end = max(window.clause_start, window.start - _NEAR // 2), min(window.clause_end, window.end + _NEAR)
                first, last = window.passage.folded.span(start, end)
                codes = _codes(window.passage.text[first:last], is_sentence=True)
                if codes:
                    return codes
    return ()


def _from_demand(reading: Reading) -> tuple[str, ...]:
    """ "You must reside in Germany", "US-based only": a demand on where the worker lives, wherever it stands."""
    for passage in (reading.title, reading.description):
        text = passage.folded.text
        for match in _DEMAND.finditer(text):
            codes = _codes(passage.text[slice(*passage.folded.span(match.start(), match.end()))], is_sentence=True)
            if codes:
                return codes
    return ()


def _is_label(key: str) -> bool:
    return key.endswith("_label") or key.startswith("title")


def _codes(text: str, is_sentence: bool = False) -> tuple[str, ...]:
    """Codes of the places named in a text, each once; a country is left out where states of it are named.

    "Overlap with Ireland" names hours, not a place to live in. In a sentence "global" speaks of the company.
    """
    names, pattern, states, vague = _places()
    folded = fold(text).text
    matches = [m for m in pattern.finditer(folded) if not _HOURS_WITH.search(folded, 0, m.start())]
    found = [names[m.group()] for m in matches if not (is_sentence and m.group() in vague)]
    for match in _STATE_LIST.finditer(text):
        found += [code for code in (f"US-{letters}" for letters in re.findall(r"[A-Z]{2}", match.group())) if code in states]
    return _narrowed(dict.fromkeys(found))


def _narrowed(codes: Iterable[str]) -> tuple[str, ...]:
    listed = list(codes)
    narrow = {code.partition("-")[0] for code in listed if re.fullmatch(r"[A-Z]{2}-[A-Z]{2}", code)}
    others = [code for code in listed if code != WORLDWIDE]
    return tuple(code for code in (others or listed) if code not in narrow)


@cache
def comparable() -> frozenset[str]:
    """Every code that a scope may hold apart from phrases of time zones."""
    return frozenset(code for code in _places()[0].values() if "time zone" not in code)
