"""Draws that are the same on every machine and Python: seeded by a digest of what they are for."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from typing import Any


def number_of(*parts: object) -> int:
    """A number of 60 bits that stands for the parts."""
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:8], "big") >> 4


def drawer(*parts: object) -> random.Random:
    """A generator of its own for the parts, so that adding one thing moves no other."""
    return random.Random(number_of(*parts))  # noqa: S311 - texts, not secrets


def weighted(draw: random.Random, weights: Mapping[str, float]) -> str:
    """One key, drawn by weight."""
    return draw.choices(list(weights), list(weights.values()))[0]


def fill(text: str, values: Mapping[str, Any]) -> str:
    """A text with its ``{name}`` places filled."""
    return text.format_map(values)
