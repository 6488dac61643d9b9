from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.failures import BoardFailure
from spiders.platforms.bamboohr import BamboohrSpider

WIDGET = '<div class="BambooHR-ATS-board"><ul class="BambooHR-ATS-Department-List">{}</ul></div>'
ROW = '<li id="bhrPositionID_{0}"><a href="https://acme.bamboohr.com/careers/{0}">Baker</a></li>'


def _list(*ids: str, total: int | None = None) -> dict[str, Any]:
    rows = [{"id": id_, "jobOpeningName": f"Role {id_}", "locationType": "0"} for id_ in ids]
    return {"meta": {"totalCount": len(ids) if total is None else total}, "result": rows}


def _detail(id_: str) -> dict[str, Any]:
    opening = {
        "jobOpeningShareUrl": f"https://acme.bamboohr.com/careers/{id_}",
        "jobOpeningName": f"Role {id_}",
        "description": "<p>x</p>",
    }
    return {"result": {"jobOpening": opening, "formFields": {"email": {"value": "robin.vale@acme.example"}}}}


@pytest.fixture
def crawl(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> Callable[[dict[str, Any]], tuple[Any, list[RawPosting]]]:
    """A board whose paths answer as given."""

    def run(answers: dict[str, Any]) -> tuple[Any, list[RawPosting]]:
        server = servers()
        for path, answer in answers.items():
            server.on(path, loopback.Reply(answer))
        done = loopback.crawl(tmp_path / "out", [loopback.SourceOrder("bamboohr", "acme", server.base_url, 0.0)])
        return done.results["acme"], done.postings("acme")

    return run


def test_list_and_detail_are_one_posting_without_the_form(crawl: Any) -> None:
    result, postings = crawl({"/careers/list": _list("7"), "/careers/7/detail": _detail("7")})
    assert (result.status, result.postings, result.requests) == (BoardStatus.COMPLETE, 1, 2)
    payload = postings[0].payload
    assert (payload["id"], payload["locationType"], payload["description"]) == ("7", "0", "<p>x</p>")
    assert "formFields" not in payload


def test_the_widget_is_asked_where_there_is_no_list(crawl: Any) -> None:
    widget = WIDGET.format(ROW.format(7) + ROW.format(8) + ROW.format(7))
    result, postings = crawl({"/jobs/embed2.php": widget, "/careers/7/detail": _detail("7")})
    assert (result.status, result.postings) == (BoardStatus.COMPLETE, 2)
    assert {posting.external_id: posting.payload.get("description") for posting in postings} == {"7": "<p>x</p>", "8": None}


@pytest.mark.parametrize("answers", [{"/careers/list": _list()}, {"/jobs/embed2.php": WIDGET.format("")}])
def test_an_empty_list_and_an_empty_widget_are_an_empty_board(crawl: Any, answers: dict[str, Any]) -> None:
    result, _ = crawl(answers)
    assert (result.status, result.postings, result.failure) == (BoardStatus.COMPLETE, 0, None)


def test_neither_list_nor_widget_is_no_board(crawl: Any) -> None:
    result, _ = crawl({"/robots.txt": ""})
    assert (result.status, result.failure) == (BoardStatus.FAILED, FailureKind.NOT_FOUND)


def test_a_list_shorter_than_its_count_makes_the_board_partial(crawl: Any) -> None:
    result, _ = crawl({"/careers/list": _list("7", total=3), "/careers/7/detail": _detail("7")})
    assert (result.status, result.postings) == (BoardStatus.PARTIAL, 1)
    assert "1 of 3 postings listed" in str(result.reason)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!doctype html><title>HR software</title>", FailureKind.NOT_JSON),
        (b'<link href="BambooHR-ATS.css"><h1>Careers</h1>', FailureKind.WRONG_SHAPE),
        (b'{"meta": {"totalCount": 1}}', FailureKind.WRONG_SHAPE),
        (b'{"meta": null, "result": {}}', FailureKind.WRONG_SHAPE),
        (b'{"meta": {"totalCount": "x"}, "result": []}', FailureKind.WRONG_SHAPE),
    ],
)
def test_what_is_neither_list_nor_widget_is_a_failure(body: bytes, kind: FailureKind) -> None:
    with pytest.raises(BoardFailure) as caught:
        list(BamboohrSpider().read(body, "acme"))
    assert caught.value.kind is kind


@pytest.mark.parametrize("body", [b"{}", b'{"result": []}', b'{"result": {"jobOpening": null}}'])
def test_a_detail_without_a_job_opening_is_a_failure(body: bytes) -> None:
    listed = b'{"result": [{"id": "7", "jobOpeningName": "Baker"}]}'
    with pytest.raises(BoardFailure, match="jobOpening should be an object"):
        list(BamboohrSpider().read(listed, "acme", details={"7": body}))
