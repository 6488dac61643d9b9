"""``rolecall sql``: views over database and data set, as streams with the columns that the query asks for, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.crawling import BoardResult
from pipeline.errors import RolecallError
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus
from storage import duck, offered
from storage.dataset.compaction import compact
from storage.dataset.place import DatasetError
from storage.duck import query
from storage.plans import columns_asked
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, commit_two, labelled, posting, raw

TEXT, TEXTS = pa.string(), pa.list_(pa.string())
SHAPES = {
    "postings": pa.schema([("posting_id", TEXT), ("title", TEXT), ("level", TEXT), ("stack", TEXTS)]),
    "history": pa.schema([("posting_id", TEXT), ("title", TEXT), ("description_text", TEXT)]),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two nights: two postings, then one of them with another title."""
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as opened:
        opened.finish_run(commit_two(opened), {})
        run_id = opened.begin_run(NIGHT + timedelta(days=1), NOW + timedelta(days=1))
        items = [posting("a", title="Data Engineer, Payments"), posting("b")]
        seen = {item.posting_id: item.content_hash for item in items}
        result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=2)
        opened.commit_board(run_id, result, seen, [labelled(items[0])], [raw(items[0])], CompanyFacts())
        opened.finish_run(run_id, {})
        yield opened


def ask(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return list(query(store, sql)[1])


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("select count(*) from history", [(3,)]),
        ("select count(*) from raw", [(3,)]),
        ("select run_id, count(*) from raw group by 1 order by 1", [("2026-01-05", 2), ("2026-01-06", 1)]),
        ("select title from history where title like '%Payments'", [("Data Engineer, Payments",)]),
        ("select count(*) from history a join history b using (posting_id)", [(5,)]),
        ("select payload from raw order by run_id desc limit 1", [('{"id":"a"}',)]),
        ("select stack from history limit 1", [(["Python"],)]),
        (
            "select h.title from history h join postings p on p.content_hash = h.content_hash order by 1 limit 1",
            [("Data Engineer b",)],
        ),
        ("select count(*) from (select * from history) where description_text <> ''", [(3,)]),
        ("with h as (from history) select min(run_id) from h", [("2026-01-05",)]),
        ("select count(*) from technologies where name = 'Python'", [(2,)]),
        ("select n from (select count(*) as n from jobs where posting_id in (select posting_id from history))", [(2,)]),
        ("select count(*) from (summarize history)", [(len(offered.reading.offered_schema("postings")),)]),
    ],
)
def test_answers(store: Store, sql: str, answer: list[tuple[Any, ...]]) -> None:
    assert ask(store, sql) == answer
    compact(store.place)
    assert ask(store, sql) == answer


def test_a_row_as_a_whole_has_every_column(store: Store) -> None:
    ((row,),) = ask(store, "select h from history h limit 1")
    assert list(row) == offered.reading.offered_schema("postings").names


def test_every_view_is_listed_with_its_columns(store: Store) -> None:
    rows = ask(store, "select table_name, count(*) from information_schema.columns group by 1")
    assert dict(rows) == {offer.name: len(offer.fields) for offer in offered.offers(store)}
    assert {"jobs", "history", "raw", "postings"} <= dict(rows).keys()
    assert len(ask(store, "describe raw")) == len(offered.reading.offered_schema("raw"))


def test_a_data_set_in_a_bucket_is_asked_alike(tmp_path: Path) -> None:
    from tests.s3_server import s3_server

    with s3_server() as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment.items():
            patch.setenv(name, value)
        address = f"s3://{server.new_bucket()}/x"
        with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True, dataset=address) as store:
            store.finish_run(commit_two(store), {})
            assert ask(store, "select count(*), count(distinct run_id) from history") == [(2, 1)]
            assert ask(store, "select count(*) from raw r join jobs j using (posting_id)") == [(2,)]


def test_without_any_run_the_views_are_empty(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        assert ask(store, "select count(*) from history, raw") == [(0,)]


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("select title from postings where level = 'senior'", {"postings": ["title", "level"]}),
        ("select count(*) from postings", {"postings": []}),
        ("select * from postings", {"postings": ["posting_id", "title", "level", "stack"]}),
        ("select p from postings p", {"postings": ["posting_id", "title", "level", "stack"]}),
        ("from postings", {"postings": ["posting_id", "title", "level", "stack"]}),
        (
            "select p.level from postings p join history h using (posting_id)",
            {"postings": ["posting_id", "level"], "history": ["posting_id"]},
        ),
        ("select title from postings order by level limit 2", {"postings": ["title", "level"]}),
        ("select unnest(stack) from postings", {"postings": ["stack"]}),
        ("explain select title from postings", {"postings": ["title"]}),
        ("describe postings", {}),
        ("select nothing from postings", {}),
        ("drop table postings", {}),
    ],
)
def test_the_plan_says_which_columns_are_read(sql: str, columns: dict[str, list[str]]) -> None:
    assert columns_asked(sql, SHAPES) == columns


def test_long_texts_are_read_only_when_asked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[list[str]] = []
    stream = offered.reading.stream

    def told(place: Any, kind: str, columns: Any = None, until: Any = None) -> Any:
        read.append(list(columns))
        return stream(place, kind, columns, until)

    monkeypatch.setattr(offered.reading, "stream", told)
    ask(store, "select count(*) from history where title like 'Data%'")
    assert read == [["title"]]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from '{file}'", "select * from read_parquet('{file}')", "select * from read_text('{file}')",
        "select * from glob('*')", "select * from read_csv('{file}')", "select * from read_blob('{file}')",
        "select * from parquet_metadata('{file}')", "copy history to '{file}.x'", "copy (select 1) to '{file}.x' (format parquet)",
        "export database '{file}.x'", "attach '{file}.x'", "explain copy history to '{file}.x'",
        "explain analyze copy (select 1) to '{file}.x'", "load parquet", "install httpfs",
        "insert into history select * from history",
        "delete from history", "create table x as select 1", "create view v as select 1", "select * from outside",
        "set enable_external_access = true", "pragma enable_external_access = true", "reset lock_configuration",
        "call pragma_version()", "with x as (select 1) insert into history select * from x", "checkpoint", "vacuum",
        "select * from query('copy history to ''{file}.x''')", "select getenv('HOME')",
    ],
)  # fmt: skip
def test_nothing_but_reading_what_is_offered(store: Store, sql: str) -> None:
    outside = pa.table({"secret": [1]})  # DuckDB looks for names in the caller's frames where it is let
    before = sorted((path, path.stat().st_size) for path in store.data_dir.rglob("*") if path.suffix != ".db-shm")
    (file, *_) = store.data_dir.rglob("*.parquet")
    with pytest.raises(RolecallError) as caught:
        ask(store, sql.format(file=file))
    assert "\n" not in str(caught.value)
    assert sorted((path, path.stat().st_size) for path in store.data_dir.rglob("*") if path.suffix != ".db-shm") == before
    assert outside.num_rows == 1


@pytest.mark.parametrize("sql", ["select count(*) from history where title > ''", "select title from raw join history using (url)"])
def test_a_file_that_is_gone_is_said_as_everywhere(store: Store, sql: str) -> None:
    store.place.delete("postings/run_date=2026-01-06/2026-01-06.parquet")
    with pytest.raises(DatasetError, match=r"2026-01-06\.parquet is not there; bring it back from a copy of the data set$"):
        ask(store, sql)


def test_an_error_while_rows_come_is_one_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "_BATCH", 1)
    with pytest.raises(RolecallError, match="the query was refused"):
        ask(store, "select case when n = 5000 then error('no further') else 'x' end from range(10000) t(n)")
