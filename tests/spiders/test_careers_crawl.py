"""Careers sites of every temper, on loopback: sitemaps, lists and their pages, systems of their own, and traps."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus, FailureKind

COMPLETE, FAILED, PARTIAL = BoardStatus.COMPLETE, BoardStatus.FAILED, BoardStatus.PARTIAL
TEXT = "<p>" + "We bake bread by night and count it by day, and both are done with care. " * 4 + "</p>"


def _plain(title: str, place: str = "Berlin") -> str:
    """A posting's page without schema.org data."""
    return (
        f"<html><head><title>{title} | Osprey</title></head><body><nav><a href='/jobs'>Jobs</a></nav><main><h1>{title}</h1>"
        f"<p>Location: {place}</p>{TEXT}<h3>Your profile</h3><ul><li>Hands</li></ul><a href='/apply'>Apply now</a></main></body>"
    )


def _written(title: str, **more: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "JobPosting", "title": title, **more})}</script>'


def _sitemap(*addresses: str) -> str:
    return f'<urlset xmlns="x">{"".join(f"<url><loc>{one}</loc></url>" for one in addresses)}</urlset>'


def _links(*paths: str) -> str:
    return "<ul>" + "".join(f'<li><a href="{path}">Baker {at}</a></li>' for at, path in enumerate(paths)) + "</ul>"


def _phenom(*jobs: dict[str, str]) -> str:
    """A list of Phenom's, two jobs in all."""
    return _ddo({"eagerLoadRefineSearch": {"totalHits": 2, "data": {"jobs": list(jobs)}}})


def _ddo(data: Any) -> str:
    return f"<div id='app'></div><script>var phApp = {{}}; phApp.ddo = {json.dumps(data)}; phApp.y = {{}};</script>"


@pytest.fixture(scope="module")
def sites(servers: Callable[[], Any], loopback: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    server, with_robots = servers(), servers()
    reply = loopback.Reply
    with_robots.on("/robots.txt", reply("User-agent: *\nDisallow: /robots/jobs/secret\n"))

    def site(board: str, prefix: str, pages: dict[str, Any], on: Any = None) -> Any:
        on = on or server
        for path, page in pages.items():
            on.on(f"/{prefix}{path}", page if hasattr(page, "status") else reply(page))
        return loopback.SourceOrder("careers", board, f"{on.base_url}/{prefix}", 0.0, {})

    def endless(asked: Any) -> Any:
        """A calendar: every page of it leads to the next and to nothing else."""
        number = int(asked.path.split("page=")[1]) if "page=" in asked.path else 0
        return reply(f'{_links("/jobs/1")}<a href="/jobs?page={number + 1}">next</a>')

    def inventing(asked: Any) -> Any:
        """Pages of a list without end, each with a posting that is not there."""
        number = int(asked.path.split("page=")[1]) if "page=" in asked.path else 0
        return reply(f'{_links(f"/jobs/made-up-{number}")}<a href="/jobs?page={number + 1}">next</a>')

    server.scripts["/endless/jobs"] = endless
    server.scripts["/inventing/jobs"] = inventing
    server.on("/inventing/jobs/", reply(status=404))
    server.on("/endless/jobs/1", reply(_plain("Baker")))
    orders = [
        site("mapped.example", "mapped", {
            "/sitemap.xml": _sitemap(
                "https://mapped.example/about", "https://mapped.example/jobs/1?utm_source=x", "https://mapped.example/jobs/2",
                "https://mapped.example/jobs/3", "https://mapped.example/careers/benefits", "https://other.example/jobs/9",
            ),
            "/jobs/1": _written("One", identifier="M1"), "/jobs/2": _plain("Two", "Lisbon, Portugal"),
            "/jobs/3": f"<h1>Meet our bakers</h1>{TEXT}",
        }),
        site("listed.example", "listed", {
            "/": "<a href='/careers'>Careers</a><a href='https://elsewhere.example/jobs/1'>x</a>",
            "/careers": _links("/careers/one?src=y#top", "/careers/two", "/careers/login") + '<a href="/careers?page=2">2</a>',
            "/careers?page=2": _links("/careers/three"),
            "/careers/one": _plain("One"), "/careers/two": _plain("Two"), "/careers/three": _plain("Three"),
        }),
        site("named.example/about/work", "named", {
            "/about/work": '<div><h3>Bread</h3><a href="/people/x1">Night Baker</a></div><a href="/people/us">Us</a>',
            "/people/x1": _plain("Night Baker"), "/sitemap.xml": _sitemap("https://named.example/jobs/hidden"),
        }),
        site("careers-osprey.icims.com", "icims", {
            "/sitemap.xml": _sitemap(*(f"https://careers-osprey.icims.com/jobs/{path}" for path in ("4417/baker/job", "intro"))),
            "/jobs/4417/baker/job?in_iframe=1": _plain("Baker"), "/jobs/4417/baker/job": "<iframe src='?in_iframe=1'></iframe>",
        }),
        site("jobs.jobvite.com/fernbank", "jobvite", {
            "/fernbank/jobs": '<tr><td><a href="/fernbank/job/oAa1">Grower</a></td><td class="job-location">Pune, India</td>'
            '<a href="/other/job/oBb2">x</a>',
            "/fernbank/job/oAa1": _written("Grower", hiringOrganization="Fernbank Inc.", identifier="oAa1"),
            "/other/job/oBb2": _written("Somebody else's"),
        }),
        site("phenom.example/global/en/search-results", "phenom", {
            "/global/en/search-results": _phenom({"jobSeqNo": "OSP1", "title": "Cook"}),
            "/global/en/search-results?from=1&s=1": _phenom({"jobSeqNo": "OSP2", "title": "Bird Ringer"}),
            "/global/en/job/OSP1/Cook": _written("Cook", identifier="P-1"),
            "/global/en/job/OSP2/Bird-Ringer": "<div id='app'></div>",
        }),
        site("empty.example/careers", "empty", {"/careers": "<p>There are currently no open positions.</p>"}),
        site("shell.example/careers", "shell", {"/careers": "<div id='app'></div><script>x</script>"}),
        site("gone.example/careers", "gone", {}),
        site("robots.example/jobs", "robots", {
            "/jobs": _links("/jobs/open", "/jobs/secret"), "/jobs/open": _plain("Open"), "/jobs/secret": _plain("Secret"),
        }, with_robots),
        site("huge.example/jobs", "huge", {
            "/jobs": _links("/jobs/1", "/jobs/2", "/jobs/3"),
            "/jobs/1": _plain("One"), "/jobs/2": "<p>x</p>" * 1_200_000, "/jobs/3": "<div>" * 5_000,
        }),
        site("challenge.example/jobs", "challenge", {"/jobs": "<title>Just a moment...</title><p>verify you are human</p>"}),
        site("endless.example/jobs", "endless", {}),
        site("inventing.example/jobs", "inventing", {}),
        site("inline.example", "inline", {
            "/jobs": "".join(_written(name, url=f"https://inline.example/jobs{name}") for name in ("#a", "/own")),
            "/jobs/own": _written("Own page", identifier="I2", description="Long."),
        }),
    ]  # fmt: skip
    return loopback.crawl(tmp_path_factory.mktemp("careers"), orders), server, with_robots


EXPECTED: dict[str, tuple[BoardStatus, set[str], FailureKind | None, str]] = {
    "mapped.example": (COMPLETE, {"M1", "https://mapped.example/jobs/2"}, None, ""),
    "listed.example": (COMPLETE, {f"https://listed.example/careers/{name}" for name in ("one", "two", "three")}, None, ""),
    "named.example/about/work": (COMPLETE, {"https://named.example/people/x1"}, None, ""),
    "careers-osprey.icims.com": (COMPLETE, {"https://careers-osprey.icims.com/jobs/4417/baker/job"}, None, ""),
    "jobs.jobvite.com/fernbank": (COMPLETE, {"oAa1"}, None, ""),
    "phenom.example/global/en/search-results": (
        COMPLETE,
        {"P-1", "https://phenom.example/global/en/job/OSP2/Bird-Ringer"},
        None,
        "",
    ),
    "empty.example/careers": (COMPLETE, set(), None, ""),
    "shell.example/careers": (FAILED, set(), FailureKind.NO_POSTING, "none of them with a posting"),
    "gone.example/careers": (FAILED, set(), FailureKind.NOT_FOUND, "answered 404"),
    "robots.example/jobs": (COMPLETE, {"https://robots.example/jobs/open"}, None, ""),
    "huge.example/jobs": (PARTIAL, {"https://huge.example/jobs/1"}, FailureKind.TOO_LARGE, "over the limit of 8.0 MB"),
    "challenge.example/jobs": (FAILED, set(), FailureKind.CHALLENGE, "just a moment"),
    "endless.example/jobs": (COMPLETE, {"https://endless.example/jobs/1"}, None, ""),
    "inventing.example/jobs": (FAILED, set(), FailureKind.TOO_LARGE, "500 list pages"),
    "inline.example": (COMPLETE, {"https://inline.example/jobs#a", "I2"}, None, ""),
}


@pytest.mark.parametrize("board", EXPECTED)
def test_a_careers_site_is_read_to_its_postings(sites: Any, board: str) -> None:
    run, _, _ = sites
    status, ids, failure, words = EXPECTED[board]
    result = run.results[board]
    assert (result.status, result.failure) == (status, failure), result
    assert {posting.external_id for posting in run.postings(board)} == ids
    assert words in (result.reason or ""), result.reason


def test_what_list_and_page_say_of_a_job_is_joined(sites: Any) -> None:
    run, _, _ = sites
    (raw,) = run.postings("jobs.jobvite.com/fernbank")
    posting = to_posting(raw, CompanyFacts())
    assert (posting.title, posting.location, posting.company.name) == ("Grower", "Pune, India", "Fernbank Inc.")
    shell = next(raw for raw in run.postings("phenom.example/global/en/search-results") if raw.external_id != "P-1")
    assert to_posting(shell, CompanyFacts()).title == "Bird Ringer"


def test_other_hosts_other_employers_and_what_robots_forbids_are_not_asked(sites: Any) -> None:
    _, server, with_robots = sites
    assert server.paths("/jobvite/other") == []
    assert server.paths("/mapped/about") == []
    assert server.paths("/named/sitemap.xml") == []
    assert server.paths("/listed/careers/login") == []
    assert with_robots.paths("/robots/jobs/secret") == []
    assert all("in_iframe=1" in path for path in server.paths("/icims/jobs"))


def test_a_walk_without_end_is_cut_off(sites: Any) -> None:
    _, server, _ = sites
    assert len(server.paths("/endless/jobs?")) <= 5
    assert len(server.paths("/inventing/jobs?")) <= 501


def test_pages_that_are_no_posting_are_counted(sites: Any) -> None:
    notes = {name: " / ".join(result.notes) for name, result in sites[0].results.items()}
    assert "page without a posting left out" in notes["mapped.example"]
    assert "address on another host left out" in notes["mapped.example"]
    assert "page that robots.txt forbids left out" in notes["robots.example/jobs"]
