"""One list of jobs: what passes all filters, and what would pass without one of them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.filters import Filters
from storage.facet_index.asking import Asking
from storage.facet_index.bits import Bits, Selection, in_all
from storage.facet_index.narrowing import narrowed


class Listing:
    """The jobs of a list.

    Raises:
        UsageError: a word of the filters that nothing stored bears out.
    """

    def __init__(self, asking: Asking, filters: Filters) -> None:
        self.asking = asking
        self.filters = filters
        self.columns = asking.columns
        self._sets: Mapping[str, Bits] = narrowed(asking, filters)
        self.listed = self._without("", self.columns.allowed)
        """What matches and may be shown."""

    def others(self, name: str) -> Selection:
        """The list as it would be without one of its filters."""
        return self._without(name, self.columns.allowed) if name in self._sets else self.listed

    def kept_out(self) -> Selection:
        """What matches but may not be shown."""
        return self._without("", ~self.columns.allowed)

    def _without(self, name: str, within: Bits) -> Selection:
        sets = [held for one, held in self._sets.items() if one != name]
        return Selection(in_all([within, *sets], self.columns.jobs), self.columns.jobs)
