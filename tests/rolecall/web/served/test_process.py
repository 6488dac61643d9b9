"""``rolecall serve`` as people run it: where it listens, what it refuses at the door, how it follows the nights and ends."""

from __future__ import annotations

import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import urlsplit

import httpx
import pytest

from storage.store import Store
from tests.rolecall.store_of_jobs import Job, labelled_posting
from tests.rolecall.store_of_site import LAST, pass_night, whole
from tests.rolecall.web.serving import served

SECONDS = 30


@pytest.fixture(scope="module")
def address(store_of_site: Path, configuration: Path) -> Iterator[str]:
    with served(store_of_site, configuration) as (found, _):
        yield found


def _raw(address: str, sent: bytes) -> bytes:
    """What a server answers to bytes as they are, until it hangs up."""
    where, answer = urlsplit(address), b""
    with socket.create_connection((where.hostname, where.port), SECONDS) as connection, suppress(ConnectionError):
        connection.sendall(sent)
        while piece := connection.recv(65_536):
            answer += piece
    return answer


def test_it_listens_to_this_machine_alone_unless_told(address: str) -> None:
    assert urlsplit(address).hostname == "127.0.0.1"
    outward = [
        one[4][0] for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET) if not one[4][0].startswith("127.")
    ]
    for other in outward:
        with socket.socket() as connection:  # an address of this very machine, so that nothing leaves it
            connection.settimeout(SECONDS)
            assert socket._socket.socket.connect_ex(connection, (other, urlsplit(address).port)) != 0  # type: ignore[attr-defined]


def test_the_title_is_that_of_the_configuration(address: str) -> None:
    assert "<title>11 open jobs | Acme finds jobs</title>" in httpx.get(address).text


def test_a_page_elsewhere_cannot_point_its_name_at_it(address: str) -> None:
    answer = httpx.get(address, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "nosniff" in answer.headers["x-content-type-options"]
    assert httpx.get(address, headers={"Host": "localhost"}).status_code == 200


def test_head_has_no_body(address: str) -> None:
    answer = _raw(address, b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert body == b""
    assert b"server:" not in head.lower()


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
    ],
    ids=["no HTTP", "no host", "a body"],
)
def test_what_is_no_fair_request_is_refused_and_the_site_goes_on(address: str, sent: bytes) -> None:
    answer = _raw(address, sent)
    assert answer.startswith(b"HTTP/1.1 4")
    assert b"Traceback" not in answer
    assert httpx.get(f"{address}/robots.txt").status_code == 200


@pytest.mark.parametrize("begun", [b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", b"GET /"], ids=["head", "line"])
def test_a_head_without_end_is_hung_up_on(address: str, begun: bytes) -> None:
    answer = _raw(address, begun + b"x" * 700_000)
    assert answer.startswith(b"HTTP/1.1 4") or answer == b""
    assert httpx.get(f"{address}/robots.txt").status_code == 200


def test_pages_are_sent_small(address: str) -> None:
    answer = httpx.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 20_000


def test_a_flood_is_told_to_wait(address: str) -> None:
    one = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n"
    answer = _raw(address, (one + b"\r\n") * 600 + one + b"Connection: close\r\n\r\n")
    assert 100 < answer.count(b"HTTP/1.1 200") < 600
    assert answer.count(b"HTTP/1.1 429") == answer.lower().count(b"retry-after: 1")
    time.sleep(1)
    assert httpx.get(f"{address}/robots.txt").status_code == 200


def test_a_taken_port_is_told_with_the_remedy(
    process: Callable[..., CompletedProcess[str]], store_of_site: Path, address: str
) -> None:
    port = str(urlsplit(address).port)
    done = process("--data", str(store_of_site), "serve", "--port", port)
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 cannot be used" in done.stderr
    assert "choose another with --port" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_data_it_says_how_to_get_some(process: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    done = process("--data", str(tmp_path / "none"), "serve", "--port", "0")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "none").exists()


def test_it_follows_the_nights_and_ends_when_told(store_of_site: Path, configuration: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(store_of_site, data)
    night = LAST + timedelta(days=1)
    with served(data, configuration) as (address, process):
        assert "Newcomer" not in httpx.get(address).text
        with Store.open(f"sqlite:///{data / 'rolecall.db'}", data, create=True) as store:
            pass_night(store, night, [*whole(), labelled_posting(Job("lever", "late", "Newcomer", "first"))])
        ends = time.monotonic() + SECONDS
        while "Newcomer" not in (page := httpx.get(address).text):
            assert time.monotonic() < ends
            time.sleep(0.2)
        assert "last night 8 Jan 2026" in page
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 130
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


def test_a_service_manager_ends_it(store_of_site: Path, configuration: Path) -> None:
    with served(store_of_site, configuration) as (_, process):
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) in (0, 143, -signal.SIGTERM)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
