"""Sets of jobs, a bit a job: job ``n`` is bit ``n % 64`` of word ``n // 64``, the bits beyond the last job are zero."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Flags = NDArray[np.bool_]
"""One a job."""
Rows = NDArray[np.int32]
"""Numbers of jobs."""
_BITS = 64


def words(jobs: int) -> int:
    """How many words hold so many jobs."""
    return -(-jobs // _BITS)


def pack(flags: Flags) -> Bits:
    """The jobs whose flag is set."""
    packed = np.zeros(words(len(flags)) * 8, np.uint8)
    held = np.packbits(flags, bitorder="little")
    packed[: len(held)] = held
    return packed.view(np.uint64)


def of_rows(rows: Rows, jobs: int) -> Bits:
    """The numbered jobs, out of so many."""
    flags = np.zeros(jobs, np.bool_)
    flags[rows] = True
    return pack(flags)


def flags(bits: Bits, jobs: int) -> Flags:
    """A flag for each of so many jobs: whether the set holds it."""
    return np.unpackbits(bits.view(np.uint8), count=jobs, bitorder="little").view(np.bool_)


def rows(bits: Bits, jobs: int) -> Rows:
    """Numbers of the jobs of a set, ascending."""
    return np.flatnonzero(flags(bits, jobs)).astype(np.int32)


def none(jobs: int) -> Bits:
    """No job, out of so many."""
    return np.zeros(words(jobs), np.uint64)


def every(jobs: int) -> Bits:
    """All of so many jobs."""
    return pack(np.ones(jobs, np.bool_))


def size(bits: Bits) -> int:
    """How many jobs a set holds."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def in_all(sets: Iterable[Bits], jobs: int) -> Bits:
    """The jobs that every set holds; all of them where there is no set."""
    found = every(jobs)
    for one in sets:
        found &= one
    return found


def in_any(sets: Iterable[Bits], jobs: int) -> Bits:
    """The jobs that some set holds."""
    found = none(jobs)
    for one in sets:
        found |= one
    return found


class Selection:
    """A set of jobs that is counted in several ways; what the ways share is worked out once."""

    def __init__(self, bits: Bits, jobs: int) -> None:
        self.bits = bits
        self.jobs = jobs

    @cached_property
    def size(self) -> int:
        return size(self.bits)

    @cached_property
    def flags(self) -> Flags:
        return flags(self.bits, self.jobs)

    @cached_property
    def rows(self) -> Rows:
        return np.flatnonzero(self.flags).astype(np.int32)

    def count_in(self, bits: Bits) -> int:
        """How many of the jobs another set holds too."""
        return size(self.bits & bits)
