"""How features are weighed, grouped and quoted: ``classifiers/data/remote/weighing.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "weighing.toml"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("classifiers") / "data" / "remote" / FILE).read_text(encoding="utf-8"))


def points_for(answer: str) -> Mapping[str, float]:
    """Points by feature for ``remote``, ``hybrid``, ``onsite`` or ``first``."""
    table: Mapping[str, float] = _data()[answer]
    return table


def threshold(name: str) -> float:
    """A threshold by its name."""
    return float(_data()["thresholds"][name])


@cache
def signal_kinds() -> Mapping[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    """By public name of a finer signal: the features that show it, and what the clause must hold."""
    return {name: (tuple(kind["features"]), re.compile(kind["words"])) for name, kind in _data()["signal_kinds"].items()}


@cache
def features_of(table: str) -> Mapping[str, tuple[str, ...]]:
    """Names of features, in order, by what they show: tables ``signals``, ``quoted_as``, ``evidence``, ``against``, ``columns``."""
    return {name: tuple(listed) for name, listed in _data()[table].items()}
