"""One page read to find the boards that it shows, through the same crawl as every board."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.crawling import LOOK
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.look import LookSpider
from spiders.registry import spider_for

SITE = "https://www.acme.example"
EMBEDDED = '<html><body><div id="grnhse_app"></div><script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script></body></html>'
POSTING = (
    '<script type="application/ld+json">{"@context":"https://schema.org","@type":"JobPosting","title":"Data engineer"}</script>'
)
HOME = '<a href="/about">About</a> <a href="/careers">Careers</a> <a href="/a-long-way/to/jobs">Jobs</a> <a href="/jobs">Jobs</a>'
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><item><title>Data engineer</title></item></channel></rss>'


@pytest.fixture(scope="module")
def looks(servers: Callable[[], Any], loopback: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    server = servers()
    reply = loopback.Reply
    server.on("/robots.txt", reply("User-agent: *\nDisallow: /private/\n"))
    server.on("/embedded", reply(EMBEDDED))
    server.on("/home", reply(HOME))
    server.on("/careers", reply("<p>We hire.</p>"))
    server.on("/jobs", reply('<a href="https://jobs.lever.co/acme/1">Data engineer</a>'))
    server.on("/feed-of-ours", reply(FEED))
    server.on("/posting", reply(POSTING))
    server.on("/private/careers", reply(EMBEDDED))
    server.on("/challenge", reply("<html><title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>"))
    paths = ("/embedded", "/home", "/feed-of-ours", "/posting", "/private/careers", "/challenge", "/nothing")
    orders = [loopback.SourceOrder(LOOK, f"{SITE}{path}", server.base_url, 0.0) for path in paths]
    run = loopback.crawl(tmp_path_factory.mktemp("look"), orders)
    assert "Traceback" not in run.log, run.log
    return run, server


def boards(run: Any, path: str) -> list[tuple[str, str | None]]:
    return [(one["platform"], one["board"]) for raw in run.postings(f"{SITE}{path}") for one in raw.payload["boards"]]


def test_an_embedded_board_is_found(looks: Any) -> None:
    run, server = looks
    assert boards(run, "/embedded") == [("greenhouse", "acme")]
    assert len(server.paths("/embedded")) == 1


def test_from_a_home_page_the_lists_of_jobs_are_looked_at(looks: Any) -> None:
    run, server = looks
    assert boards(run, "/home") == [("lever", "acme")]
    assert run.postings(f"{SITE}/home")[0].url == f"{SITE}/home"
    assert server.paths("/careers")
    assert not server.paths("/a-long-way")


def test_a_feed_and_a_posting_are_known_for_what_they_are(looks: Any) -> None:
    run, _ = looks
    (feed,), (posting,) = run.postings(f"{SITE}/feed-of-ours"), run.postings(f"{SITE}/posting")
    assert (feed.payload["is_feed"], feed.payload["has_posting"]) == (True, False)
    assert (posting.payload["is_feed"], posting.payload["has_posting"]) == (False, True)


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/private/careers", FailureKind.ROBOTS), ("/challenge", FailureKind.CHALLENGE), ("/nothing", FailureKind.NOT_FOUND)],
)
def test_a_page_that_is_forbidden_closed_or_gone_says_so(looks: Any, path: str, kind: FailureKind) -> None:
    run, server = looks
    result = run.results[f"{SITE}{path}"]
    assert (result.status, result.failure) == (BoardStatus.FAILED, kind)
    assert path != "/private/careers" or not server.paths(path)


def test_where_a_redirect_led_says_the_board() -> None:
    spider = LookSpider()
    spider._led_to["https://acme.example/jobs"] = "https://jobs.lever.co/acme"
    (raw,) = spider.read(b"<html></html>", "https://acme.example/jobs")
    assert raw.payload["boards"][0]["board"] == "acme"  # type: ignore[union-attr]


def test_the_registry_knows_it() -> None:
    assert spider_for(LOOK) is LookSpider


def test_a_trial_reads_no_further_than_it_may(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    page = [{"id": f"p{number}", "text": f"Role {number}"} for number in range(100)]
    for skip in range(0, 500, 100):
        rows = [{**row, "id": f"{row['id']}-{skip}"} for row in page]
        server.on(f"/v0/postings/acme?mode=json&skip={skip}&", loopback.Reply(rows))
    order = loopback.SourceOrder("lever", "acme", server.base_url, 0.0, most_requests=2)
    result = loopback.crawl(tmp_path, [order]).results["acme"]
    assert (result.status, result.postings) == (BoardStatus.COMPLETE, 200)
    assert result.notes == ("the rest left unread after 2 requests, since this was a trial",)
    assert len(server.paths("/v0/")) == 2


def test_a_trial_asks_no_posting_for_its_own_answer(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    jobs = [
        {"id": f"a{n}", "friendly_id": f"a{n}-role", "name": f"Role {n}", "url": f"https://acme.breezy.hr/p/a{n}"} for n in (1, 2)
    ]
    server.on("/json", loopback.Reply(jobs))
    order = loopback.SourceOrder("breezy", "acme", server.base_url, 0.0, most_requests=25)
    result = loopback.crawl(tmp_path, [order]).results["acme"]
    assert (result.status, result.postings) == (BoardStatus.COMPLETE, 2)
    assert not server.paths("/p/")
