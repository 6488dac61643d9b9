"""For each value of a field the jobs that have it, and how many of a selection do.

A value of many jobs is a set of bits, one of few a list of rows: a thousand sets of bits would be read where nearly all are empty.
Each job's values are held too: of a short list they are counted one by one, sooner than any set is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.facet_index.bits import Bits, Rows, Selection, in_any, of_rows, words

Codes = NDArray[np.int32]
"""One a job: the place of its value in a vocabulary, -1 where it has none."""
_COMMON_SHARE = 1 / 128
"""Of the jobs; with more of them bits are quicker than rows (`python -m benchmarks.serve.index`)."""
_AT_ONCE = 16
"""Sets of bits that are counted together: what is between fits the processor's cache."""
_WORDS_AN_ENTRY = 4
"""Words of bits that are counted in the time of one entry of a job, or of one row of a value."""


@dataclass(frozen=True, slots=True)
class ValueSets:
    """The values of one field that any job has, the frequent ones first."""

    jobs: int
    values: tuple[str, ...]
    at: Mapping[str, int]
    """Place of a value in ``values``."""
    shown: tuple[str, ...]
    """What each value is called."""
    by_name: NDArray[np.int64]
    """For each value its place among all, sorted by what they are called."""
    common: NDArray[np.uint64]
    """A set of bits for each of the first values."""
    rows: Rows
    """Of the other values, one after another."""
    starts: NDArray[np.intp]
    """Where in ``rows`` each of them begins."""
    stated: Bits
    """Jobs that have any value."""
    entries: Codes
    """Places in ``values``: those of the first job, then those of the second."""
    edges: NDArray[np.int32]
    """Where in ``entries`` those of each job begin, and the end of the last."""

    @classmethod
    def from_rows(cls, groups: Iterable[tuple[str, Rows]], jobs: int, names: Mapping[str, str] | None = None) -> ValueSets:
        """From the rows of each value, every row once a value; values without a job are left out.

        Args:
            groups: a value and its rows.
            jobs: how many there are.
            names: what a value is called, where it is a key.
        """
        held = sorted(((value, rows) for value, rows in groups if len(rows)), key=lambda one: (-len(one[1]), one[0]))
        values = tuple(value for value, _ in held)
        number = sum(len(rows) >= jobs * _COMMON_SHARE for _, rows in held)
        common = np.empty((number, words(jobs)), np.uint64)
        for place, (_, rows) in enumerate(held[:number]):
            common[place] = of_rows(rows, jobs)
        lengths = [len(rows) for _, rows in held]
        joined = np.concatenate([rows for _, rows in held]) if held else np.empty(0, np.int32)
        rare = joined[sum(lengths[:number]) :]
        starts = np.cumsum([0, *lengths[number:]], dtype=np.intp)[:-1]
        shown = tuple((names or {}).get(value, value) for value in values)
        by_name = np.argsort(np.array(sorted(range(len(values)), key=shown.__getitem__), np.int64))
        at = {value: place for place, value in enumerate(values)}
        entries = np.repeat(np.arange(len(values), dtype=np.int32), lengths)[np.argsort(joined, kind="stable")]
        edges = np.cumsum(np.bincount(joined + 1, minlength=jobs + 1), dtype=np.int32)
        return cls(jobs, values, at, shown, by_name, common, rare, starts, of_rows(joined, jobs), entries, edges)

    @classmethod
    def from_codes(cls, codes: Codes, values: Sequence[str], names: Mapping[str, str] | None = None) -> ValueSets:
        """From one value a job.

        Args:
            codes: for each job the place of its value in ``values``, -1 for none.
            values: the vocabulary.
            names: what a value is called, where it is a key.
        """
        order = np.argsort(codes, kind="stable").astype(np.int32)
        edges = np.searchsorted(codes[order], np.arange(len(values) + 1))
        groups = ((value, order[edges[place] : edges[place + 1]]) for place, value in enumerate(values))
        return cls.from_rows(groups, len(codes), names)

    def bits(self, value: str) -> Bits:
        """The jobs that have a value; none for an unknown one."""
        return self.any_of((value,))

    def any_of(self, values: Iterable[str]) -> Bits:
        """The jobs that have any of some values."""
        places = [self.at[value] for value in values if value in self.at]
        number = len(self.common)
        common = (self.common[place] for place in places if place < number)
        rare = [place - number for place in places if place >= number]
        return in_any((*common, of_rows(self._rows_of(rare), self.jobs)) if rare else common, self.jobs)

    def _rows_of(self, rare: Sequence[int]) -> Rows:
        """Rows of some of the values that are not common."""
        lengths = np.diff(self.starts, append=len(self.rows))
        is_wanted = np.zeros(len(self.starts), np.bool_)
        is_wanted[list(rare)] = True
        return self.rows[np.repeat(is_wanted, lengths)]

    def counts(self, selection: Selection) -> NDArray[np.int64]:
        """How many jobs of a selection have each value, in the order of ``values``."""
        in_sets = self.common.size + len(self.rows) * _WORDS_AN_ENTRY
        one_by_one = selection.size * (1 + len(self.entries) / max(self.jobs, 1)) * _WORDS_AN_ENTRY
        return self._count_entries(selection) if one_by_one < in_sets else self._count_sets(selection)

    def _count_entries(self, selection: Selection) -> NDArray[np.int64]:
        first, end = self.edges[selection.rows], self.edges[selection.rows + 1]
        lengths = end - first
        before = np.cumsum(lengths) - lengths
        places = np.repeat(first - before, lengths) + np.arange(lengths.sum())
        return np.bincount(self.entries[places], minlength=len(self.values))

    def _count_sets(self, selection: Selection) -> NDArray[np.int64]:
        counted = np.zeros(len(self.values), np.int64)
        for start in range(0, len(self.common), _AT_ONCE):
            part = np.bitwise_count(self.common[start : start + _AT_ONCE] & selection.bits)
            counted[start : start + len(part)] = part.sum(axis=1, dtype=np.int64)
        if len(self.starts):
            flags = np.take(selection.flags.view(np.uint8), self.rows)
            counted[len(self.common) :] = np.add.reduceat(flags, self.starts, dtype=np.int32)
        return counted

    def most_frequent(self, counts: NDArray[np.int64], most: int) -> list[int]:
        """Places of the values with the greatest counts above 0, by count and then by name.

        Args:
            counts: from ``counts``.
            most: how many places.
        """
        number = len(self.values)
        rank = counts * number + (number - 1 - self.by_name)  # a count first, then the earlier name
        first = np.argpartition(rank, number - most)[number - most :] if number > most else np.arange(number)
        ordered = first[np.argsort(-rank[first])]
        return [place for place in ordered.tolist() if counts[place]]
