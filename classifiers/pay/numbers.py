"""Numbers as they are written in postings, whatever the locale: ``60.000``, ``60 000``, ``1,50,000``, ``110'000``, ``70.23``."""

from __future__ import annotations

import re
from typing import Final

_SEPARATORS: Final = re.compile(r"[.,' ]")
_SAFE_DIGITS: Final = 15


def parse_number(text: str) -> float | None:
    """The value of a number, or None where its separators fit no locale.

    The last separator is a decimal one where one or two digits follow it and it stands once; three digits after a separator
    are thousands ("60.000"), also in Indian grouping ("1,50,000"). A leading zero makes a decimal ("0.125") or a label ("042026").
    """
    text = text.replace(" ,", ",")
    groups = _SEPARATORS.split(text)
    if sum(map(len, groups)) > _SAFE_DIGITS:
        return None
    if len(groups) == 1:
        return None if text[0] == "0" and len(text) > 1 else float(text)
    separators = _SEPARATORS.findall(text)
    last = separators[-1]
    tail = len(groups[-1])
    is_decimal = separators.count(last) == 1 and last in ".," and (tail < 3 or (tail == 4 and last == ".") or groups[0] == "0")
    whole = groups[:-1] if is_decimal else groups
    if not _are_grouped(whole, separators[: len(whole) - 1]):
        return None
    return float("".join(whole) + ("." + groups[-1] if is_decimal else ""))


def _are_grouped(groups: list[str], separators: list[str]) -> bool:
    """Thousands by one separator: groups of three, or the Indian two, two and three."""
    if len(groups) == 1:
        return True
    head, *middle, tail = groups
    if len(set(separators)) != 1 or not 1 <= len(head) <= 3 or len(tail) != 3:
        return False
    return all(len(group) == 3 for group in middle) or (
        separators[0] == "," and len(head) < 3 and all(len(group) == 2 for group in middle)
    )
