"""No filter is ever dropped: each alone, pairs and triples, of now and of each night, against plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.filters import Filters, parse_filters
from storage.queries.jobs import count, rows
from storage.store import Store
from tests.storage.factory import NIGHT
from tests.storage.filter_world import BESIDE, NIGHTS, VALUES, World, is_refused, passes

WORLD = World()
LAST = NIGHT + timedelta(days=NIGHTS - 1)


@pytest.fixture(scope="module")
def stores(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[date | None, Store]]:
    """The store as it is and as it was after each night."""
    folder: Path = tmp_path_factory.mktemp("filters")
    with Store.open(module_database_url, folder, create=True) as opened:
        WORLD.fill(opened)
    with ExitStack() as stack:
        nights = (None, *(NIGHT + timedelta(days=number) for number in range(NIGHTS)))
        yield {night: stack.enter_context(Store.open_reading(module_database_url, folder, as_of=night)) for night in nights}


def expected(filters: Filters, each_posting: bool) -> set[str]:
    today = filters.as_of or LAST
    held = WORLD.after((today - NIGHT).days)
    shown = [one for one in held if each_posting or one.is_primary]
    return {one.item.posting.posting_id for one in shown if passes(one, held, filters, today)}


def compare(stores: dict[date | None, Store], words: dict[str, Any], each_posting: bool = False) -> int:
    """Ask the store and the model; gives how many pass."""
    filters = parse_filters(words)
    store = stores[filters.as_of]
    try:
        found = [row["posting_id"] for row in rows(store, filters, each_posting)]
    except UsageError as error:
        assert is_refused(error, filters, WORLD.after(((filters.as_of or LAST) - NIGHT).days)), words  # noqa: PT017
        return 0
    assert len(found) == len(set(found)) == count(store, filters, each_posting)
    assert set(found) == expected(filters, each_posting), words
    return len(found)


def test_every_filter_is_asked() -> None:
    narrowing = {name for name in parse_filters({}).__dataclass_fields__ if name not in ("sort", "limit")}
    assert set(VALUES) | set(BESIDE) == narrowing


@pytest.mark.parametrize("name", list(VALUES))
def test_each_filter_alone_narrows_to_what_it_says(stores: dict[date | None, Store], name: str) -> None:
    every = compare(stores, {"state": "all"})
    found = [compare(stores, {"state": "all", name: value, "as_of": night}) for value in VALUES[name] for night in BESIDE["as_of"]]
    assert min(found) < every
    assert max(found) > 0


@given(st.data())
@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_filters_together_are_all_kept(stores: dict[date | None, Store], data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(list(VALUES)), min_size=2, max_size=3, unique=True), "filters")
    words = {name: data.draw(st.sampled_from(VALUES[name]), name) for name in names}
    words |= {name: data.draw(st.sampled_from(values), name) for name, values in BESIDE.items()}
    compare(stores, words, data.draw(st.booleans(), "each posting"))
