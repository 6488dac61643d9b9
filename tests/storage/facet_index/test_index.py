"""The index and SQL give the same answer, whatever is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.filters import Filters, parse_filters
from pipeline.terms import forbids
from storage.facet_index.answer import NOT_STATED, Answer
from storage.facet_index.facets import NAMES
from storage.facet_index.index import FacetIndex
from storage.queries.jobs import LeftOut, count, left_out, rows, rows_of
from storage.store import Store
from tests.storage.facet_index.world import NIGHTS, fill, words
from tests.storage.factory import NIGHT, NOW

ALL_OF = ("stack", "signal")
ONE_OF = ("utc", "pay_min", "since", "state", "visa")
EXAMPLES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)


@dataclass(frozen=True)
class Both:
    """A store and the index of all its jobs."""

    store: Store
    index: FacetIndex
    database_url: str

    def told(self, filters: Filters, offset: int = 0, limit: int = 50) -> Answer | str:
        """The answer, or the sentence that refuses it."""
        try:
            return self.index.answer(self.store, filters, offset, limit)
        except UsageError as error:
            return str(error)


@pytest.fixture(scope="module")
def both(module_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder: Path = tmp_path_factory.mktemp("index")
    with Store.open(module_database_url, folder, create=True) as store:
        fill(store, 10)
    with Store.open_reading(module_database_url, folder) as store:
        yield Both(store, FacetIndex.load(store, "export"), module_database_url)


@pytest.fixture(scope="module")
def site(both: Both) -> Both:
    """The same store for what may go to the site."""
    return replace(both, index=FacetIndex.load(both.store))


def from_sql(store: Store, filters: Filters) -> list[dict[str, Any]] | str:
    try:
        return list(rows(store, filters))
    except UsageError as error:
        return str(error)


@given(words=words(), offset=st.integers(0, 30), limit=st.integers(0, 20))
@EXAMPLES
def test_pages_counts_and_what_is_left_out_are_those_of_sql(both: Both, words: dict[str, Any], offset: int, limit: int) -> None:
    filters = parse_filters(words)
    expected, told = from_sql(both.store, filters), both.told(filters, offset, limit)
    if isinstance(expected, str) or isinstance(told, str):
        assert told == expected
        return
    assert told.total == len(expected)
    assert list(told.posting_ids) == [row["posting_id"] for row in expected][offset : offset + limit]
    assert told.left_out == _without_nearest(left_out(both.store, filters))
    assert told.kept_out == {}
    page = rows_of(both.store, told.posting_ids)
    assert page == expected[offset : offset + limit]


def _without_nearest(told: LeftOut) -> LeftOut:
    """The index names the change that gives most; the nearest value that gives something is SQL's to find."""
    return replace(told, loosening=told.loosening and replace(told.loosening, nearest=None, nearest_gives=0))


def _with(filters: Filters, name: str, value: str) -> Filters:
    """The list that a value of a facet leads to."""
    parsed = getattr(parse_filters({name: value}), name)
    return replace(filters, **{name: (*getattr(filters, name), *parsed) if name in ALL_OF else parsed})


@given(words=words(), name=st.sampled_from(NAMES))
@EXAMPLES
def test_a_facet_counts_what_each_of_its_values_would_list(both: Both, words: dict[str, Any], name: str) -> None:
    filters = parse_filters(words)
    told = both.told(filters)
    if isinstance(told, str):
        return
    facet = told.facets[name]
    assert len({value.value for value in facet.values}) == len(facet.values)
    for value in facet.values:
        if name == "company":
            keys = [row["company"] for row in rows(both.store, filters)]
            assert value.count == keys.count(value.value) or value.is_chosen
        else:
            assert value.count == count(both.store, _with(filters, name, value.value)), value
    chosen = [value.value for value in facet.values if value.is_chosen]
    assert bool(chosen) == (name in filters.narrowing() or name == "state")
    if name not in (*ONE_OF, "company"):
        assert len(chosen) == len({*map(str.lower, chosen)}) <= len(getattr(filters, name))
        assert all(value.is_chosen for value in facet.values[::-1][: len(chosen)] if value.count == 0 and name in ALL_OF)


@given(words=words())
@EXAMPLES
def test_pictures_and_silent_jobs_are_counted_from_the_whole_list(both: Both, words: dict[str, Any]) -> None:
    filters = parse_filters(words)
    told = both.told(filters)
    if isinstance(told, str):
        return
    listed = list(rows(both.store, filters))
    kinds = [_kind(row) for row in listed]
    assert {name: number for name, number in told.by_class.items() if number} == Counter(kinds)
    assert sum(one.count for one in told.pay) + told.pay_unstated == len(listed)
    newest = [row["published_on"] or row["opened_at"].date() for row in listed]
    for week in told.weeks:
        days = {week.begins_on + timedelta(days=day) for day in range(7)}
        found = Counter(kind for kind, day in zip(kinds, newest, strict=True) if day in days)
        assert {name: number for name, number in week.by_class.items() if number} == found
    assert len(told.weeks) == 26
    assert told.weeks[-1].begins_on <= NIGHT + timedelta(days=9 * (NIGHTS - 1)) < told.weeks[-1].begins_on + timedelta(days=7)
    assert told.facets["stack"].unstated == sum(not row["stack"] for row in listed)
    assert told.facets["signal"].unstated == sum(not row["signals"] for row in listed)
    named = {name for row in listed for name in row["stack"]}
    shown = {value.value for value in told.facets["stack"].values if value.count}
    assert told.facets["stack"].more == len(named - shown)


def _kind(row: dict[str, Any]) -> str:
    return NOT_STATED if (row["remote_class"], row["arrangement"]) == ("on-site", "unstated") else row["remote_class"]


@given(words=words())
@EXAMPLES
def test_what_the_terms_keep_from_the_site_is_counted_and_never_shown(both: Both, site: Both, words: dict[str, Any]) -> None:
    filters = parse_filters(words)
    everything, told = both.told(filters, 0, 1_000), site.told(filters, 0, 1_000)
    if isinstance(everything, str) or isinstance(told, str):
        assert told == everything
        return
    platforms = {row["posting_id"]: row["platform"] for row in rows_of(both.store, everything.posting_ids)}
    kept = Counter(name for name in platforms.values() if forbids(name, "site"))
    assert told.kept_out == kept
    assert list(told.posting_ids) == [id_ for id_ in everything.posting_ids if not forbids(platforms[id_], "site")]
    assert told.total == everything.total - kept.total()


@pytest.mark.parametrize("number", range(NIGHTS))
def test_a_past_night_is_indexed_as_it_was(both: Both, number: int) -> None:
    night = NIGHT + timedelta(days=9 * number)
    with Store.open_reading(both.database_url, both.store.data_dir, as_of=night) as past:
        index = FacetIndex.load(past, "export")
        given_: tuple[dict[str, Any], ...] = (
            {"state": "all"}, {"sort": "title"}, {"stack": "python"}, {"country": "DE", "sort": "pay"}, {"text": "owl"},
            {"since": "1d"}, {"utc": "0"}, {"pay_min": 100_000, "currency": "EUR"}, {"platform": "lever", "sort": "company"},
            {"signal": "async", "state": "closed"},
        )  # fmt: skip
        for one in given_:
            filters = parse_filters({**one, "as_of": night.isoformat()})
            expected = from_sql(past, filters)
            told = replace(both, store=past, index=index).told(filters, 0, 1_000)
            assert (told if isinstance(told, str) else list(told.posting_ids)) == (
                expected if isinstance(expected, str) else [row["posting_id"] for row in expected]
            )


def test_a_list_of_another_night_is_refused(both: Both) -> None:
    with pytest.raises(ValueError, match="the filters ask about 2026-01-05, the index shows now"):
        both.index.answer(both.store, parse_filters({"as_of": "2026-01-05"}))


def test_many_threads_get_the_answers_of_one(both: Both) -> None:
    asked = [
        parse_filters({"text": word, "pay_min": sum_, "currency": currency, "stack": name})
        for word in ("night", "owl", "cook")
        for sum_, currency in ((50_000, "USD"), (90_000, "EUR"), (1, "GBP"))
        for name in ("python", "node", "c++")
    ]
    fresh = replace(both, index=FacetIndex.load(both.store, "export"))
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(fresh.told, asked)) == list(map(both.told, asked))


def test_an_answer_is_json(both: Both) -> None:
    told = both.index.answer(both.store, parse_filters({"remote": "remote-first"}))
    said = told.to_json()
    assert said["posting_ids"] == list(told.posting_ids)
    assert said["facets"]["remote"]["values"][0] == asdict(told.facets["remote"].values[0])
    assert said["left_out"]["total"] == count(both.store, parse_filters({}))
    assert said["weeks"][-1] == {
        "week": "2026-W05", "begins_on": "2026-01-26", "by_class": dict(told.weeks[-1].by_class),
    }  # fmt: skip


def test_an_index_is_stale_when_a_run_has_ended(database_url: str, tmp_path: Path) -> None:
    with Store.open(database_url, tmp_path, create=True) as store:
        empty = FacetIndex.load(store)
        assert not empty.is_stale(store)
        assert empty.answer(store, parse_filters({})).total == 0
        assert empty.answer(store, parse_filters({"since": "7d"})).facets["since"].values[0].count == 0
        run_id = store.begin_run(NIGHT, NOW)
        assert not empty.is_stale(store)
        store.finish_run(run_id, {})
        assert empty.is_stale(store)
        assert not FacetIndex.load(store).is_stale(store)
