"""One shard against a loopback server with every mood: each board ends in the right result, and none harms another."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.crawling import BoardResult
from pipeline.vocabulary import BoardStatus, FailureKind

URL = "https://job-boards.greenhouse.io/acme/jobs"
JOBS = {
    "jobs": [
        {"id": n, "title": f"Engineer {n}", "absolute_url": f"{URL}/{n}", "content": "&lt;p&gt;Text&lt;/p&gt;"} for n in (1, 2, 3)
    ]
}
PAGE = "<html><head><title>Sign in</title></head><body>Please sign in.</body></html>"
CHALLENGE = "<html><head><title>Just a moment...</title></head><body>captcha</body></html>"
COMPLETE, FAILED, PARTIAL, SKIPPED = BoardStatus.COMPLETE, BoardStatus.FAILED, BoardStatus.PARTIAL, BoardStatus.SKIPPED


def _lever(count: int, first: int = 0) -> list[dict[str, str]]:
    return [
        {"id": f"p{number}", "text": f"Role {number}", "hostedUrl": f"https://jobs.lever.co/x/p{number}"}
        for number in range(first, first + count)
    ]


@pytest.fixture(scope="module")
def many(servers: Callable[[], Any], loopback: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """All moods in one shard: the process is the dear part."""
    server, forbidding, broken, dead, resting, limiting = (servers() for _ in range(6))
    reply = loopback.Reply
    moods = {
        "plain": server.on("/plain", reply(JOBS)),
        "zipped": server.on("/zipped", reply(JOBS, gzipped=True)),
        "bom": server.on("/bom", reply(b"\xef\xbb\xbf" + reply(JOBS).packed())),
        "empty": server.on("/empty", reply({"jobs": []})),
        "waits": server.on("/waits", reply(status=429, headers={"Retry-After": "1"}), reply(JOBS)),
        "waits_date": server.on(
            "/waits_date",
            reply(status=503, headers={"Retry-After": "Mon, 05 Jan 2026 02:00:01 GMT", "Date": "Mon, 05 Jan 2026 02:00:00 GMT"}),
            reply(JOBS),
        ),
        "put_off": resting.on("/put_off", reply(status=429, headers={"Retry-After": "7200"})),
        "limited": limiting.on("/limited", reply(status=429)),
        "hiccup": server.on("/hiccup", reply(status=500), reply(JOBS)),
        "down": server.on("/down", reply(status=502)),
        "gone": server.base_url + "/nobody",
        "login": server.on("/login", reply(PAGE)),
        "challenge": server.on("/challenge", reply(CHALLENGE)),
        "challenge_403": server.on("/challenge_403", reply(CHALLENGE, status=403)),
        "forbidden": server.on("/forbidden", reply("no", status=403)),
        "blank": server.on("/blank", reply(b"")),
        "cut_json": server.on("/cut_json", reply(b'{"jobs": [{"id": 1, "ti')),
        "cut_json_once": server.on("/cut_json_once", reply(b'{"jobs": [{"id": 1, "ti'), reply(JOBS)),
        "no_json": server.on("/no_json", reply("service unavailable")),
        "latin": server.on("/latin", reply('{"jobs": [{"id": 1, "title": "Développeur"}]}'.encode("latin-1"))),
        "shape": server.on("/shape", reply({"postings": []})),
        "shape_list": server.on("/shape_list", reply([1, 2])),
        "no_ids": server.on("/no_ids", reply({"jobs": [{"title": "x"}, {"name": "y"}]})),
        "cut_gzip": server.on("/cut_gzip", reply(JOBS, gzipped=True, cut=9)),
        "cut_gzip_once": server.on("/cut_gzip_once", reply(JOBS, gzipped=True, cut=9), reply(JOBS, gzipped=True)),
        "fake_gzip": server.on("/fake_gzip", reply(JOBS, headers={"Content-Encoding": "gzip"})),
        "brotli": server.on("/brotli", reply(JOBS, headers={"Content-Encoding": "br"})),
        "bomb": server.on("/bomb", reply(b"[" + b" " * 40_000_000 + b"]", gzipped=True)),
        "short": server.on("/short", reply(JOBS, promised=100_000)),
        "reset": server.on("/reset", reply(JOBS, promised=100_000, reset=True)),
        "huge": server.on("/huge", reply(b"", promised=40 * 1_048_576)),
        "to_private": server.on("/to_private", reply(status=302, headers={"Location": "http://10.1.2.3/jobs"})),
        "to_metadata": server.on("/to_metadata", reply(status=302, headers={"Location": "http://169.254.169.254/latest"})),
        "to_loopback": server.on("/to_loopback", reply(status=302, headers={"Location": f"http://127.0.0.1:{dead.port}/jobs"})),
        "to_name": server.on("/to_name", reply(status=302, headers={"Location": f"http://localhost:{server.port}/plain"})),
        "to_number": server.on("/to_number", reply(status=302, headers={"Location": f"http://2130706433:{server.port}/plain"})),
        "to_file": server.on("/to_file", reply(status=302, headers={"Location": "file:///etc/hostname"})),
        "to_itself": server.on("/to_itself", reply(status=302, headers={"Location": "/to_itself/again"})),
        "moved": server.on("/moved", reply(status=301, headers={"Location": "/plain/v1/boards/moved/jobs"})),
        "robots_no": forbidding.base_url + "/private",
        "robots_yes": forbidding.on("/open", reply(JOBS)),
        "robots_503": broken.on("/any", reply(JOBS)),
        "refused": "http://127.0.0.1:1",
        "twice": server.on("/twice", reply({"jobs": [*JOBS["jobs"], JOBS["jobs"][0]]})),
        "odd_items": server.on("/odd_items", reply({"jobs": [JOBS["jobs"][0], {"id": 9}, "x", None]})),
        "control": server.on("/control", reply(b'{"jobs": [{"id": 1, "title": "Tab\there", "content": "half \\ud83d emoji"}]}')),
    }
    forbidding.on("/robots.txt", reply("User-agent: *\nDisallow: /private\n"))
    broken.on("/robots.txt", reply(status=503))
    dead.close()
    orders = [loopback.SourceOrder("greenhouse", name, url, 0.0, {}) for name, url in moods.items()]
    pages = {0: _lever(100), 100: _lever(100, 100), 200: _lever(7, 200)}

    def lever(asked: Any) -> Any:
        return reply(pages[int(asked.path.split("skip=")[1].split("&")[0])])

    server.scripts["/lever_pages"] = lever
    orders.append(loopback.SourceOrder("lever", "paged", server.base_url + "/lever_pages", 0.0, {}))
    orders.append(loopback.SourceOrder("lever", "looping", server.on("/lever_loop", reply(_lever(100))), 0.0, {}))
    failing = [reply(_lever(100)), reply(status=500)]
    server.scripts["/lever_half"] = lambda asked: failing["skip=0&" not in asked.path]
    orders.append(loopback.SourceOrder("lever", "half", server.base_url + "/lever_half", 0.0, {}))
    run = loopback.crawl(tmp_path_factory.mktemp("many"), orders)
    return run, server, len(orders)


EXPECTED: dict[str, tuple[BoardStatus, int, FailureKind | None, str]] = {
    "plain": (COMPLETE, 3, None, ""),
    "zipped": (COMPLETE, 3, None, ""),
    "bom": (COMPLETE, 3, None, ""),
    "empty": (COMPLETE, 0, None, ""),
    "waits": (COMPLETE, 3, None, ""),
    "waits_date": (COMPLETE, 3, None, ""),
    "put_off": (SKIPPED, 0, FailureKind.RATE_LIMITED, "7200 seconds"),
    "limited": (FAILED, 0, FailureKind.RATE_LIMITED, "429 3 times"),
    "hiccup": (COMPLETE, 3, None, ""),
    "down": (FAILED, 0, FailureKind.HTTP_STATUS, "502 3 times"),
    "gone": (FAILED, 0, FailureKind.NOT_FOUND, "check its name"),
    "login": (FAILED, 0, FailureKind.NOT_JSON, "a page where JSON was due"),
    "challenge": (FAILED, 0, FailureKind.CHALLENGE, "just a moment"),
    "challenge_403": (FAILED, 0, FailureKind.CHALLENGE, "403"),
    "forbidden": (FAILED, 0, FailureKind.HTTP_STATUS, "answered 403"),
    "blank": (FAILED, 0, FailureKind.BROKEN_BODY, "it is empty"),
    "cut_json": (FAILED, 0, FailureKind.BROKEN_BODY, "invalid JSON"),
    "cut_json_once": (COMPLETE, 3, None, ""),
    "no_json": (FAILED, 0, FailureKind.NOT_JSON, "invalid JSON"),
    "latin": (FAILED, 0, FailureKind.BROKEN_BODY, "no UTF-8 at byte"),
    "shape": (FAILED, 0, FailureKind.WRONG_SHAPE, "jobs should be a list, not null"),
    "shape_list": (FAILED, 0, FailureKind.WRONG_SHAPE, "an object was due, not a list"),
    "no_ids": (FAILED, 0, FailureKind.WRONG_SHAPE, "none of its items"),
    "cut_gzip": (FAILED, 0, FailureKind.BROKEN_BODY, "cut short"),
    "cut_gzip_once": (COMPLETE, 3, None, ""),
    "fake_gzip": (FAILED, 0, FailureKind.BROKEN_BODY, "incorrect header"),
    "brotli": (FAILED, 0, FailureKind.BROKEN_BODY, "encoded as br"),
    "bomb": (FAILED, 0, FailureKind.TOO_LARGE, "more than 32.0 MB packed into"),
    "short": (FAILED, 0, FailureKind.BROKEN_BODY, "shorter than its Content-Length"),
    "reset": (FAILED, 0, FailureKind.BROKEN_BODY, ""),
    "huge": (FAILED, 0, FailureKind.TOO_LARGE, "sent 40.0 MB, over the limit of 32.0 MB"),
    "to_private": (FAILED, 0, FailureKind.ADDRESS_REFUSED, "10.1.2.3 is not on the public network"),
    "to_metadata": (FAILED, 0, FailureKind.ADDRESS_REFUSED, "169.254.169.254"),
    "to_loopback": (FAILED, 0, FailureKind.ADDRESS_REFUSED, "127.0.0.1"),
    "to_name": (FAILED, 0, FailureKind.ADDRESS_REFUSED, "localhost"),
    "to_number": (FAILED, 0, FailureKind.ADDRESS_REFUSED, "2130706433"),
    "to_file": (FAILED, 0, FailureKind.ADDRESS_REFUSED, "file:///etc/hostname"),
    "to_itself": (FAILED, 0, FailureKind.HTTP_STATUS, "more than 5 times in a row"),
    "moved": (COMPLETE, 3, None, ""),
    "robots_no": (FAILED, 0, FailureKind.ROBOTS, "forbids"),
    "robots_yes": (COMPLETE, 3, None, ""),
    "robots_503": (FAILED, 0, FailureKind.ROBOTS, "answers 503"),
    "refused": (FAILED, 0, FailureKind.UNREACHABLE, "connection refused"),
    "twice": (COMPLETE, 3, None, ""),
    "odd_items": (COMPLETE, 1, None, ""),
    "control": (COMPLETE, 1, None, ""),
    "paged": (COMPLETE, 207, None, ""),
    "looping": (PARTIAL, 100, FailureKind.PAGING_LOOP, "second time"),
    "half": (PARTIAL, 100, FailureKind.HTTP_STATUS, "500 3 times"),
}
"""By mood: status, postings, kind of failure, words of the reason."""


@pytest.mark.parametrize("mood", EXPECTED)
def test_a_board_ends_as_its_server_deserves(many: Any, mood: str) -> None:
    run, _, _ = many
    status, postings, failure, words = EXPECTED[mood]
    result: BoardResult = run.results[mood]
    assert (result.status, result.postings, result.failure) == (status, postings, failure), result
    assert words in (result.reason or ""), result.reason
    assert (result.reason is None) == (failure is None)
    assert len(run.postings(mood)) == postings


def test_a_shard_ends_with_every_board_on_record(many: Any) -> None:
    run, _, boards = many
    assert run.code == 3
    assert len(run.results) == boards == len(EXPECTED)
    assert not list(run.out_dir.glob("*.part"))
    assert "Traceback" not in run.log


def test_what_was_survived_is_noted(many: Any) -> None:
    notes = {name: " / ".join(result.notes) for name, result in many[0].results.items()}
    assert "Retry-After: 1, which was waited for" in notes["waits"]
    assert "Retry-After: 1" in notes["waits_date"]
    assert "answered 500; asked again" in notes["hiccup"]
    assert "sent a broken body; asked again" in notes["cut_gzip_once"]
    assert "posting came twice" in notes["twice"]
    assert notes["odd_items"] == "item without a title left out / item of no shape left out (2 times)"
    assert notes["plain"] == ""


def test_retry_after_is_waited_for_to_the_second(many: Any) -> None:
    _, server, _ = many
    first, second = (asked.at for asked in server.asked if asked.path.startswith("/waits/"))
    assert second - first >= 1.0


def test_stats_count_what_was_done(many: Any) -> None:
    stats = many[0].stats
    assert stats["boards"] == sum(stats["board_statuses"].values()) == len(EXPECTED)
    assert stats["postings"] == sum(result.postings for result in many[0].results.values())
    assert stats["requests"] >= sum(result.requests for result in many[0].results.values()) > len(EXPECTED)
    assert stats["http_statuses"]["429"] == 5
    assert stats["peak_memory_mb"] < 400  # with bodies of 30 MB among the answers
    assert not stats["is_stopped"]


def test_every_request_says_who_asks_and_robots_comes_first(many: Any) -> None:
    _, server, _ = many
    assert {asked.headers["user-agent"].split("/")[0] for asked in server.asked} == {"rolecall"}
    assert server.asked[0].path == "/robots.txt"
    assert len(server.paths("/robots.txt")) == 2  # once a spider


def test_stored_addresses_never_name_the_server_that_stood_in(many: Any) -> None:
    run = many[0]
    stored = "".join(path.read_text() for path in run.out_dir.glob("*.jsonl"))
    assert "127.0.0.1" not in stored
    addresses = {address for result in run.results.values() for address in result.validators}
    assert addresses
    assert not [address for address in addresses if "127.0.0.1" in address or not address.startswith("https://")]


def test_a_second_night_asks_with_what_it_was_given(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    reply = loopback.Reply
    etag = {"ETag": '"one"', "Last-Modified": "Mon, 05 Jan 2026 01:00:00 GMT"}
    server.scripts["/tagged"] = lambda asked: (
        reply(status=304) if asked.headers.get("if-none-match") == '"one"' else reply(JOBS, headers=etag)
    )
    server.on("/same", reply(JOBS))
    server.on("/other", reply(JOBS), reply({"jobs": JOBS["jobs"][:2]}))
    orders = {
        name: loopback.SourceOrder("greenhouse", name, f"{server.base_url}/{name}", 0.0, {}) for name in ("tagged", "same", "other")
    }
    first = loopback.crawl(tmp_path / "one", list(orders.values()))
    assert {result.status for result in first.results.values()} == {COMPLETE}
    again = [
        loopback.SourceOrder("greenhouse", name, order.base_url, 0.0, first.results[name].validators)
        for name, order in orders.items()
    ]
    second = loopback.crawl(tmp_path / "two", again)
    assert second.code == 0
    assert {name: (result.not_modified, result.postings) for name, result in second.results.items()} == {
        "tagged": (True, 0),
        "same": (True, 0),
        "other": (False, 2),
    }
    assert second.results["tagged"].bytes == 0
    assert second.results["tagged"].validators == first.results["tagged"].validators
    assert server.asked[-1].headers.get("if-modified-since") is None or "tagged" in server.asked[-1].path
    assert len(second.postings("other")) == 2


def test_a_silent_server_is_given_up_in_time(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    sources = [
        loopback.SourceOrder("greenhouse", "silent", server.on("/silent", loopback.Reply(JOBS, wait_seconds=4)), 0.0, {}),
        loopback.SourceOrder("greenhouse", "plain", server.on("/plain", loopback.Reply(JOBS)), 0.0, {}),
    ]
    run = loopback.crawl(tmp_path, sources, "DOWNLOAD_TIMEOUT=1", "RETRY_TIMES=1")
    assert run.results["silent"].failure is FailureKind.TIMEOUT
    assert "did not answer in time; asked again" in run.results["silent"].notes
    assert run.results["plain"].status is COMPLETE


def test_nothing_but_loopback_is_asked_without_a_contact(loopback: Any, tmp_path: Path) -> None:
    sources = [
        loopback.SourceOrder("greenhouse", "acme", None, 1.0, {}),
        loopback.SourceOrder("greenhouse", "inner", "http://192.168.0.9:80", 1.0, {}),
    ]
    run = loopback.crawl(tmp_path, sources)
    assert run.code == 3
    assert run.results["acme"].failure is FailureKind.ADDRESS_REFUSED
    assert "no contact address" in str(run.results["acme"].reason)
    assert "192.168.0.9 is not on the public network" in str(run.results["inner"].reason)
    assert run.stats["requests"] == 0


def test_a_name_that_leads_to_a_private_address_is_refused_where_it_resolves(
    servers: Callable[[], Any], loopback: Any, tmp_path: Path, private_name: str
) -> None:
    server = servers()
    source = loopback.SourceOrder("greenhouse", "acme", f"http://{private_name}:{server.port}", 0.0, {})
    result = loopback.crawl(tmp_path, [source], contact="https://example.org/bot").results["acme"]
    assert result.failure is FailureKind.ADDRESS_REFUSED
    assert f"{private_name} resolves to " in str(result.reason)
    assert server.asked == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_shard_and_keeps_finished_boards(
    servers: Callable[[], Any], loopback: Any, tmp_path: Path, number: int
) -> None:
    server = servers()
    sources = [
        loopback.SourceOrder("greenhouse", "quick", server.on("/quick", loopback.Reply(JOBS)), 0.0, {}),
        loopback.SourceOrder("greenhouse", "endless", server.on("/endless", loopback.Reply(JOBS, wait_seconds=20)), 0.0, {}),
    ]
    process = subprocess.Popen(loopback.command(loopback.write_order(tmp_path, sources, None)), stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (server.paths("/endless") and loopback.read_results(tmp_path)) and time.monotonic() < deadline:
        time.sleep(0.05)
    asked_at = time.monotonic()
    os.kill(process.pid, number)
    _, log = process.communicate(timeout=10)
    assert process.returncode == 130
    assert time.monotonic() - asked_at < 5
    assert loopback.read_results(tmp_path).keys() == {"quick"}
    assert b"Traceback" not in log
    assert (tmp_path / "shard.stats.json").exists()


def test_a_crawl_delay_of_robots_is_kept(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    server.on("/robots.txt", loopback.Reply("User-agent: *\nCrawl-delay: 0.6\n"))
    sources = [
        loopback.SourceOrder("greenhouse", name, server.on(f"/{name}", loopback.Reply(JOBS)), 0.0, {}) for name in ("one", "two")
    ]
    assert loopback.crawl(tmp_path, sources).code == 0
    first, second = (asked.at for asked in server.asked if "robots" not in asked.path)
    assert second - first >= 0.55


@pytest.mark.parametrize(
    ("order", "words"),
    [("{}", "is no shard order"), ("not json", "is no shard order"), (None, "cannot be read"), ("levr", "did you mean 'lever'")],
)
def test_an_order_that_cannot_be_read_is_one_sentence(loopback: Any, tmp_path: Path, order: str | None, words: str) -> None:
    path = tmp_path / "order.json"
    if order == "levr":
        path = loopback.write_order(tmp_path, [loopback.SourceOrder("levr", "acme", "http://127.0.0.1:1", 0.0, {})], None)
    elif order is not None:
        path.write_text(order)
    done = subprocess.run(loopback.command(path), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_setting_that_guards_cannot_be_changed(loopback: Any, tmp_path: Path) -> None:
    done = subprocess.run(loopback.command(tmp_path / "x.json", "DOWNLOAD_TIMEOT=3"), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "did you mean 'DOWNLOAD_TIMEOUT'" in done.stderr
