"""One board into the store: what our own code cannot label fails alone, and what another worker holds is not stored."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from flows import boards
from flows.bench import Bench
from flows.boards import keep_board
from pipeline.crawling import BoardResult, SourceOrder, raw_to_json, slug
from pipeline.records import CompanyFacts, RawPosting
from pipeline.shard_work import ShardWork
from pipeline.vocabulary import BoardStatus, FailureKind
from storage import ledger, schema
from storage.clock import database_now
from storage.ledger import Claim, LeaseLost, NewShard, Worker
from storage.queries.board_results import source_rows
from storage.store import Store
from tests.storage.factory import NIGHT, NOW

WORK = ShardWork("api.lever.co", None, (SourceOrder("greenhouse", "acme"),), {"greenhouse:acme": CompanyFacts("Acme")})
READ = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=2)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        run_id = store.begin_run(NIGHT, NOW)
        made = Bench(store, run_id, NOW, Worker("me"), threading.Event(), lambda result: None)
        made.boards_dir.mkdir(parents=True)
        raws = [
            RawPosting("greenhouse", "acme", str(number), "https://x.example/1", NOW, {"id": number, **fields})
            for number, fields in enumerate([{"title": "Data engineer", "content": "<p>Remote</p>"}, {}])
        ]
        lines = b"\n".join(orjson.dumps(raw_to_json(raw)) for raw in raws)
        (made.boards_dir / f"{slug('greenhouse', 'acme')}.jsonl").write_bytes(lines)
        yield made


def _claim(bench: Bench) -> Claim:
    with bench.store.engine.begin() as connection:
        ledger.plan(connection, bench.run_id, [NewShard("s-1", "lane", WORK.to_json())])
        claim = ledger.claim(connection, bench.run_id, bench.worker, database_now(connection))
    assert claim is not None
    return claim


def test_a_board_is_labelled_and_stored_with_what_reading_it_said(bench: Bench) -> None:
    result, change = keep_board(bench, _claim(bench), WORK, READ)
    assert result is READ
    assert change is not None
    assert change.new == 1
    (row,) = source_rows(bench.store, bench.run_id)
    assert (row.fetched, row.new, row.unreadable) == (2, 1, 1)
    assert row.fill["text"] == 1
    assert row.note.startswith("1 postings could not be read and are kept raw: 1: ")


def test_a_board_that_breaks_our_code_fails_alone(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise ValueError("a page that nobody thought of")

    monkeypatch.setattr(boards, "label_board", breaks)
    result, change = keep_board(bench, _claim(bench), WORK, READ)
    assert change is None
    assert (result.status, result.failure) == (BoardStatus.FAILED, FailureKind.CRASHED)
    assert result.reason == ("its postings could not be labelled (ValueError: a page that nobody thought of); please report it")
    assert list(source_rows(bench.store, bench.run_id)) == []


def test_a_shard_that_went_to_another_worker_stores_nothing(bench: Bench) -> None:
    claim = _claim(bench)
    with bench.store.engine.begin() as connection:
        ledger.stop(connection, bench.run_id)
    with pytest.raises(LeaseLost):
        keep_board(bench, claim, WORK, READ)
    with bench.store.engine.connect() as connection:
        assert list(connection.execute(select(schema.postings.c.posting_id))) == []


@pytest.mark.parametrize("status", [BoardStatus.FAILED, BoardStatus.SKIPPED])
def test_what_was_not_read_is_left_as_it_is(bench: Bench, status: BoardStatus) -> None:
    failed = BoardResult("greenhouse", "acme", status, failure=FailureKind.TIMEOUT)
    assert keep_board(bench, _claim(bench), WORK, failed) == (failed, None)
