"""Workday's pages by POST, and the postings beyond what one query shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.crawling import SourceOrder
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.board import Ask, Board
from spiders.facets import facet_to_split_by
from spiders.failures import BoardFailure
from spiders.platforms.workday import WorkdaySpider

SITE = "/wday/cxs/acme/External"


class Site:
    """A career site that shows so many postings of a query."""

    def __init__(self, loopback: Any, count: int, most: int, facets: list[Any]) -> None:
        self._loopback, self._most, self._facets = loopback, most, facets
        self.jobs = [
            {"title": f"Role {at}", "externalPath": f"/job/Ghent/Role_R{at}", "family": f"f{at % 3}"} for at in range(count)
        ]
        self.asked: list[dict[str, Any]] = []

    def __call__(self, asked: Any) -> Any:
        if not asked.path.endswith("/jobs"):
            return self._loopback.Reply({"jobPostingInfo": {"title": "x", "jobDescription": "<p>Work.</p>"}})
        query = json.loads(asked.body)
        self.asked.append(query)
        if query["limit"] > 20:
            return self._loopback.Reply("too many", 400)
        families = query["appliedFacets"].get("jobFamily", [])
        found = [job for job in self.jobs if not families or job["family"] in families]
        shown = found[: self._most][query["offset"] : query["offset"] + 20]
        total = min(len(found), self._most) if not query["offset"] else 0
        return self._loopback.Reply({"total": total, "jobPostings": shown, "facets": self._facets})


def _families(*counts: int) -> list[Any]:
    return [{"facetParameter": "jobFamily", "values": [{"id": f"f{at}", "count": count} for at, count in enumerate(counts)]}]


@pytest.fixture
def crawl(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> Callable[[Site], Any]:
    def run(site: Site) -> Any:
        server = servers()
        server.scripts[SITE] = site
        return loopback.crawl(tmp_path, [loopback.SourceOrder("workday", "acme.wd5/External", server.base_url, 0.0)])

    return run


def test_pages_are_asked_by_post_until_the_total_is_reached(crawl: Any, loopback: Any) -> None:
    site = Site(loopback, 45, 2000, [])
    result = crawl(site).results["acme.wd5/External"]
    assert (result.status, result.postings, result.requests) == (BoardStatus.COMPLETE, 45, 48)
    asked = sorted(site.asked, key=lambda query: query["offset"])
    assert asked == [{"appliedFacets": {}, "limit": 20, "offset": at, "searchText": ""} for at in (0, 20, 40)]


def test_a_second_night_compares_pages_and_own_answers(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    site, server = Site(loopback, 25, 2000, []), servers()
    server.scripts[SITE] = site
    order = loopback.SourceOrder("workday", "acme.wd5/External", server.base_url, 0.0)
    first = loopback.crawl(tmp_path / "one", [order]).results[order.board]
    again = loopback.SourceOrder("workday", order.board, server.base_url, 0.0, first.validators)
    second = loopback.crawl(tmp_path / "two", [again]).results[order.board]
    assert (second.status, second.not_modified, second.requests) == (BoardStatus.COMPLETE, True, first.requests)
    site.jobs.append({"title": "Role", "externalPath": "/job/Ghent/New_R25", "family": "f0"})
    third = loopback.crawl(tmp_path / "three", [again]).results[order.board]
    assert (third.status, third.postings) == (BoardStatus.COMPLETE, 26)


def _asks(total: int, facets: list[Any], query: str = "limit=20&offset=0") -> list[str]:
    body = json.dumps({"total": total, "jobPostings": [], "facets": facets}).encode()
    address = f"https://acme.wd5.myworkdayjobs.com{SITE}/jobs?{query}"
    parts = WorkdaySpider().read(body, "acme.wd5/External", address=address)
    return [part.address.partition("/jobs?")[2] for part in parts if isinstance(part, Ask)]


def test_more_than_a_query_shows_is_asked_for_value_by_value() -> None:
    facets = _families(900, 800, 700)
    assert _asks(2000, facets) == [f"limit=20&offset=0&jobFamily=f{at}" for at in range(3)]
    assert _asks(45, facets, "limit=20&offset=0&jobFamily=f1") == [f"limit=20&offset={at}&jobFamily=f1" for at in (20, 40)]
    assert len(_asks(2000, facets, "limit=20&offset=0&jobFamily=f1")) == 99  # a facet is never applied twice
    assert _asks(0, facets, "limit=20&offset=40") == []


def test_a_site_that_hides_postings_behind_its_limit_is_a_failure() -> None:
    spider = WorkdaySpider()
    body = json.dumps({"total": 2000, "jobPostings": [], "facets": []}).encode()
    list(spider.read(body, "acme.wd5/External"))
    board = Board(SourceOrder("workday", "acme.wd5/External"), spider.now, frozenset())
    with pytest.raises(BoardFailure, match="over the limit of 2,000 a query") as failure:
        spider.nothing_left(board)
    assert failure.value.kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize(
    ("board", "address"),
    [
        ("acme.wd5/External", "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/External/jobs"),
        ("acme.wd5.myworkdayjobs.com/External", "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/External/jobs"),
        ("acme.wd3/acme_corp/Careers", "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme_corp/Careers/jobs"),
        ("wd5.myworkdaysite.com/acme/Careers", "https://wd5.myworkdaysite.com/wday/cxs/acme/Careers/jobs"),
    ],
)
def test_a_board_is_host_and_site(board: str, address: str) -> None:
    assert next(iter(WorkdaySpider().addresses(board))).partition("?")[0] == address


def test_the_facet_that_reaches_all_with_fewest_queries_is_chosen() -> None:
    few = {"facetParameter": "family", "values": [{"id": "a", "count": 1500}, {"id": "b", "count": 1200}]}
    many = {"facetParameter": "locations", "values": [{"id": str(at), "count": 300} for at in range(10)]}
    large = {"facetParameter": "timeType", "values": [{"id": "full", "count": 2600}, {"id": "part", "count": 100}]}
    short = {"facetParameter": "agency", "values": [{"id": "x", "count": 3}, {"id": "y", "count": 4}]}
    group = {"facetParameter": "locationMainGroup", "values": [many]}
    chosen = facet_to_split_by([short, large, group, few], set(), 2000)
    assert chosen is not None
    assert (chosen.name, chosen.values) == ("family", ("a", "b"))
    again = facet_to_split_by([short, large, group, few], {"family"}, 2000)
    assert again is not None
    assert again.name == "locations"
    only_large = facet_to_split_by([large, {"facetParameter": "odd", "values": [None, 3]}], set(), 2000)
    assert only_large is not None
    assert only_large.name == "timeType"
    assert facet_to_split_by([short, None], set(), 2000) is None
    assert facet_to_split_by("none", set(), 2000) is None
