"""Who may hold a job: those who live where it names, or anywhere where it is worldwide, and not where it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.facet_index.bits import Bits, Rows, Selection, flags
from storage.facet_index.values import ValueSets


@dataclass(frozen=True, slots=True)
class Countries:
    """The worldwide jobs are one set beside the countries: in the set of each they would be most of it."""

    named: ValueSets
    """Countries that jobs name and do not leave out, worldwide ones apart."""
    worldwide: Bits
    worldwide_but: ValueSets
    """Places that worldwide jobs leave out."""
    stated: Bits
    """Jobs of which it is known who may hold them."""

    @classmethod
    def of(cls, named: Iterable[tuple[str, Rows]], left_out: Iterable[tuple[str, Rows]], worldwide: Bits, jobs: int) -> Countries:
        """From the rows of each country that is named, and of each place that is left out."""
        is_worldwide = flags(worldwide, jobs)
        without = dict(left_out)
        listed = dict(named)
        stated = ValueSets.from_rows(listed.items(), jobs).stated
        none = np.empty(0, np.int32)
        open_to = ((code, np.setdiff1d(rows[~is_worldwide[rows]], without.get(code, none))) for code, rows in listed.items())
        but = ((place, rows[is_worldwide[rows]]) for place, rows in without.items())
        return cls(ValueSets.from_rows(open_to, jobs), worldwide, ValueSets.from_rows(but, jobs), stated | worldwide)

    def bits(self, country: str) -> Bits:
        """Jobs that someone who lives in a country may hold."""
        return self.named.bits(country) | self.worldwide & ~self.worldwide_but.bits(country)

    def counts(self, selection: Selection) -> NDArray[np.int64]:
        """How many jobs of a selection someone in each country may hold, in the order of ``named.values``."""
        counted = self.named.counts(selection) + selection.count_in(self.worldwide)
        for place, number in zip(self.worldwide_but.values, self.worldwide_but.counts(selection).tolist(), strict=True):
            if place in self.named.at:
                counted[self.named.at[place]] -= number
        return counted
