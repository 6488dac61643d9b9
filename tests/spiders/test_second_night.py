"""A second night asks with what it was given, page by page, and parses nothing that is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.vocabulary import BoardStatus

PAGE = 100


def _postings(count: int, first: int = 0) -> list[dict[str, str]]:
    return [
        {"id": f"p{number}", "text": f"Role {number}", "hostedUrl": f"https://jobs.lever.co/x/p{number}"}
        for number in range(first, first + count)
    ]


class Pages:
    """A paged list whose server gives ETags, or none, page by page."""

    def __init__(self, loopback: Any, *, has_etags: bool) -> None:
        self._loopback = loopback
        self._has_etags = has_etags
        self.pages = {0: _postings(PAGE), 100: _postings(PAGE, 100), 200: _postings(7, 200)}
        self.bodies = 0

    def __call__(self, asked: Any) -> Any:
        page = self.pages[int(asked.path.split("skip=")[1].split("&")[0])]
        etag = f'"{hashlib.sha256(json.dumps(page).encode()).hexdigest()}"'
        if self._has_etags and asked.headers.get("if-none-match") == etag:
            return self._loopback.Reply(status=304)
        self.bodies += 1
        return self._loopback.Reply(page, headers={"ETag": etag} if self._has_etags else {})


@pytest.mark.parametrize(
    ("has_etags", "changed", "bodies", "requests", "postings"),
    [
        (True, None, 0, 3, 0),
        (False, None, 3, 3, 0),
        (True, 0, 3, 3, 207),  # the first page tells: nothing is asked twice
        (True, 200, 4, 6, 207),  # the last one does: two 304s, then the whole board
        (False, 100, 5, 5, 207),
    ],
)
def test_a_paged_board_is_compared_page_by_page(
    servers: Callable[[], Any],
    loopback: Any,
    tmp_path: Path,
    has_etags: bool,
    changed: int | None,
    bodies: int,
    requests: int,
    postings: int,
) -> None:
    server = servers()
    server.scripts["/paged"] = pages = Pages(loopback, has_etags=has_etags)
    order = loopback.SourceOrder("lever", "paged", server.base_url + "/paged", 0.0, {})
    first = loopback.crawl(tmp_path / "one", [order]).results["paged"]
    assert (first.status, first.postings, len(first.validators)) == (BoardStatus.COMPLETE, 207, 3)
    if changed is not None:
        pages.pages[changed][0]["text"] = "Another role"
    pages.bodies = 0
    again = loopback.SourceOrder("lever", "paged", order.base_url, 0.0, first.validators)
    run = loopback.crawl(tmp_path / "two", [again])
    result = run.results["paged"]
    assert (result.status, result.not_modified) == (BoardStatus.COMPLETE, changed is None)
    assert (result.postings, len(run.postings("paged"))) == (postings, postings)
    assert (pages.bodies, result.requests) == (bodies, requests)
    assert (result.validators == first.validators) is (changed is None)
    assert result.validators.keys() == first.validators.keys()


def test_a_page_that_fails_while_it_is_compared_costs_no_posting(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    server.scripts["/paged"] = pages = Pages(loopback, has_etags=True)
    order = loopback.SourceOrder("lever", "paged", server.base_url + "/paged", 0.0, {})
    first = loopback.crawl(tmp_path / "one", [order]).results["paged"]
    server.scripts["/paged"] = lambda asked: (
        loopback.Reply(status=500) if "skip=100&" in asked.path and asked.times <= 4 else pages(asked)
    )
    again = loopback.SourceOrder("lever", "paged", order.base_url, 0.0, first.validators)
    run = loopback.crawl(tmp_path / "two", [again])
    assert (run.results["paged"].status, run.results["paged"].postings) == (BoardStatus.COMPLETE, 207)
