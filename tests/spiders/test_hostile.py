"""Servers that are broken or mean harm, side by side in one shard: each ends in the right result, and the honest ones are read."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.vocabulary import BoardStatus, FailureKind

COMPLETE, FAILED, PARTIAL = BoardStatus.COMPLETE, BoardStatus.FAILED, BoardStatus.PARTIAL
JOBS = {"jobs": [{"id": 1, "title": "Engineer", "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/1"}]}
MEGABYTE = 1_048_576
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
# 100 MB of blanks, as brotli packs them
BROTLI_BOMB = b64decode(
    "y///P/glQOKxQCD3/o///3/wSwDEYRGA7v0f////4JcAiMMCAN37P/7//8EvARCHBQC693/8//+DXwIgDgsAdO//+P//B78EQBwWAOje//H//w9+CYA4LADQvf/j"
    "//8f/BIAcVgAoHv/x///P/glAOKwAED3/o///3/wSwDEYQGA7v0f////4JcAiMMCAN37v/wHr8MvARCHBQC62HU="
)

Talk = Callable[[socket.socket], None]
"""What a server says once it has read a request, other than for robots.txt."""


def _drip(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
    for _ in range(60):
        connection.sendall(b" ")
        time.sleep(1)


def _silent(connection: socket.socket) -> None:
    connection.recv(1)


def _reset(connection: socket.socket) -> None:
    connection.sendall(HEAD + b'Content-Length: 1000\r\n\r\n{"jobs": [')
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def _hang_up(connection: socket.socket) -> None:
    """Says nothing and closes."""


def _headers_for_ever(connection: socket.socket) -> None:
    connection.sendall(HEAD)
    while True:
        connection.sendall(b"X-Padding: " + b"x" * 1_000 + b"\r\n")


def _one_long_header(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"X-Padding: ")
    while True:
        connection.sendall(b"x" * 10_000)


def _interim_for_ever(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 100)


def _hundred_megabytes(connection: socket.socket) -> None:
    connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    chunk = b"100000\r\n" + b" " * MEGABYTE + b"\r\n"
    for _ in range(100):
        connection.sendall(chunk)
    connection.sendall(b"0\r\n\r\n")


def _brotli_bomb(connection: socket.socket) -> None:
    head = HEAD + b"Content-Encoding: br\r\nContent-Length: %d\r\n\r\n" % len(BROTLI_BOMB)
    connection.sendall(head + BROTLI_BOMB)


def _no_http(connection: socket.socket) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")


TALKS: dict[str, tuple[Talk, FailureKind, str, str]] = {
    "dripping": (_drip, FailureKind.TIMEOUT, "", "did not answer in time; asked again"),
    "never_answering": (_silent, FailureKind.TIMEOUT, "", "did not answer in time; asked again"),
    "reset_in_mid_body": (_reset, FailureKind.BROKEN_BODY, "shorter than its Content-Length", "cut its answer short; asked again"),
    "hanging_up": (_hang_up, FailureKind.UNREACHABLE, "", "broke the connection; asked again"),
    "headers_for_ever": (_headers_for_ever, FailureKind.TOO_LARGE, "more than 0.2 MB of headers", ""),
    "one_long_header": (_one_long_header, FailureKind.UNREACHABLE, "", "broke the connection; asked again"),
    "interim_for_ever": (_interim_for_ever, FailureKind.TOO_LARGE, "more than 0.2 MB of headers", ""),
    "hundred_megabytes": (_hundred_megabytes, FailureKind.TOO_LARGE, "over the limit of 4.0 MB", ""),
    "brotli_bomb": (_brotli_bomb, FailureKind.BROKEN_BODY, "encoded as br, which was not asked for", ""),
    "no_http": (_no_http, FailureKind.UNREACHABLE, "", "broke the connection; asked again"),
}


def _serve(talk: Talk) -> socket.socket:
    """A listening server of its own for one mood."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if b"/robots.txt" in connection.recv(65_536):
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                talk(connection)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listening


@pytest.fixture(scope="module")
def hostile(servers: Callable[[], Any], loopback: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """All moods and an honest server in one shard, on small limits."""
    listening = {name: _serve(row[0]) for name, row in TALKS.items()}
    honest = servers().on("/honest", loopback.Reply(JOBS))
    orders = [
        loopback.SourceOrder("greenhouse", name, f"http://127.0.0.1:{server.getsockname()[1]}", 0.0, {})
        for name, server in listening.items()
    ]
    orders.append(loopback.SourceOrder("greenhouse", "honest", honest, 0.0, {}))
    settings = ("DOWNLOAD_TIMEOUT=1.5", "RETRY_TIMES=1", f"DOWNLOAD_MAXSIZE={4 * MEGABYTE}")
    yield loopback.crawl(tmp_path_factory.mktemp("hostile"), orders, *settings)
    for server in listening.values():
        server.close()


@pytest.mark.parametrize("mood", TALKS)
def test_a_hostile_server_ends_in_its_own_failure(hostile: Any, mood: str) -> None:
    _, kind, words, note = TALKS[mood]
    result = hostile.results[mood]
    assert (result.status, result.failure, result.postings) == (FAILED, kind, 0), result
    assert words in result.reason
    assert note in " / ".join(result.notes)


def test_none_of_them_harms_another(hostile: Any) -> None:
    assert (hostile.results["honest"].status, hostile.results["honest"].postings) == (COMPLETE, 1)
    assert hostile.results.keys() == {*TALKS, "honest"}
    assert "Traceback" not in hostile.log
    assert hostile.stats["peak_memory_mb"] < 150


def test_fifty_thousand_postings_over_pages_are_all_read(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()

    def page(asked: Any) -> Any:
        first = int(asked.path.split("skip=")[1].split("&")[0])
        numbers = range(first, min(first + 100, 50_000))
        return loopback.Reply([{"id": f"p{n}", "text": "Role", "hostedUrl": f"https://jobs.lever.co/x/p{n}"} for n in numbers])

    server.scripts["/big"] = page
    run = loopback.crawl(tmp_path, [loopback.SourceOrder("lever", "big", server.base_url + "/big", 0.0, {})])
    result = run.results["big"]
    assert (result.status, result.postings, result.requests) == (COMPLETE, 50_000, 501)
    with (tmp_path / "lever--big.jsonl").open("rb") as lines:
        assert sum(1 for _ in lines) == 50_000
    assert run.stats["peak_memory_mb"] < 150


def test_a_redirect_to_a_name_of_a_private_address_goes_nowhere(
    servers: Callable[[], Any], loopback: Any, tmp_path: Path, private_name: str
) -> None:
    server, inner = servers(), servers()
    location = f"http://{private_name}:{inner.port}/jobs"
    url = server.on("/moved", loopback.Reply(status=302, headers={"Location": location}))
    orders = [
        loopback.SourceOrder("greenhouse", "moved", url, 0.0, {}),
        loopback.SourceOrder("greenhouse", "honest", server.on("/honest", loopback.Reply(JOBS)), 0.0, {}),
    ]
    run = loopback.crawl(tmp_path, orders, contact="https://example.org/bot")
    assert run.results["moved"].failure is FailureKind.ADDRESS_REFUSED
    assert f"{private_name} resolves to " in run.results["moved"].reason
    assert inner.asked == []
    assert run.results["honest"].status is COMPLETE
