"""The cues: regular expressions of ``classifiers/data/remote/cues.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

FILE = "cues.toml"


@cache
def cue(name: str, part: str) -> re.Pattern[str] | None:
    """The expression of a cue for ``before``, ``after``, the whole ``clause`` or ``unless`` (takes the cue back).

    None where the cue has none there.
    """
    table = _tables()[name]
    listed = table.get(part)
    if listed is None:
        return None
    return re.compile("|".join(f"(?:{item})" for item in listed) if isinstance(listed, list) else listed)


@cache
def _tables() -> dict[str, dict[str, list[str] | str]]:
    tables: dict[str, dict[str, list[str] | str]] = tomllib.loads(
        (files("classifiers") / "data" / "remote" / FILE).read_text(encoding="utf-8")
    )
    return tables


def holds(name: str, clause: str, start: int, end: int) -> bool:
    """Whether a cue stands in a clause whose anchor is ``clause[start:end]``."""
    before, after, whole = cue(name, "before"), cue(name, "after"), cue(name, "clause")
    unless = cue(name, "unless")
    if unless is not None and unless.search(clause):
        return False
    return bool(
        (before is not None and before.search(clause[max(0, start - 90) : start]))
        or (after is not None and after.search(clause[end : end + 90]))
        or (whole is not None and whole.search(clause))
    )
