"""Facets of a search that shows only so many results: which one to go through value by value."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pipeline.payloads.fields import listed, mapping, text


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of postings, with the ids of its values and how many postings have each."""

    name: str
    counts: Mapping[str, int]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(self.counts)


def facet_to_split_by(facets: object, applied: Collection[str], most: int) -> Facet | None:
    """The facet whose values reach every posting with the fewest queries; None where no facet reaches more than one query does.

    Args:
        facets: as Workday sends them; a group of facets holds facets as its values.
        applied: names of those that the query already has.
        most: results that a query shows.
    """
    useful = [
        facet
        for facet in _plain(listed(facets))
        if facet.name not in applied and len(facet.counts) > 1 and sum(facet.counts.values()) >= most
    ]
    return max(useful, key=lambda facet: (max(facet.counts.values()) < most, -len(facet.counts)), default=None)


def _plain(facets: list[object]) -> Iterator[Facet]:
    """The facets that hold values, those inside groups too."""
    waiting = list(reversed(facets))
    while waiting:
        facet = mapping(waiting.pop())
        name, values = text(facet.get("facetParameter")), [mapping(value) for value in listed(facet.get("values"))]
        counts = {id_: value["count"] for value in values if (id_ := text(value.get("id"))) and isinstance(value.get("count"), int)}
        if name and counts:
            yield Facet(name, counts)
        waiting += [value for value in reversed(values) if "facetParameter" in value]
