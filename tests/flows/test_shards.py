"""A shard's process: stopped by its flow within five seconds, and gone when its flow is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from flows.shards import run_shard
from pipeline.crawling import BoardResult, ShardOrder, SourceOrder, order_to_json
from pipeline.vocabulary import FailureKind

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
_RUN = """
import sys, orjson
from pathlib import Path
from flows.shards import run_shard
from pipeline.crawling import order_from_json
run_shard(order_from_json(orjson.loads(Path(sys.argv[1]).read_bytes())), lambda: False, print)
"""


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def _order(silent: socket.socket, out_dir: Path) -> ShardOrder:
    source = SourceOrder("greenhouse", "acme", f"http://127.0.0.1:{silent.getsockname()[1]}", 0.0, {})
    return ShardOrder("shard", "loopback", NOW, None, str(out_dir), (source,))


def test_a_stopped_flow_ends_its_shard_within_five_seconds(silent: socket.socket, tmp_path: Path) -> None:
    stop = threading.Event()
    told: list[BoardResult] = []
    ended: list[float] = []

    def run() -> None:
        run_shard(_order(silent, tmp_path), stop.is_set, told.append)
        ended.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    with silent.accept()[0]:
        asked_at = time.monotonic()
        stop.set()
        thread.join()
    assert ended[0] - asked_at < 5
    assert [result.failure for result in told] == [FailureKind.INTERRUPTED]


def test_a_killed_flow_leaves_no_shard_behind(silent: socket.socket, tmp_path: Path) -> None:
    path = tmp_path / "given.json"
    path.write_bytes(orjson.dumps(order_to_json(_order(silent, tmp_path / "out"))))
    flow = subprocess.Popen([sys.executable, "-c", _RUN, str(path)])
    with silent.accept()[0] as connection:
        os.kill(flow.pid, signal.SIGKILL)
        flow.wait()
        killed_at = time.monotonic()
        connection.settimeout(10)
        with suppress(ConnectionResetError):
            while connection.recv(65_536):  # ends when the shard, the only other end, is gone
                pass
    assert time.monotonic() - killed_at < 5
