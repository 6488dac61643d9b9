from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.answer import LeftOut
from spiders.board import Ask
from spiders.failures import BoardFailure
from spiders.platforms.personio import LANGUAGES, PersonioSpider

EMPTY = "<workzag-jobs></workzag-jobs>"


def _position(id_: str, name: str, text: str | None) -> str:
    block = f"<jobDescription><name>x</name><value>{text}</value></jobDescription>" if text is not None else ""
    return f"<position><id>{id_}</id><name>{name}</name><jobDescriptions>{block}</jobDescriptions></position>"


def _feed(*positions: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<workzag-jobs>{"".join(positions)}</workzag-jobs>'


@pytest.fixture
def crawl(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> Callable[[dict[str, Any]], tuple[Any, list[RawPosting]]]:
    """A board whose feeds answer as given; a language that is not given has no position."""

    def run(feeds: dict[str, Any]) -> tuple[Any, list[RawPosting]]:
        server = servers()
        for language in LANGUAGES:
            answer = feeds.get(language, EMPTY)
            server.on(f"/xml?language={language}", answer if isinstance(answer, loopback.Reply) else loopback.Reply(answer))
        done = loopback.crawl(tmp_path / "out", [loopback.SourceOrder("personio", "acme", server.base_url, 0.0)])
        return done.results["acme"], done.postings("acme")

    return run


def test_one_id_in_several_languages_is_one_posting_in_the_first_that_has_its_text(crawl: Any) -> None:
    feeds = {
        "en": _feed(_position("1", "Baker", "Bake."), _position("2", "Fahrer", None), _position("3", "Menuisier", None)),
        "de": _feed(_position("1", "Bäcker", "Backen."), _position("2", "Fahrer", "Fahren."), _position("4", "Koch", "Kochen.")),
        "fr": _feed(_position("1", "Boulanger", "Cuire."), _position("3", "Menuisier", "Scier.")),
    }
    result, postings = crawl(feeds)
    assert (result.status, result.postings, result.requests, result.notes) == (BoardStatus.COMPLETE, 4, 3, ())
    titles = {posting.external_id: posting.payload["name"] for posting in postings}
    assert titles == {"1": "Baker", "2": "Fahrer", "4": "Koch", "3": "Menuisier"}
    assert {posting.url for posting in postings} == {f"https://acme.jobs.personio.de/job/{id_}" for id_ in "1234"}


def test_two_feeds_are_enough_where_every_position_has_its_text(crawl: Any) -> None:
    result, _ = crawl({"en": _feed(_position("1", "Baker", "Bake."))})
    assert (result.status, result.postings, result.requests) == (BoardStatus.COMPLETE, 1, 2)


def test_a_position_that_has_no_text_in_any_language_is_a_posting_without_one(crawl: Any) -> None:
    result, postings = crawl({"en": _feed(_position("1", "Baker", None), _position("1", "Baker", " "))})
    assert (result.status, result.postings, result.requests) == (BoardStatus.COMPLETE, 1, len(LANGUAGES))
    assert postings[0].payload["name"] == "Baker"


def test_the_next_night_reads_all_feeds_afresh_where_one_has_changed(servers: Any, loopback: Any, tmp_path: Path) -> None:
    server = servers()
    server.on("/xml?language=en", loopback.Reply(_feed(_position("1", "Baker", "Bake."), _position("2", "Fahrer", None))))
    server.on("/xml?language=de", loopback.Reply(_feed(_position("2", "Fahrer", "Fahren."))))
    order = loopback.SourceOrder("personio", "acme", server.base_url, 0.0)
    first = loopback.crawl(tmp_path / "1", [order]).results["acme"]
    again = loopback.crawl(tmp_path / "2", [replace(order, validators=first.validators)]).results["acme"]
    assert (again.status, again.not_modified, again.requests) == (BoardStatus.COMPLETE, True, 2)
    server.on("/xml?language=de", loopback.Reply(_feed(_position("2", "Fahrer", "Weit fahren."))))
    run = loopback.crawl(tmp_path / "3", [replace(order, validators=first.validators)])
    assert (run.results["acme"].status, run.results["acme"].not_modified) == (BoardStatus.COMPLETE, False)
    assert {posting.external_id for posting in run.postings("acme")} == {"1", "2"}


def test_an_empty_feed_is_an_empty_board(crawl: Any) -> None:
    result, _ = crawl({})
    assert (result.status, result.postings, result.failure) == (BoardStatus.COMPLETE, 0, None)
    (ask,) = PersonioSpider().read(b"<workzag-jobs/>", "acme")
    assert isinstance(ask, Ask)


def test_a_feed_that_fails_leaves_a_partial_board(crawl: Any, loopback: Any) -> None:
    feeds = {"en": _feed(_position("1", "Baker", "Bake.")), "de": loopback.Reply("no", 404)}
    result, _ = crawl(feeds)
    assert (result.status, result.postings, result.failure) == (BoardStatus.PARTIAL, 1, FailureKind.NOT_FOUND)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FailureKind.BROKEN_BODY),
        (_feed(_position("1", "Baker", "Bake."))[:-20].encode(), FailureKind.BROKEN_BODY),
        (b"<!doctype html><title>Page not found</title>", FailureKind.WRONG_SHAPE),
        (b"<rss><channel><item/></channel></rss>", FailureKind.WRONG_SHAPE),
        (b'{"jobs": []}', FailureKind.WRONG_SHAPE),
        (b"<html><head><title>Just a moment...</title></head></html>", FailureKind.CHALLENGE),
    ],
)
def test_what_is_no_feed_is_a_failure(body: bytes, kind: FailureKind) -> None:
    with pytest.raises(BoardFailure) as caught:
        list(PersonioSpider().read(body, "acme"))
    assert caught.value.kind is kind


def test_a_position_without_an_id_of_its_own_is_left_out() -> None:
    broken = ("<position><id>1</id><id>2</id><name>Baker</name></position>", "<position><name>Cook</name></position>")
    parts = list(PersonioSpider().read(_feed(*broken, _position("3", "Smith", "Forge.")).encode(), "acme"))
    assert [part.external_id for part in parts if isinstance(part, RawPosting)] == ["3"]
    assert [part.why for part in parts if isinstance(part, LeftOut)] == ["item without an id left out"] * 2


def test_a_board_may_be_a_host_of_its_own() -> None:
    assert list(PersonioSpider().addresses("acme.jobs.personio.com")) == ["https://acme.jobs.personio.com/xml?language=en"]
