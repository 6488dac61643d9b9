"""A loopback server that can be as rude as a test likes, and shards run against it in processes of their own."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipeline.crawling import BoardResult, ShardOrder, SourceOrder, order_to_json, raw_from_json, result_from_json, slug
from pipeline.records import RawPosting
from spiders.addresses import is_public_ip

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    """What a loopback server says once."""

    body: bytes | str | list[Any] | dict[str, Any] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    gzipped: bool = False
    cut: int = 0
    """Bytes taken off the end of the packed body, its Content-Length kept true."""
    promised: int | None = None
    """A Content-Length of its own."""
    wait_seconds: float = 0.0
    reset: bool = False
    """Break the connection in mid-body."""

    def packed(self) -> bytes:
        body = (
            self.body
            if isinstance(self.body, bytes)
            else self.body.encode()
            if isinstance(self.body, str)
            else json.dumps(self.body).encode()
        )
        body = gzip.compress(body) if self.gzipped else body
        return body[: len(body) - self.cut] if self.cut else body


Script = Callable[["Asked"], Reply]


@dataclass(frozen=True)
class Asked:
    """A request as it came; ``times`` counts those for the same path and query, this one included."""

    path: str
    headers: dict[str, str]
    at: float
    times: int
    body: bytes = b""


class LoopbackServer:
    """Answers by the longest prefix of the path; what it does not know is 404."""

    def __init__(self) -> None:
        self.scripts: dict[str, Script] = {}
        self.asked: list[Asked] = []
        self._times: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # the body would wait until the head is acknowledged

            def do_GET(self) -> None:
                server.answer(self)

            def do_POST(self) -> None:
                server.answer(self)

            def log_message(self, *arguments: Any) -> None:
                pass

        class Http(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that hangs up is what half of the tests are about."""

        self._http = Http(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]
        self.base_url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def on(self, prefix: str, *replies: Reply) -> str:
        """Answer a prefix with these replies in turn, the last one for ever; gives the base_url of the prefix."""
        self.scripts[prefix] = lambda asked: replies[min(asked.times, len(replies)) - 1]
        return self.base_url + prefix

    def paths(self, prefix: str) -> list[str]:
        return [asked.path for asked in self.asked if asked.path.startswith(prefix)]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        with self._lock:
            self._times[handler.path] += 1
            headers = {name.lower(): value for name, value in handler.headers.items()}
            asked = Asked(handler.path, headers, time.monotonic(), self._times[handler.path], body)
            self.asked.append(asked)
        known = [prefix for prefix in self.scripts if handler.path.startswith(prefix)]
        reply = self.scripts[max(known, key=len)](asked) if known else Reply("nothing here", 404)
        time.sleep(reply.wait_seconds)
        packed = reply.packed()
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            if reply.gzipped:
                handler.send_header("Content-Encoding", "gzip")
            if reply.status != 304:
                handler.send_header("Content-Length", str(len(packed) if reply.promised is None else reply.promised))
            handler.end_headers()
            handler.wfile.write(packed)
            handler.wfile.flush()
        except OSError:
            handler.close_connection = True
            return
        if reply.reset:
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if reply.reset or reply.promised is not None:
            handler.close_connection = True

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@dataclass(frozen=True)
class ShardRun:
    """What a shard's process left."""

    out_dir: Path
    code: int
    log: str
    results: dict[str, BoardResult]
    """By board."""

    def postings(self, board: str) -> list[RawPosting]:
        path = self.out_dir / f"{slug(self.results[board].platform, board)}.jsonl"
        return [raw_from_json(json.loads(line)) for line in path.read_bytes().splitlines()] if path.exists() else []

    @property
    def stats(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads((self.out_dir / "shard.stats.json").read_bytes())
        return loaded


def write_order(
    out_dir: Path, sources: Sequence[SourceOrder], contact: str | None, now: datetime = NOW, hosts_dir: Path | None = None
) -> Path:
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / "shard.order.json"
    remembered = str(hosts_dir) if hosts_dir else None
    order = ShardOrder("shard", "loopback", now, contact, str(out_dir), tuple(sources), remembered)
    path.write_text(json.dumps(order_to_json(order)))
    return path


def command(order: Path, *settings: str) -> list[str]:
    return [sys.executable, "-P", "-m", "spiders.run", str(order), *(word for setting in settings for word in ("-s", setting))]


def crawl(
    out_dir: Path,
    sources: Sequence[SourceOrder],
    *settings: str,
    contact: str | None = None,
    now: datetime = NOW,
    hosts_dir: Path | None = None,
) -> ShardRun:
    """Run a shard to its end."""
    order = write_order(out_dir, sources, contact, now, hosts_dir)
    done = subprocess.run(command(order, *settings), capture_output=True, text=True, timeout=120, check=False)
    return ShardRun(out_dir, done.returncode, done.stderr, read_results(out_dir))


def read_results(out_dir: Path) -> dict[str, BoardResult]:
    results = (result_from_json(json.loads(path.read_bytes())) for path in out_dir.glob("*.result.json"))
    return {result.board: result for result in results}


@pytest.fixture(scope="module")
def servers() -> Iterator[Callable[[], LoopbackServer]]:
    """Makes loopback servers that end with the module."""
    started: list[LoopbackServer] = []

    def start() -> LoopbackServer:
        started.append(LoopbackServer())
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture(scope="session")
def loopback() -> Any:
    """The tools of this file, for test modules (which cannot import each other)."""
    import types

    return types.SimpleNamespace(
        Reply=Reply,
        crawl=crawl,
        write_order=write_order,
        command=command,
        read_results=read_results,
        NOW=NOW,
        SourceOrder=SourceOrder,
    )


@pytest.fixture(scope="session")
def private_name() -> str:
    """This machine's own name, which leads to an address that is not public."""
    name = socket.gethostname()
    try:
        resolved = {str(address[4][0]) for address in socket.getaddrinfo(name, 80)}
    except OSError:
        pytest.skip("this machine's own name does not resolve")
    if any(is_public_ip(address) for address in resolved):
        pytest.skip("this machine's own name is public")
    return name
