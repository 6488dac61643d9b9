"""A list and an answer for each of its entries: what is joined, what stands alone, and what is a failure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.answer import Answer, LeftOut
from spiders.board import Ask
from spiders.detailed import DETAIL
from spiders.failures import BoardFailure
from spiders.platforms.smartrecruiters import SmartrecruitersSpider


def _postings(*ids: str, total: int | None = None) -> dict[str, Any]:
    return {"content": [{"id": id_, "name": f"Role {id_}"} for id_ in ids], "totalFound": len(ids) if total is None else total}


def _own(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": f"Role {id_}", "jobAd": {"sections": {"jobDescription": {"text": "<p>Bake.</p>"}}}, **more}


@pytest.fixture
def crawl(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> Callable[[dict[str, Any]], tuple[Any, list[RawPosting]]]:
    """A board of SmartRecruiters whose paths, below ``postings``, answer as given."""

    def run(answers: dict[str, Any]) -> tuple[Any, list[RawPosting]]:
        server = servers()
        for path, answer in answers.items():
            server.on(
                f"/v1/companies/acme/postings{path}", answer if isinstance(answer, loopback.Reply) else loopback.Reply(answer)
            )
        run = loopback.crawl(tmp_path / "out", [loopback.SourceOrder("smartrecruiters", "acme", server.base_url, 0.0)])
        return run.results["acme"], run.postings("acme")

    return run


def test_an_entry_and_its_own_answer_are_one_posting(crawl: Any) -> None:
    result, postings = crawl({"?": _postings("1", "2"), "/1": _own("1"), "/2": _own("2", refNumber="R2")})
    assert (result.status, result.postings, result.requests, result.notes) == (BoardStatus.COMPLETE, 2, 3, ())
    assert {posting.external_id: posting.payload.get("refNumber") for posting in postings} == {"1": None, "2": "R2"}
    assert all(posting.payload["jobAd"] for posting in postings)


def test_an_entry_whose_own_answer_is_gone_is_the_posting_as_listed(crawl: Any, loopback: Any) -> None:
    result, postings = crawl({"?": _postings("1", "2"), "/1": _own("1"), "/2": loopback.Reply("gone", 410)})
    assert (result.status, result.postings) == (BoardStatus.COMPLETE, 2)
    assert result.notes == ("page that is gone replaced by what the list says",)
    assert sorted("jobAd" in posting.payload for posting in postings) == [False, True]


def test_robots_closing_the_own_answers_leaves_the_list(servers: Any, loopback: Any, tmp_path: Path) -> None:
    server = servers()
    server.on("/robots.txt", loopback.Reply("User-agent: *\nDisallow: /v1/companies/acme/postings/\n"))
    server.on("/v1/companies/acme/postings?", loopback.Reply(_postings("1", "2")))
    run = loopback.crawl(tmp_path, [loopback.SourceOrder("smartrecruiters", "acme", server.base_url, 0.0)])
    assert (run.results["acme"].status, run.results["acme"].postings) == (BoardStatus.COMPLETE, 2)
    assert run.results["acme"].notes == ("page that robots.txt forbids replaced by what the list says (2 times)",)


@pytest.mark.parametrize(
    ("own", "kind"),
    [
        ("<html>sign in</html>", FailureKind.NOT_JSON),
        ([], FailureKind.WRONG_SHAPE),
        ({"id": "7", "name": "Role of another"}, FailureKind.WRONG_SHAPE),
        ("", FailureKind.BROKEN_BODY),
    ],
)
def test_a_broken_own_answer_makes_the_board_partial(crawl: Any, own: Any, kind: FailureKind) -> None:
    result, postings = crawl({"?": _postings("1", "2"), "/1": _own("1"), "/2": own})
    assert (result.status, result.failure) == (BoardStatus.PARTIAL, kind)
    assert [posting.external_id for posting in postings] == ["1"]


def test_a_list_that_shows_fewer_than_it_counts_is_partial(crawl: Any) -> None:
    result, postings = crawl({"?": _postings("1", total=50), "/1": _own("1")})
    assert len(postings) == 1
    assert (result.status, result.failure) == (BoardStatus.PARTIAL, FailureKind.PAGING_LOOP)
    assert "1 of 50 postings listed" in (result.reason or "")


def test_a_page_that_only_repeats_is_a_loop(crawl: Any) -> None:
    result, postings = crawl({"?": _postings("1", "2", total=300), "/1": _own("1"), "/2": _own("2")})
    assert (len(postings), result.requests, result.failure) == (2, 4, FailureKind.PAGING_LOOP)
    assert "2 postings for the second time" in (result.reason or "")


def test_a_company_that_is_not_known_is_told_from_none_by_a_note(crawl: Any) -> None:
    result, _ = crawl({"?": _postings()})
    assert result.status is BoardStatus.COMPLETE
    assert result.notes == ("no posting, as SmartRecruiters also answers for a company that it does not know",)


def test_a_posting_that_is_no_longer_active_is_left_out() -> None:
    body = json.dumps(_own("1", active=False)).encode()
    ask = Ask("https://api.smartrecruiters.com/v1/companies/acme/postings/1", DETAIL, item={"id": "1", "name": "Role 1"})
    spider = SmartrecruitersSpider()
    parts = list(spider.split(Answer("smartrecruiters", "acme", spider.now, ask, body)))
    assert parts == [LeftOut("posting that is no longer active left out", is_expected=True)]


@pytest.mark.parametrize(
    "body", [{"content": [{}, 3], "totalFound": 2}, {"content": [{"id": "1", "name": "x"}], "totalFound": None}, {}]
)
def test_a_list_of_another_shape_is_refused(crawl: Any, body: Any) -> None:
    result, _ = crawl({"?": body, "/1": _own("1")})
    assert result.failure is FailureKind.WRONG_SHAPE


def test_recorded_lists_are_read_with_what_is_recorded_of_their_postings() -> None:
    spider, body = SmartrecruitersSpider(), json.dumps(_postings("1", "2")).encode()
    parts = [
        part for part in spider.read(body, "acme", details={"1": json.dumps(_own("1")).encode()}) if isinstance(part, RawPosting)
    ]
    assert [("jobAd" in part.payload, part.external_id) for part in parts] == [(True, "1"), (False, "2")]
    with pytest.raises(BoardFailure):
        list(spider.read(body, "acme", details={"1": b"[]"}))
