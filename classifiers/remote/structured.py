"""What the structured fields of a board say of the place of work, spelled as many boards spell it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline.folding import fold_name
from pipeline.labels import Evidence

_FIELD = "structured_remote"
_TYPES = frozenset(
    {
        "workplacetype",
        "workplace",
        "workplace_type",
        "joblocationtype",
        "locationtype",
        "location_type",
        "worktype",
        "structured_remote",
        "remote_type",
        "arrangement",
    }
)
_FLAGS = frozenset({"remote", "isremote", "is_remote", "telecommuting", "telecommute", "remote_ok", "allow_remote"})
_HYBRID_FLAGS = frozenset({"hybrid", "ishybrid", "is_hybrid"})
_PLACES = frozenset(
    {
        "locationrestrictions",
        "candidate_required_location",
        "jobgeo",
        "applicantlocationrequirements",
        "location_restrictions",
        "regions",
    }
)
_TRUE = frozenset({"true", "yes", "1", "y"})
_FALSE = frozenset({"false", "no", "0", "n"})


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


def fields_of(structured: Mapping[str, Any] | None, employment_type: str | None = None) -> tuple[Field, ...]:
    """What each known key states, and the words of an employment type; what is not understood is left out."""
    found: list[Field] = []
    for key, value in (structured or {}).items():
        statement = _statement(fold_name(key), value)
        if statement is not None:
            found.append(Field(statement, key, value))
    for part in re.split(r"[,;/|]| - ", employment_type or ""):  # "Onsite - Full Time"
        statement = _kind(fold_name(part))
        if statement is not None:
            found.append(Field(statement, "employment_type", employment_type))
    return tuple(found)


def _statement(key: str, value: Any) -> Statement | None:
    if key in _PLACES:
        return Statement.PLACES if any(_strings(value)) else None
    word = fold_name(str(value))
    if key in _HYBRID_FLAGS:
        return Statement.HYBRID if word in _TRUE else None
    if key in _FLAGS and word in _TRUE:
        return Statement.REMOTE
    if key in _FLAGS and word in _FALSE:
        return Statement.NOT_REMOTE
    if key in _TYPES or key in _FLAGS:
        return _kind(word)
    return None


def _kind(word: str) -> Statement | None:
    letters = "".join(c for c in word if c.isalpha())
    if "hybrid" in letters or "hibrid" in letters or letters in ("partial", "temporary", "flexible"):
        return Statement.HYBRID
    if (("remote" in letters or "anywhere" in letters) and not letters.startswith(("not", "no"))) or letters in (
        "telecommute",
        "remoto",
        "fully",
        "true",
        "homeoffice",
    ):
        return Statement.REMOTE
    if letters in ("onsite", "inoffice", "office", "physical", "inperson", "onpremise", "presencial", "vorort"):
        return Statement.ONSITE
    return None


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
