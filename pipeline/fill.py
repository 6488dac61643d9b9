"""Which of a posting's fields its source filled: what a parser that lost its way leaves empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.records import Posting

_IS_FILLED: Mapping[str, Callable[[Posting], object]] = {
    "text": lambda posting: posting.description_text,
    "location": lambda posting: posting.location,
    "company": lambda posting: posting.company.name,
    "department": lambda posting: posting.department,
    "published": lambda posting: posting.published_on,
    "remote": lambda posting: posting.structured_remote,
    "pay": lambda posting: posting.structured_salary,
}
"""By field, as the platform gave it: ``remote`` and ``pay`` are its own fields and not our labels: the parser is watched here."""

FIELDS = tuple(_IS_FILLED)


def filled(posting: Posting) -> tuple[str, ...]:
    """Those of ``FIELDS`` that a posting fills."""
    return tuple(field for field, is_filled in _IS_FILLED.items() if is_filled(posting))


def share(fill: Mapping[str, int], field: str, fetched: int) -> float | None:
    """Share of an answer's postings that fill a field, 0 to 1; None where it was not counted, or the answer holds none."""
    return fill[field] / fetched if fetched and field in fill else None
