"""A shard that is stopped in the middle goes to the next worker with every board that was not reached."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.bench import Bench
from flows.crawl import _claim, _crawl, _todo
from pipeline.crawling import SourceOrder
from pipeline.shard_work import ShardWork, work_from_json
from storage import ledger
from storage.ledger import NewShard, Worker
from storage.store import Store
from tests.storage.factory import NIGHT, NOW


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_boards_that_a_stopped_worker_did_not_reach_are_the_next_ones(silent: str, tmp_path: Path) -> None:
    sources = tuple(SourceOrder("lever", name, silent, 0.0) for name in ("one", "two"))
    work = ShardWork("api.lever.co", None, sources)
    told = []
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        run_id = store.begin_run(NIGHT, NOW)
        with store.engine.begin() as connection:
            ledger.plan(connection, run_id, [NewShard("lever-1", "lever", work.to_json())])
        bench = Bench(store, run_id, NOW, Worker("first"), threading.Event(), told.append)
        claim = _claim(bench)
        assert claim is not None
        threading.Timer(1.0, bench.stop.set).start()
        _crawl(bench, claim, logging.getLogger(__name__))
        assert [str(result.failure) for result in told] == ["interrupted", "interrupted"]
        heir = Bench(store, run_id, NOW, Worker("second"), threading.Event(), told.append)
        again = _claim(heir)
        assert again is not None
        assert again.unstored == {}
        assert [source.board for source in _todo(heir, again, work_from_json(again.work))] == ["one", "two"]
