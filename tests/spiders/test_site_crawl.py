"""The spiders that find their way in steps: jsonld over sitemaps and list pages, hn over its thread, remoteok past its notice."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.vocabulary import BoardStatus, FailureKind

COMPLETE, FAILED, PARTIAL = BoardStatus.COMPLETE, BoardStatus.FAILED, BoardStatus.PARTIAL


def _page(title: str | None, **more: Any) -> str:
    block = (
        f'<script type="application/ld+json">{json.dumps({"@type": "JobPosting", "title": title, **more})}</script>'
        if title
        else ""
    )
    return f"<html><head><title>{title}</title>{block}</head><body><p>Words.</p></body></html>"


def _sitemap(*addresses: str) -> str:
    return f'<?xml version="1.0"?><urlset xmlns="x">{"".join(f"<url><loc>{one}</loc></url>" for one in addresses)}</urlset>'


def _index(*addresses: str) -> str:
    return f"<sitemapindex>{''.join(f'<sitemap><loc> {one} </loc></sitemap>' for one in addresses)}</sitemapindex>"


@pytest.fixture(scope="module")
def sites(servers: Callable[[], Any], loopback: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    server, with_robots = servers(), servers()
    reply = loopback.Reply

    def site(name: str, pages: dict[str, Any], on: Any = None) -> Any:
        on = on or server
        for path, page in pages.items():
            on.on(
                f"/{name}.example{path}", *(page if isinstance(page, list) else [page if hasattr(page, "status") else reply(page)])
            )
        return loopback.SourceOrder("jsonld", f"{name}.example", f"{on.base_url}/{name}.example", 0.0, {})

    def at(name: str, path: str) -> str:
        return f"https://{name}.example{path}"

    with_robots.on(
        "/robots.txt",
        reply("User-agent: *\nDisallow: /robots.example/jobs/secret\nSitemap: https://robots.example/hidden/map.xml\n"),
    )

    def two(name: str, second: Any, **first: Any) -> Any:
        """A site of two postings, the second of which is as given."""
        listed = _sitemap(at(name, "/jobs/1"), at(name, "/jobs/2"))
        return site(name, {"/sitemap.xml": listed, "/jobs/1": _page("One", **first), "/jobs/2": second})

    orders = [
        site("plain", {
            "/sitemap.xml": _sitemap(*(at("plain", path) for path in ("/about", "/jobs/1", "/jobs/2")), "https://www.plain.example/jobs/3"),
            "/jobs/1": _page("One", identifier="A1"),
            "/jobs/2": _page("Two", identifier="A2"),
            "/jobs/3": _page("Three"),
            "/about": _page(None),
        }),
        site("index", {
            "/sitemap.xml": _index(at("index", "/maps/a.xml"), at("index", "/maps/b.xml.gz"), "https://other.example/c.xml"),
            "/maps/a.xml": _sitemap(at("index", "/careers/one")),
            "/maps/b.xml.gz": reply(gzip.compress(_sitemap(at("index", "/careers/two")).encode())),
            "/careers/one": _page("One"),
            "/careers/two": _page("Two"),
        }),
        site("odd", {"/sitemap.xml": _sitemap(at("odd", "/a"), at("odd", "/b")), "/a": _page("One"), "/b": _page(None)}),
        site("lists", {
            "/jobs": """<a href="/jobs/7?src=x#top">x</a><a href="https://b.example/jobs/9">y</a><a href="/jobs?page=2">2</a>""",
            "/jobs?page=2": """<a href="/jobs/8">x</a>""",
            "/jobs/7": _page("Seven"),
            "/jobs/8": _page("Eight"),
            "/careers": reply("no", status=403),
        }),
        site("inline", {"/careers": _page("Inline", url=at("inline", "/careers/inline"))}),
        two("gone", reply(status=410)),
        two("broken", reply(status=500)),
        two("blocked", "<html><title>Just a moment...</title><body>please verify you are a human</body></html>"),
        two("refused", reply(status=403)),
        two("shared", _page("Two", identifier="9999"), identifier="9999"),
        two("same", _page("One", identifier="S1"), identifier="S1"),
        site("emptied", {"/sitemap.xml": _sitemap()}),
        site("nothing", {"/sitemap.xml": _sitemap(at("nothing", "/jobs/1")), "/jobs/1": _page(None), "/": _page(None)}),
        site("soft404", {"/sitemap.xml": _page(None), "/": _page(None)}),
        site("absent", {}),
        site("down", {"/sitemap.xml": reply(status=503)}),
        site("robots", {
            "/hidden/map.xml": _sitemap(at("robots", "/jobs/open"), at("robots", "/jobs/secret")),
            "/jobs/open": _page("Open"),
            "/jobs/secret": _page("Secret"),
        }, with_robots),
    ]  # fmt: skip

    stories = {"hits": [
        {"objectID": "10", "title": "Ask HN: Who is hiring? (April 2026)", "created_at_i": 100},
        {"objectID": "11", "title": "Ask HN: Who is hiring? (May 2026)", "created_at_i": 200},
        {"objectID": "12", "title": "Ask HN: Who wants to be hired? (May 2026)", "created_at_i": 300},
        {"objectID": "13", "title": "Ask HN: Freelancer? Seeking freelancer? (May 2026)", "created_at_i": 400},
    ]}  # fmt: skip

    def hn(asked: Any) -> Any:
        if "story_" not in asked.path:
            return reply(stories)
        assert "story_11" in asked.path
        page = int(asked.path.split("page=")[1])
        hits = [
            {"objectID": f"{page}{n}", "comment_text": f"Co {page}{n} | Engineer", "parent_id": 11, "story_id": 11, "author": "ada"}
            for n in range(3)
        ]
        return reply(
            {
                "hits": [*hits, {"objectID": f"r{page}", "comment_text": "Nice", "parent_id": 1, "story_id": 11}],
                "page": page,
                "nbPages": 2,
            }
        )

    server.scripts["/hn"] = hn
    server.on("/silent_hn", reply({"hits": [stories["hits"][2]]}))
    server.on("/remoteok", reply([{"legal": "link back"}, {"id": 1, "position": "Cook", "url": "https://remoteok.com/1"}]))
    orders += [
        loopback.SourceOrder("hn", "hn", server.base_url + "/hn", 0.0, {}),
        loopback.SourceOrder("hn", "silent_hn", server.base_url + "/silent_hn", 0.0, {}),
        loopback.SourceOrder("remoteok", "remoteok", server.base_url + "/remoteok", 0.0, {}),
    ]
    return loopback.crawl(tmp_path_factory.mktemp("sites"), orders), server, with_robots


EXPECTED: dict[str, tuple[BoardStatus, set[str], FailureKind | None, str]] = {
    "plain.example": (COMPLETE, {"A1", "A2", "https://www.plain.example/jobs/3"}, None, ""),
    "index.example": (COMPLETE, {"https://index.example/careers/one", "https://index.example/careers/two"}, None, ""),
    "odd.example": (COMPLETE, {"https://odd.example/a"}, None, ""),
    "lists.example": (COMPLETE, {"https://lists.example/jobs/7?src=x", "https://lists.example/jobs/8"}, None, ""),
    "inline.example": (COMPLETE, {"https://inline.example/careers"}, None, ""),
    "gone.example": (COMPLETE, {"https://gone.example/jobs/1"}, None, ""),
    "broken.example": (PARTIAL, {"https://broken.example/jobs/1"}, FailureKind.HTTP_STATUS, "500 3 times"),
    "blocked.example": (PARTIAL, {"https://blocked.example/jobs/1"}, FailureKind.CHALLENGE, "just a moment"),
    "refused.example": (PARTIAL, {"https://refused.example/jobs/1"}, FailureKind.HTTP_STATUS, "403"),
    "emptied.example": (COMPLETE, set(), None, ""),
    "nothing.example": (FAILED, set(), FailureKind.NO_POSTING, "none of them with schema.org JobPosting"),
    "soft404.example": (FAILED, set(), FailureKind.NO_POSTING, "no posting"),
    "absent.example": (FAILED, set(), FailureKind.NOT_FOUND, "answered 404"),
    "down.example": (FAILED, set(), FailureKind.HTTP_STATUS, "503 3 times"),
    "same.example": (COMPLETE, {"S1"}, None, ""),
    "robots.example": (COMPLETE, {"https://robots.example/jobs/open"}, None, ""),
    "hn": (COMPLETE, {"00", "01", "02", "10", "11", "12"}, None, ""),
    "silent_hn": (FAILED, set(), FailureKind.NO_POSTING, "Who is hiring?"),
    "remoteok": (COMPLETE, {"1"}, None, ""),
}


@pytest.mark.parametrize("board", EXPECTED)
def test_a_site_is_read_to_its_postings(sites: Any, board: str) -> None:
    run, _, _ = sites
    status, ids, failure, words = EXPECTED[board]
    result = run.results[board]
    assert (result.status, result.failure) == (status, failure), result
    assert {posting.external_id for posting in run.postings(board)} == ids
    assert words in (result.reason or ""), result.reason


def test_pages_that_give_nothing_are_counted(sites: Any) -> None:
    notes = {name: " / ".join(result.notes) for name, result in sites[0].results.items()}
    assert "page that is gone left out" in notes["gone.example"]
    assert "page that robots.txt forbids left out" in notes["robots.example"]
    assert "page without a JobPosting left out" in notes["odd.example"]
    assert "posting came twice" in notes["same.example"]
    assert notes["hn"] == "reply to a comment left out (2 times)"


def test_a_number_that_two_postings_share_loses_neither(sites: Any) -> None:
    result = sites[0].results["shared.example"]
    ids = {posting.external_id for posting in sites[0].postings("shared.example")}
    assert (result.status, len(ids)) == (COMPLETE, 2)
    assert "9999" in ids


def test_addresses_that_are_no_posting_and_other_hosts_are_not_asked(sites: Any) -> None:
    _, server, with_robots = sites
    assert server.paths("/plain.example/about") == []
    assert server.paths("/lists.example/jobs/9") == []
    assert with_robots.paths("/robots.example/jobs/secret") == []


def test_no_author_reaches_the_files(sites: Any) -> None:
    run = sites[0]
    assert "ada" not in (run.out_dir / "hn--hn.jsonl").read_text()
