"""A small HTTP server on loopback, with validators, gzip and a log; what it answers is somebody else's business."""

from __future__ import annotations

import gzip
import hashlib
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pipeline.errors import UsageError
from spiders.practice.answers import Response

_SMALLEST_GZIP = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, for tests and for those who watch."""

    target: str
    status: int
    user_agent: str


Answering = Callable[[str], Response]


@dataclass
class RunningServer:
    """A server that runs in a thread."""

    base_url: str
    requests: list[Asked] = field(default_factory=list)


@contextmanager
def running(answer: Answering, port: int = 0) -> Iterator[RunningServer]:
    """Serve on 127.0.0.1 until the context ends; port 0 takes a free one.

    Raises:
        UsageError: the port is taken.
    """
    told = RunningServer("")

    class Handler(_Handler):
        def respond(self) -> Response:
            return answer(self.path)

        def note(self, status: int) -> None:
            told.requests.append(Asked(self.path, status, self.headers.get("User-Agent", "")))

    try:
        server = _Server(("127.0.0.1", port), Handler)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}); name another with --port") from None
    told.base_url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.hang_up()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """Ends kept-alive connections with itself, and takes a client that leaves for what it is."""

    daemon_threads = False

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._open: set[socket.socket] = set()

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, peer = super().get_request()
        self._open.add(connection)
        return connection, peer

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "rolecall-practice"
    sys_version = ""

    def respond(self) -> Response:
        raise AssertionError("the handler of a running server answers")

    def note(self, status: int) -> None:
        raise AssertionError("the handler of a running server notes")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        """A search by POST is answered as a GET: what the path names is all there is."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        response = self.respond()
        etag = f'"{hashlib.sha256(response.body).hexdigest()[:20]}"'
        if response.status == 200 and self._is_known(response, etag):
            response = Response(304, b"", response.content_type, response.headers)
        self.note(response.status)
        self._send(response, etag)

    def _is_known(self, response: Response, etag: str) -> bool:
        """Whether the client has this answer already; its ETag goes before its date (RFC 9110, 13.1.3)."""
        if "If-None-Match" in self.headers:
            return bool(self.headers["If-None-Match"] in (etag, f"W/{etag}"))
        since = self.headers.get("If-Modified-Since")
        return since is not None and since == response.headers.get("Last-Modified")

    def _send(self, response: Response, etag: str) -> None:
        body = response.body
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        if response.status in (200, 304):
            self.send_header("ETag", etag)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if len(body) > _SMALLEST_GZIP and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        if response.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are kept in the log of the running server, not printed."""
