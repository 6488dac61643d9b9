"""What is said where a Dask cluster cannot be used; the cluster itself is in ``tests/cluster``."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from flows import dask_batches
from flows.batches import Batches
from flows.dask_batches import DaskError, on_dask, reaches


def never(_: Batches) -> None:
    raise AssertionError("there is nobody to work")


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.setattr(dask_batches, "_CONNECT_SECONDS", 1)
    with pytest.raises(DaskError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1; `dask scheduler` starts one"):
        on_dask("tcp://127.0.0.1:1", tmp_path, never)


@pytest.mark.parametrize(("status", "is_reached"), [(200, True), (503, False)])
def test_a_worker_says_whether_it_reaches_the_server(status: int, is_reached: bool) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        log_message: Callable[..., Any] = lambda *_: None

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        assert reaches(f"http://127.0.0.1:{server.server_port}/api/health") is is_reached
        thread.join()


def test_nobody_there_is_not_reached() -> None:
    assert not reaches("http://127.0.0.1:1/api/health")
