"""Quotes as pages show them: words between quotation marks, a source's own fields without the signs that only machines read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_KEY = r"[A-Za-z][\w.-]{0,60}="
_FIRST, _NEXT = re.compile(_KEY), re.compile(rf", (?={_KEY})")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SIGNS = re.compile(r'[\[\]{}"]')
"""What is left of a value that was cut, as ``["Poland", "Germ…``."""
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Figures stay as they are written."""


def quoted(quote: str) -> str:
    """A quote: ``“We have no offices.”``; of a field, ``applicant location requirements: Poland, Germany``.

    Args:
        quote: words of the posting; or one or several ``key=value`` of the source, the values as they are or as JSON, the last
            perhaps cut.
    """
    pairs = list(_pairs(quote))
    return "; ".join(f"{_name(key)}: {value}" for key, value in pairs) if pairs else f"“{quote}”"


def _pairs(quote: str) -> Iterator[tuple[str, str]]:
    """Key and value in words; nothing where the quote does not begin with a key and hold a value."""
    at = 0
    while (found := _FIRST.match(quote, at)) and found.end() < len(quote):
        value, end = _value(quote, found.end())
        yield found.group()[:-1], value
        at = end + len(", ")


def _value(quote: str, start: int) -> tuple[str, int]:
    """The value that begins at a place, in words, and where it ends."""
    try:
        value, end = _DECODER.raw_decode(quote, start)
    except ValueError:
        pass
    else:
        if end == len(quote) or _NEXT.match(quote, end):
            return _in_words(value), end
    following = _NEXT.search(quote, start)
    end = following.start() if following else len(quote)
    return _SIGNS.sub("", quote[start:end]), end


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{_name(str(key))} {_in_words(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_in_words, value))
    return "nothing" if value is None else str(value)


def _name(key: str) -> str:
    """``applicantLocationRequirements`` in words."""
    return _HUMP.sub(" ", key).replace("_", " ").lower()
