"""What the structured fields of a board say of the place of work, spelled as many boards spell it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.folding import fold_name
from pipeline.labels import Evidence

_FIELD = "structured_remote"
FILE = "fields.toml"


class Statement(StrEnum):
    """What a structured field states."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"
    PLACES = "places"
    """A remote board's list of places where the worker may live."""
    NOT_REMOTE = "not_remote"
    """``remote: false``, which boards set beside "Remote - Mexico" too: proves nothing by itself."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the structured field and what it states."""

    statement: Statement
    key: str
    value: Any

    def evidence(self) -> Evidence:
        """``key=value``, without offsets."""
        value = self.value if isinstance(self.value, str) else json.dumps(self.value, ensure_ascii=False)
        return Evidence(_FIELD, None, None, f"{self.key}={value}", f"structured_{self.statement.value}")

    @property
    def places(self) -> tuple[str, ...]:
        """The places named, as given; empty for other statements."""
        if self.statement is not Statement.PLACES:
            return ()
        return tuple(_strings(self.value))


@cache
def _table(name: str) -> Mapping[str, frozenset[str]]:
    """A table of ``classifiers/data/remote/fields.toml``."""
    return {kind: frozenset(words) for kind, words in _data()[name].items()}


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((files("classifiers") / "data" / "remote" / FILE).read_text(encoding="utf-8"))


def fields_of(structured: Mapping[str, Any] | None, employment_type: str | None = None) -> tuple[Field, ...]:
    """What each known key states, and the words of an employment type; what is not understood is left out."""
    given = {fold_name(key): (key, value) for key, value in (structured or {}).items()}
    raised = {kind for name, (_, value) in given.items() for kind in _table("keys") if _is_raised(kind, name, value)}
    found = [
        Field(statement, *given[name]) for name in given if (statement := _statement(name, given[name][1], raised)) is not None
    ]
    for part in re.split(r"[,;/|]| - ", employment_type or ""):  # "Onsite - Full Time"
        kind = _kind(fold_name(part))
        if kind is not None:
            found.append(Field(kind, "employment_type", employment_type))
    return tuple(found)


def _is_raised(kind: str, name: str, value: Any) -> bool:
    return name in _table("keys")[kind] and fold_name(str(value)) in _table("values")["true"]


def _statement(name: str, value: Any, raised: Collection[str]) -> Statement | None:
    """What a key states, given which flags of the posting are true."""
    keys, word = _table("keys"), fold_name(str(value))
    is_true = word in _table("values")["true"]
    if name in keys["places"]:
        return Statement.PLACES if any(_strings(value)) else None
    if name in keys["hybrid"]:
        return Statement.HYBRID if is_true else None
    if name in keys["telework"]:
        return Statement.HYBRID if is_true and "remote" not in raised else None
    if name in keys["onsite"]:
        return Statement.ONSITE if is_true and not {"remote", "hybrid"} & set(raised) else None
    if name in keys["remote"] and is_true:
        return Statement.REMOTE
    if name in keys["remote"] and word in _table("values")["false"]:
        return Statement.NOT_REMOTE
    code = _data()["codes"].get(name, {}).get(word)
    if code is not None:
        return Statement(code)
    return _widest(value) if name in keys["type"] | keys["remote"] else None


def _widest(value: Any) -> Statement | None:
    """What a value names; of several, one for each place of a job, the one that leaves the worker most free."""
    words = value if isinstance(value, list) else [value]
    kinds = {_kind(fold_name(str(word))) for word in words}
    return next((kind for kind in (Statement.REMOTE, Statement.HYBRID, Statement.ONSITE) if kind in kinds), None)


def _kind(word: str) -> Statement | None:
    """The arrangement that a value names."""
    letters, values = "".join(c for c in word if c.isalpha()), _table("values")
    if "hybrid" in letters or "hibrid" in letters or letters in values["hybrid"]:
        return Statement.HYBRID
    is_remote = ("remote" in letters or "anywhere" in letters) and not letters.startswith(("not", "no"))
    if is_remote or letters in values["remote"]:
        return Statement.REMOTE
    return Statement.ONSITE if letters in values["onsite"] else None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, Mapping):
        name = value.get("name") or value.get("addressCountry")
        if name:
            yield from _strings(name)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)
