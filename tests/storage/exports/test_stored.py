"""Exports of a store, on both databases."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.crawling import BoardResult
from pipeline.filters import Filters
from pipeline.records import CompanyFacts
from pipeline.terms import platforms
from pipeline.vocabulary import BoardStatus
from storage.exports import Exported
from storage.exports.formats import FEED_MOST, FORMATS
from storage.feeds.entries import moved_last
from storage.queries.jobs import COLUMNS, rows
from storage.store import Store
from tests.storage.exports.rows import ABOUT
from tests.storage.factory import NIGHT, NOW, commit_two, labelled, posting


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_url, tmp_path, create=True) as opened:
        opened.finish_run(commit_two(opened), {})
        yield opened


def _second_night(store: Store) -> None:
    """The older of two postings changes."""
    run_id = store.begin_run(NIGHT + timedelta(days=1), NOW + timedelta(days=1))
    items = [labelled(posting("a", title="Changed")), labelled(posting("b"))]
    seen = {item.posting.posting_id: item.posting.content_hash for item in items}
    store.commit_board(run_id, BoardResult("greenhouse", "acme", BoardStatus.COMPLETE), seen, items, (), CompanyFacts())
    store.finish_run(run_id, {})


def test_parquet_holds_every_value_of_the_rows(store: Store) -> None:
    found = list(rows(store, Filters()))
    out = io.BytesIO()
    FORMATS["parquet"].write(found, tuple(COLUMNS), ABOUT, out)
    assert pq.read_table(out).to_pylist() == found


def test_a_row_tells_what_decides_and_when_the_job_last_moved(store: Store) -> None:
    _second_night(store)
    found = {row["external_id"]: row for row in rows(store, Filters())}
    assert {id_: row["moved_at"] for id_, row in found.items()} == {"a": NOW + timedelta(days=1), "b": NOW}
    assert found["a"]["remote_quote"] == "We are a remote-first team"


def test_what_moved_last_comes_first_whatever_the_order(store: Store) -> None:
    _second_night(store)
    for order in ("newest", "oldest", "title"):
        assert [row["external_id"] for row in moved_last(store, Filters(sort=order), Exported())] == ["a", "b"]
    assert [row["external_id"] for row in moved_last(store, Filters(limit=1), Exported())] == ["a"]


def test_what_terms_keep_from_feeds_takes_no_place(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = {name: replace(row, not_to=("feeds",)) if name == "greenhouse" else row for name, row in platforms().items()}
    run_id = store.begin_run(NIGHT + timedelta(days=1), NOW + timedelta(days=1))
    item = labelled(posting("z", platform="lever", title="Chef"))
    seen = {item.posting.posting_id: item.posting.content_hash}
    store.commit_board(run_id, BoardResult("lever", "acme", BoardStatus.COMPLETE), seen, [item], (), CompanyFacts())
    store.finish_run(run_id, {})
    monkeypatch.setattr("pipeline.terms.platforms", lambda: terms)
    told = Exported()
    assert [row["external_id"] for row in moved_last(store, Filters(limit=FEED_MOST), told)] == ["z"]
    assert (told.rows, told.forbidden) == (1, {"greenhouse": 2})
