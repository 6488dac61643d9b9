"""Where a remote worker may live: worldwide, countries, states of the US and Canada, regions, as the posting names them."""

from __future__ import annotations

import re

from classifiers.places.names import codes_in, is_only_names
from classifiers.reading import Reading
from classifiers.remote.features import Witnesses
from classifiers.remote.meaning import Meaning
from pipeline.folding import fold

_CLAUSE_MEANINGS = frozenset({Meaning.FULL, Meaning.FIRST, Meaning.MENTION})
_NEAR = 90
"""Characters from the anchor in which a clause's places are those of the worker."""
_REMOTE_WITHIN = re.compile(r"\bremote(ly)? (within|in|from)\b")
_DEMAND = re.compile(
    r"\b(must|should|have to|need to|required to|able to|only)( \w+)? (be )?(reside|residing|live|living|located|based|domiciled)"
    r" (in|within|anywhere in)\b[^.;\n]{0,80}"
    r"|\bmust be (a )?(us|u\.s\.|usa|uk|eu|canada|europe)[- ](based|resident)\b|\b(us|usa|uk|eu|canada|europe)[- ]based only\b"
    r"|\b(work|working) remotely (from|within|in) (anywhere (in|within) )?[^.;\n]{0,40}"
)


def scope_of(reading: Reading, seen: Witnesses) -> tuple[str, ...] | None:
    """Codes and names in the order of the text; None where the posting names no place that a remote worker may live in."""
    listed = codes_in(" ; ".join(place for name in ("field_places",) for f in seen.fields.get(name, ()) for place in f.places))
    if listed:
        return listed
    stated = _from_location(reading, seen) or _from_clauses(reading, seen) or _from_demand(reading)
    return stated or None


def _from_location(reading: Reading, seen: Witnesses) -> tuple[str, ...]:
    """A location that says "Remote (US)", or names nothing but a country."""
    text = reading.location.text
    if not text.strip():
        return ()
    codes = codes_in(text)
    if seen.has("location_full", "location_mention", "location_first"):
        folded = fold(text).text
        within = _REMOTE_WITHIN.search(folded)
        return (codes_in(folded[within.start() :]) if within else ()) or codes
    return codes if codes and is_only_names(text) and not any("-" in code for code in codes) else ()


def _from_clauses(reading: Reading, seen: Witnesses) -> tuple[str, ...]:
    for name in ("title", "text"):
        for key, windows in ((key, found) for key, found in seen.windows.items() if key.startswith(name)):
            for window in windows:
                if window.meaning not in _CLAUSE_MEANINGS and not (window.meaning is Meaning.BARE and _is_label(key)):
                    continue
                start, end = max(window.clause_start, window.start - _NEAR // 2), min(window.clause_end, window.end + _NEAR)
                first, last = window.passage.folded.span(start, end)
                codes = codes_in(window.passage.text[first:last], is_sentence=True)
                if codes:
                    return codes
    return ()


def _from_demand(reading: Reading) -> tuple[str, ...]:
    """ "You must reside in Germany", "US-based only": a demand on where the worker lives, wherever it stands."""
    for passage in (reading.title, reading.description):
        text = passage.folded.text
        for match in _DEMAND.finditer(text):
            codes = codes_in(passage.text[slice(*passage.folded.span(match.start(), match.end()))], is_sentence=True)
            if codes:
                return codes
    return ()


def _is_label(key: str) -> bool:
    return key.endswith("_label") or key.startswith("title")
