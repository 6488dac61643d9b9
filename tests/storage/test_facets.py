"""Facets count what the list shows."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.filters import parse_filters
from storage.queries.facets import FACETS, facet
from storage.queries.jobs import rows
from storage.store import Store
from tests.storage.test_queries import store

__all__ = ["store"]
_IN_A_ROW = {"signal": "signals", "country": "eligible_countries"}
FILTERS: tuple[dict[str, Any], ...] = (
    {}, {"remote": "remote-first"}, {"stack": "python", "state": "all"}, {"text": "chief"}, {"country": "US", "pay_min": 61_000},
    {"stack": "python", "signal": "async", "country": "DE"},
)  # fmt: skip


@pytest.mark.parametrize("name", FACETS)
@pytest.mark.parametrize("words", FILTERS)
def test_a_facet_counts_the_jobs_of_the_list(store: Store, words: dict[str, Any], name: str) -> None:
    filters = parse_filters(words)
    counted: Counter[str] = Counter()
    for row in rows(store, filters):
        value = row[_IN_A_ROW.get(name, name)]
        counted.update(value if isinstance(value, list) else [value] if value is not None else [])
    assert dict(facet(store, filters, name)) == counted
    assert facet(store, filters, name) == sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def test_a_wrong_word_is_refused_as_in_the_list(store: Store) -> None:
    with pytest.raises(UsageError, match="--stack: no posting names 'pytroch'"):
        facet(store, parse_filters({"stack": "pytroch"}), "level")
