"""A host that says no is left alone, in this shard and in the next; what it allows is remembered for a day."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.vocabulary import BoardStatus, FailureKind

COMPLETE, FAILED, SKIPPED = BoardStatus.COMPLETE, BoardStatus.FAILED, BoardStatus.SKIPPED
JOBS = {"jobs": [{"id": 1, "title": "Engineer", "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/1"}]}
NAMES = ("one", "two", "three", "four", "five")


def _asked(server: Any) -> int:
    return len([asked for asked in server.asked if "robots" not in asked.path])


@pytest.mark.parametrize("status", [403, 429])
def test_a_host_is_left_alone_after_three_refusals(servers: Callable[[], Any], loopback: Any, tmp_path: Path, status: int) -> None:
    server, other = servers(), servers()
    orders = [
        loopback.SourceOrder("greenhouse", name, server.on(f"/{name}", loopback.Reply("no", status)), 0.0, {}) for name in NAMES
    ]
    orders.append(loopback.SourceOrder("greenhouse", "else", other.on("/else", loopback.Reply(JOBS)), 0.0, {}))
    run = loopback.crawl(tmp_path / "one", orders, hosts_dir=tmp_path / "hosts")
    assert _asked(server) == 3
    assert all(run.results[name].status is FAILED for name in NAMES)
    assert "3 refusals in a row" in run.results["five"].reason
    assert "left alone until 2026-01-05 14:00 UTC" in run.results["five"].reason
    assert run.results["else"].status is COMPLETE
    # the next shard of that host tonight, and the same boards tomorrow
    before = _asked(server)
    later = loopback.crawl(tmp_path / "two", orders[:1], hosts_dir=tmp_path / "hosts")
    assert later.results["one"].failure is FailureKind.RATE_LIMITED
    assert _asked(server) == before
    server.on("/one", loopback.Reply(JOBS))
    tomorrow = loopback.crawl(tmp_path / "three", orders[:1], hosts_dir=tmp_path / "hosts", now=loopback.NOW + timedelta(days=1))
    assert tomorrow.results["one"].status is COMPLETE


def test_refusals_that_are_not_in_a_row_stop_nothing(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    replies = [loopback.Reply("no", 403), loopback.Reply("no", 403), loopback.Reply(JOBS), loopback.Reply("no", 403)]
    orders = [
        loopback.SourceOrder("greenhouse", name, server.on(f"/{name}", reply), 0.0, {})
        for name, reply in zip(NAMES, [*replies, loopback.Reply(JOBS)], strict=True)
    ]
    run = loopback.crawl(tmp_path, orders)
    assert [run.results[name].status for name in NAMES] == [FAILED, FAILED, COMPLETE, FAILED, COMPLETE]


def test_a_long_retry_after_puts_off_every_board_of_the_host_until_it_has_passed(
    servers: Callable[[], Any], loopback: Any, tmp_path: Path
) -> None:
    server = servers()
    refusal = loopback.Reply(status=429, headers={"Retry-After": "7200"})
    orders = [loopback.SourceOrder("greenhouse", name, server.on(f"/{name}", refusal), 0.0, {}) for name in NAMES]
    run = loopback.crawl(tmp_path / "one", orders, hosts_dir=tmp_path / "hosts")
    assert run.code == 0
    assert {result.status for result in run.results.values()} == {SKIPPED}
    assert _asked(server) == 1
    again = loopback.crawl(tmp_path / "two", orders, hosts_dir=tmp_path / "hosts", now=loopback.NOW + timedelta(hours=1))
    assert {result.status for result in again.results.values()} == {SKIPPED}
    assert _asked(server) == 1
    loopback.crawl(tmp_path / "three", orders[:1], hosts_dir=tmp_path / "hosts", now=loopback.NOW + timedelta(hours=3))
    assert _asked(server) == 2


def test_robots_txt_is_read_once_a_day_and_obeyed_from_memory(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    server.on("/robots.txt", loopback.Reply("User-agent: *\nDisallow: /shut\n"))
    orders = [
        loopback.SourceOrder("greenhouse", name, server.on(f"/{name}", loopback.Reply(JOBS)), 0.0, {}) for name in ("open", "shut")
    ]
    for hours, read in ((0, 1), (23, 1), (24, 2)):
        now = loopback.NOW + timedelta(hours=hours)
        run = loopback.crawl(tmp_path / str(hours), orders, hosts_dir=tmp_path / "hosts", now=now)
        assert (run.results["open"].status, run.results["shut"].failure) == (COMPLETE, FailureKind.ROBOTS)
        assert len(server.paths("/robots.txt")) == read


def test_a_robots_txt_that_cannot_be_read_forbids_for_now_and_is_asked_for_again(
    servers: Callable[[], Any], loopback: Any, tmp_path: Path
) -> None:
    failing, silent = servers(), servers()
    failing.on("/robots.txt", loopback.Reply(status=503))
    silent.on("/robots.txt", loopback.Reply("", wait_seconds=2))
    orders = [
        loopback.SourceOrder("greenhouse", "failing", failing.on("/a", loopback.Reply(JOBS)), 0.0, {}),
        loopback.SourceOrder("greenhouse", "silent", silent.on("/b", loopback.Reply(JOBS)), 0.0, {}),
    ]
    run = loopback.crawl(tmp_path / "one", orders, "DOWNLOAD_TIMEOUT=0.5", "RETRY_TIMES=0", hosts_dir=tmp_path / "hosts")
    assert run.results["failing"].failure is FailureKind.ROBOTS
    assert run.results["silent"].failure is FailureKind.TIMEOUT
    assert _asked(failing) == _asked(silent) == 0
    failing.on("/robots.txt", loopback.Reply(status=404))
    again = loopback.crawl(tmp_path / "two", orders[:1], hosts_dir=tmp_path / "hosts")
    assert again.results["failing"].status is COMPLETE


def test_the_pace_is_kept_after_a_slow_answer(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    slow, quick = loopback.Reply(JOBS, wait_seconds=1.0), loopback.Reply(JOBS)
    orders = [
        loopback.SourceOrder("greenhouse", name, server.on(f"/{name}", slow if name == "one" else quick), 0.3, {}) for name in NAMES
    ]
    assert loopback.crawl(tmp_path, orders).code == 0
    times = [asked.at for asked in server.asked if "robots" not in asked.path]
    assert min(after - before for before, after in itertools.pairwise(times)) >= 0.25
