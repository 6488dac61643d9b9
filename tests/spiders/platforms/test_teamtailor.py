from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.failures import BoardFailure
from spiders.platforms.teamtailor import TeamtailorSpider


def _rss(*ids: str) -> str:
    items = (
        f"<item><title>Role {id_}</title><description>&lt;p&gt;Text&lt;/p&gt;</description><link>https://a.example/jobs/{id_}</link>"
        f"<remoteStatus>hybrid</remoteStatus><guid>{id_}</guid><tt:department>Ovens</tt:department></item>"
        for id_ in ids
    )
    return f'<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel>{"".join(items)}</channel></rss>'


def _page(*ids: str, more: bool = False) -> dict[str, Any]:
    items = [{"id": id_, "title": f"Role {id_}", "url": f"https://a.example/jobs/{id_}", "_jobposting": {}} for id_ in ids]
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "items": items,
        **({"next_url": "https://elsewhere.example/"} if more else {}),
    }


@pytest.fixture
def crawl(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> Callable[[dict[str, Any]], tuple[Any, list[RawPosting]]]:
    """A board whose paths answer as given."""

    def run(answers: dict[str, Any]) -> tuple[Any, list[RawPosting]]:
        server = servers()
        for path, answer in answers.items():
            server.on(path, answer if isinstance(answer, loopback.Reply) else loopback.Reply(answer))
        done = loopback.crawl(tmp_path / "out", [loopback.SourceOrder("teamtailor", "acme", server.base_url, 0.0)])
        return done.results["acme"], done.postings("acme")

    return run


def test_the_two_feeds_are_joined_page_by_page(crawl: Any) -> None:
    answers = {
        "/jobs.rss?per_page=1000": _rss("a", "b"),
        "/jobs.json?per_page=100": _page("a", more=True),
        "/jobs.json?page=2&per_page=100": _page("b", "c"),
    }
    result, postings = crawl(answers)
    assert (result.status, result.postings, result.requests, result.notes) == (BoardStatus.COMPLETE, 3, 3, ())
    statuses = {posting.external_id: posting.payload.get("rss", {}).get("remoteStatus") for posting in postings}
    assert statuses == {"a": "hybrid", "b": "hybrid", "c": None}
    assert all("description" not in posting.payload.get("rss", {}) for posting in postings)


def test_json_alone_is_the_board_where_there_is_no_rss(crawl: Any) -> None:
    result, postings = crawl({"/jobs.json": _page("a")})
    assert (result.status, result.requests, [posting.external_id for posting in postings]) == (BoardStatus.COMPLETE, 2, ["a"])


def test_rss_alone_is_the_board_where_there_is_no_json(crawl: Any) -> None:
    result, postings = crawl({"/jobs.rss": _rss("a")})
    assert (result.status, [posting.external_id for posting in postings]) == (BoardStatus.COMPLETE, ["a"])
    assert postings[0].payload["rss"]["description"] == "<p>Text</p>"
    assert postings[0].url == "https://a.example/jobs/a"


def test_no_feed_at_all_is_no_board(crawl: Any) -> None:
    result, _ = crawl({"/robots.txt": ""})
    assert (result.status, result.failure, result.requests) == (BoardStatus.FAILED, FailureKind.NOT_FOUND, 3)


@pytest.mark.parametrize("answers", [{"/jobs.rss": _rss(), "/jobs.json": _page()}, {"/jobs.json": _page()}])
def test_empty_feeds_are_an_empty_board(crawl: Any, answers: dict[str, Any]) -> None:
    result, _ = crawl(answers)
    assert (result.status, result.postings, result.requests) == (BoardStatus.COMPLETE, 0, 2)


def test_a_broken_rss_is_a_failed_board_and_not_one_without_its_remote_status(crawl: Any) -> None:
    result, _ = crawl({"/jobs.rss": _rss("a")[:-10], "/jobs.json": _page("a")})
    assert (result.status, result.failure) == (BoardStatus.FAILED, FailureKind.BROKEN_BODY)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"version": "https://jsonfeed.org/version/1.1"}', FailureKind.WRONG_SHAPE),
        (b'{"items": null}', FailureKind.WRONG_SHAPE),
        (b"[]", FailureKind.WRONG_SHAPE),
        (b"<!doctype html><title>Jobs</title>", FailureKind.WRONG_SHAPE),
        (b"  ", FailureKind.BROKEN_BODY),
    ],
)
def test_what_is_neither_feed_is_a_failure(body: bytes, kind: FailureKind) -> None:
    with pytest.raises(BoardFailure) as caught:
        list(TeamtailorSpider().read(body, "acme"))
    assert caught.value.kind is kind
