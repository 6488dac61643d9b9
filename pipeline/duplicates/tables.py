"""The tables of ``pipeline/data/duplicate_*.toml``, each read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """The data file ``duplicate_<name>.toml``; its head says what the keys mean."""
    return tomllib.loads((files("pipeline") / "data" / f"duplicate_{name}.toml").read_text(encoding="utf-8"))
