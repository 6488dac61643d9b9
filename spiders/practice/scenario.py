"""A practice scenario: one TOML file a purpose, so that no code asks which scenario runs.

Schema: ``seed``; ``postings`` on night 1; ``new_a_night``; ``closing_share``, ``changing_share`` (of the postings, within a month);
``repost_share``; ``duplicate_share``; ``feed_window``; ``[platforms]`` boards by platform; ``[[fault]]`` with ``match`` (part of
the path), ``kind``, ``lasting`` and, by kind, ``status``, ``times``, ``seconds``, ``retry_after``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import UsageError, did_you_mean

FAULT_KINDS = ("status", "slow", "broken_json", "wrong_shape", "challenge")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong."""

    match: str
    """Part of the request path that it happens to."""
    kind: str
    lasting: bool = False
    """Only with ``--faults``, and for ever; else it ends after ``times`` requests of a night."""
    status: int = 500
    times: int = 1
    seconds: float = 0.0
    retry_after: str | None = None


@dataclass(frozen=True, eq=False)
class Scenario:
    """A scenario; it equals itself only, so that worlds can be remembered by it."""

    name: str
    seed: int
    postings: int
    platforms: Mapping[str, int]
    """Boards by platform; a feed has one."""
    new_a_night: int
    closing_share: float
    changing_share: float
    repost_share: float
    duplicate_share: float
    feed_window: int
    """How many postings the remote feed shows, the newest first."""
    faults: tuple[Fault, ...]


def scenario_names() -> list[str]:
    folder = files("spiders.practice") / "scenarios"
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


@cache
def load_scenario(name: str) -> Scenario:
    """A scenario that ships.

    Raises:
        UsageError: no such scenario.
    """
    names = scenario_names()
    if name not in names:
        hint = did_you_mean(name, names) or f"; choose from {', '.join(names)}"
        raise UsageError(f"scenario '{name}' is unknown{hint}")
    text = (files("spiders.practice") / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")
    return parse_scenario(name, tomllib.loads(text))


def parse_scenario(name: str, values: Mapping[str, Any]) -> Scenario:
    """A scenario from its file's values.

    Raises:
        UsageError: a fault of a kind that there is not.
    """
    faults = tuple(Fault(**fault) for fault in values.get("fault", ()))
    for fault in faults:
        if fault.kind not in FAULT_KINDS:
            raise UsageError(f"scenario '{name}': fault kind '{fault.kind}' is unknown{did_you_mean(fault.kind, FAULT_KINDS)}")
    return Scenario(name=name, faults=faults, **{key: value for key, value in values.items() if key != "fault"})
