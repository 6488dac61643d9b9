"""A text's words, its runs of five words as numbers, and the MinHash bands of these. The numbers are the same on every machine."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

Shingles = npt.NDArray[np.uint64]
"""Distinct numbers, ascending."""

WORDS_A_SHINGLE = 5
BANDS = 8
ROWS = 4
"""Of each band; ``python -m benchmarks.duplicates bands`` measures what they find."""

_PRIME = np.uint64(0x9E37_79B9_7F4A_7C15)


def _mixed(value: Any) -> Any:
    """The finaliser of splitmix64: every bit of the argument moves every bit of the result."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58_476D_1CE4_E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D0_49BB_1331_11EB)
    return value ^ (value >> np.uint64(31))


_STEPS = np.arange(1, BANDS * ROWS + 1, dtype=np.uint64)
_FACTORS = _mixed(_STEPS * _PRIME) | np.uint64(1)
_OFFSETS = _mixed((_STEPS + np.uint64(1_000)) * _PRIME)


def shingles(words: str) -> Shingles:
    """The distinct runs of five words of a text; a shorter text is one run, an empty one has none.

    Args:
        words: as ``wording.plain_words`` gives them.
    """
    parts = words.encode("utf-8", "surrogatepass").split()
    if not parts:
        return np.empty(0, np.uint64)
    hashes = np.fromiter(map(crc32, parts), np.uint64, len(parts))
    runs = np.zeros(max(len(parts) - WORDS_A_SHINGLE + 1, 1), np.uint64)
    for place in range(min(WORDS_A_SHINGLE, len(parts))):
        runs = runs * _PRIME + hashes[place : place + len(runs)]
    ordered = np.sort(_mixed(runs))
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]  # a tenth of the time of np.unique


def bands(runs: Shingles) -> tuple[bytes, ...]:
    """The bands of a text's MinHash signature: two texts that share most runs share a band; none for an empty text."""
    if not len(runs):
        return ()
    signature = ((runs[:, None] * _FACTORS + _OFFSETS) >> np.uint64(32)).min(axis=0).astype("<u4")
    return tuple(row.tobytes() for row in signature.reshape(BANDS, ROWS))


def overlap(some: Shingles, others: Shingles) -> tuple[float, float]:
    """Jaccard index of two sets of runs, and the share of the smaller one that stands in the other; 0 for empty ones."""
    if not len(some) or not len(others):
        return 0.0, 0.0
    shared = len(np.intersect1d(some, others, assume_unique=True))
    return shared / (len(some) + len(others) - shared), shared / min(len(some), len(others))
