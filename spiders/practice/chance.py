"""Draws that are the same on every machine and Python: seeded by a digest of a key, and made of ``Random.random`` alone.

The other methods of ``Random`` have changed between versions of Python, and ``hash`` differs between processes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def number(*key: int | str) -> int:
    """A number of 64 bits that belongs to a key."""
    text = "\x1f".join(map(str, key))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


class Chance:
    """A stream of draws that belongs to a key."""

    __slots__ = ("_random",)

    def __init__(self, *key: int | str) -> None:
        self._random = Random(number(*key))  # noqa: S311 - repeatable on purpose

    def share(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._random.random()

    def happens(self, probability: float) -> bool:
        return self._random.random() < probability

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self._random.random() * len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """So many of the items, none twice; all of them where there are fewer."""
        left = list(items)
        return [left.pop(int(self._random.random() * len(left))) for _ in range(min(count, len(left)))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as often as its weight says.

        Raises:
            ValueError: there is no key with a weight.
        """
        at = self._random.random() * sum(weights.values())
        for item, weight in weights.items():
            at -= weight
            if at < 0:
                return item
        raise ValueError("nothing to draw from")
