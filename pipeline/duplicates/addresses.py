"""Canonical addresses: one text for every spelling of the address of one posting.

``https://www.acme.example/jobs/77/?utm_source=feed`` and ``http://acme.example/jobs/77/apply`` are ``acme.example/jobs/77``. An
address of a hiring system, and the employer's own page that carries the system's number, are ``greenhouse:4012345``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from pipeline.duplicates.tables import table

_ID_DIGITS = re.compile(r"\d{3,}|[0-9a-f]{8}-[0-9a-f]{4}-")
_SLUG_WORDS = 3
"""Words of a last step that names one posting: ``senior-data-engineer``; ``open-positions`` has two."""
_LONGEST = 2_000
"""Characters; what is longer is no address of a posting."""


@dataclass(frozen=True, slots=True)
class _System:
    name: str
    host: re.Pattern[str]
    path: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    systems: tuple[_System, ...]
    parameters: Mapping[str, str]
    tracking: frozenset[str]
    prefixes: tuple[str, ...]
    endings: frozenset[str]


@cache
def _rules() -> _Rules:
    data = table("addresses")
    systems = tuple(_System(row["name"], re.compile(row["host"]), re.compile(row["path"])) for row in data["system"])
    return _Rules(
        systems,
        data["parameters"],
        frozenset(data["tracking"].split()),
        tuple(data["tracking_prefixes"]),
        frozenset(data["endings"]),
    )


def canonical(url: str | None) -> str | None:
    """The one spelling of a posting's address; None for what is none, or leads to no single posting (``acme.example/careers``)."""
    if not url or len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().removeprefix("www.").rstrip(".")
    except ValueError:  # brackets that hold no address
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    query = [(name.lower(), value.strip().lower()) for name, value in parse_qsl(parts.query)]
    in_system = _in_system(host, parts.path, query)
    if in_system is not None:
        return in_system
    rules = _rules()
    steps = [step for step in unquote(parts.path).lower().split("/") if step]
    if parts.fragment.startswith(("/", "!")):  # a page that finds its posting by what stands behind the hash
        steps += [step for step in unquote(parts.fragment).lower().split("?")[0].strip("!/").split("/") if step]
    while steps and steps[-1] in rules.endings:
        steps.pop()
    kept = sorted({(name, value) for name, value in query if value and not _is_tracking(name)})
    if not _is_of_one(steps, kept):
        return None
    path = "/".join([host, *(quote(step, safe="") for step in steps)])
    return path + ("?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in kept) if kept else "")


def in_list(address: str) -> tuple[str, str]:
    """The list of a canonical address, and its place there: ``("greenhouse", "4012345")``, ``("acme.example/jobs", "77")``."""
    system, colon, number = address.rpartition(":")
    if colon and "/" not in system:
        return system, number
    path, mark, query = address.partition("?")
    if mark:
        return path, query
    parent, _, leaf = path.rpartition("/")
    return parent, leaf


def is_of_system(address: str) -> bool:
    """Whether a canonical address is a hiring system's own id, which names one posting and no other."""
    system, colon, _ = address.rpartition(":")
    return bool(colon) and "/" not in system


def _in_system(host: str, path: str, query: list[tuple[str, str]]) -> str | None:
    rules = _rules()
    for name, value in query:
        if name in rules.parameters and value:
            return f"{rules.parameters[name]}:{value}"
    whole = unquote(path).lower().rstrip("/") + "".join(
        f"{'&' if at else '?'}{name}={value}" for at, (name, value) in enumerate(query)
    )
    for system in rules.systems:
        at = system.host.fullmatch(host)
        found = system.path.fullmatch(whole) if at else None
        if at and found:
            groups = found.groupdict()
            number = groups.get("id") or groups.get("id2") or ""
            owner = at.groupdict().get("at")
            return f"{system.name}.{owner}:{number}" if owner else f"{system.name}:{number}"
    return None


def _is_tracking(name: str) -> bool:
    rules = _rules()
    return name in rules.tracking or name.startswith(rules.prefixes)


def _is_of_one(steps: list[str], query: list[tuple[str, str]]) -> bool:
    """Whether an address leads to one posting: a number, an id, or a name of three words at its end."""
    if any(_ID_DIGITS.search(value) or value.isdigit() for _, value in query):
        return True
    if not steps:
        return False
    last = steps[-1]
    return bool(_ID_DIGITS.search(last)) or (len(steps) > 1 and (last.isdigit() or len(re.split(r"[-_+ ]+", last)) >= _SLUG_WORDS))
