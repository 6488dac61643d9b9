"""The practice server over real HTTP."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from pipeline.errors import UsageError
from spiders.practice.scenario import load_scenario
from spiders.practice.server import PracticeServer, serve


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with serve(load_scenario("tiny"), 1) as running:
        yield running


def _get(base_url: str, target: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(base_url.removeprefix("http://"), timeout=10)
    connection.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body


def _after_faults(server: PracticeServer, target: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    response, body = _get(server.base_url, target, **headers)
    return (response, body) if response.status == 200 else _get(server.base_url, target, **headers)


def test_greenhouse_holds_back_what_was_not_asked_for(server: PracticeServer) -> None:
    _, body = _after_faults(server, "/v1/boards/ledgerlark/jobs?content=true&pay_transparency=true")
    jobs = json.loads(body)["jobs"]
    assert jobs[0]["content"].startswith("&lt;")
    _, bare = _get(server.base_url, "/v1/boards/ledgerlark/jobs")
    assert "content" not in json.loads(bare)["jobs"][0]
    assert json.loads(bare)["meta"]["total"] == len(jobs)


def test_lever_pages(server: PracticeServer) -> None:
    _, body = _after_faults(server, "/v0/postings/paytrellis?mode=json")
    whole = json.loads(body)
    _, first = _get(server.base_url, "/v0/postings/paytrellis?mode=json&skip=0&limit=2")
    _, rest = _get(server.base_url, "/v0/postings/paytrellis?mode=json&skip=2&limit=100")
    assert json.loads(first) + json.loads(rest) == whole
    assert len(whole) > 3


def test_ashby_feeds_and_threads(server: PracticeServer) -> None:
    _, body = _get(server.base_url, "/posting-api/job-board/mintward?includeCompensation=true")
    assert all(job["isListed"] for job in json.loads(body)["jobs"])
    _, body = _get(server.base_url, "/api")
    notice, *jobs = json.loads(body)
    assert "legal" in notice
    assert jobs
    _, body = _get(server.base_url, "/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=10")
    story = next(hit for hit in json.loads(body)["hits"] if "Who is hiring?" in hit["title"])
    _, body = _get(server.base_url, f"/api/v1/search_by_date?tags=comment,story_{story['objectID']}&hitsPerPage=1000&page=0")
    hits = json.loads(body)["hits"]
    assert {hit["parent_id"] == hit["story_id"] for hit in hits} == {True, False}


def test_a_site_leads_from_its_sitemap_to_its_pages(server: PracticeServer) -> None:
    host = "careers.tallyroot.example"
    _, body = _get(server.base_url, f"/{host}/sitemap.xml")
    address = body.decode().split("<loc>")[1].split("</loc>")[0]
    assert address.startswith(f"https://{host}/jobs/")
    response, page = _get(server.base_url, f"/{host}{address.removeprefix(f'https://{host}')}")
    assert response.status == 200
    assert b"application/ld+json" in page


def test_validators_spare_a_body(server: PracticeServer) -> None:
    target = "/posting-api/job-board/mintward"
    response, _ = _get(server.base_url, target, Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    again, empty = _get(server.base_url, target, If_None_Match=str(response.headers["ETag"]))
    assert (again.status, empty) == (304, b"")
    server.set_night(20)
    moved, _ = _get(server.base_url, target, If_None_Match=str(response.headers["ETag"]))
    assert moved.status == 200


def test_what_is_not_there_is_404_and_all_is_logged(server: PracticeServer) -> None:
    for target in (
        "/v1/boards/nobody/jobs",
        "/v0/postings/nobody",
        "/posting-api/job-board/nobody",
        "/nobody.example/sitemap.xml",
        "/x",
    ):
        response, _ = _get(server.base_url, target, User_Agent="test")
        assert response.status == 404
    assert [asked.user_agent for asked in server.requests] == ["test"] * 5
    assert b"Disallow: /private/" in _get(server.base_url, "/robots.txt")[1]


def test_faults_of_night_one_end_and_lasting_ones_need_the_word(server: PracticeServer) -> None:
    target = "/v1/boards/ledgerlark/jobs"
    first, _ = _get(server.base_url, target)
    assert (first.status, first.headers["Retry-After"]) == (429, "1")
    assert _get(server.base_url, target)[0].status == 200
    with serve(load_scenario("tiny"), 1, faults=True) as broken:
        _get(broken.base_url, target)
        for _ in range(3):
            _, body = _get(broken.base_url, target)
            with pytest.raises(ValueError, match=r".+"):
                json.loads(body)


def test_sources_carry_the_address_and_no_board_is_twice(server: PracticeServer) -> None:
    sources = server.sources()
    assert len({source.source_id for source in sources}) == len(sources) == 8
    assert all((source.base_url or "").startswith(server.base_url) for source in sources)
    assert {"platform", "external_id", "job", "remote_class", "pay_bands", "tech_stack"} <= set(next(server.truth()))


def test_a_taken_port_is_one_sentence(server: PracticeServer) -> None:
    port = int(server.base_url.rsplit(":", 1)[1])
    with pytest.raises(UsageError, match=f"port {port} cannot be used"), serve(load_scenario("tiny"), 1, port=port):
        pass


def test_dates_spare_a_body_too_and_head_has_none(server: PracticeServer) -> None:
    target = "/posting-api/job-board/mintward"
    response, body = _get(server.base_url, target)
    again, empty = _get(server.base_url, target, If_Modified_Since=str(response.headers["Last-Modified"]))
    assert (again.status, empty) == (304, b"")
    other, _ = _get(server.base_url, target, If_Modified_Since=str(response.headers["Last-Modified"]), If_None_Match='"else"')
    assert other.status == 200
    connection = HTTPConnection(server.base_url.removeprefix("http://"), timeout=10)
    connection.request("HEAD", target)
    head = connection.getresponse()
    assert (head.status, head.read(), head.headers["Content-Length"]) == (200, b"", str(len(body)))
    connection.close()


def test_no_connection_and_no_thread_outlives_the_server() -> None:
    before = set(threading.enumerate())
    with serve(load_scenario("tiny"), 1) as running:
        connection = HTTPConnection(running.base_url.removeprefix("http://"), timeout=10)
        connection.request("GET", "/robots.txt")
        connection.getresponse().read()
    assert set(threading.enumerate()) <= before
    assert connection.sock.recv(1) == b""
    connection.close()


def test_a_new_month_has_a_thread_of_its_own(server: PracticeServer) -> None:
    target = "/api/v1/search_by_date?tags=story,author_whoishiring"
    titles = {}
    for night in (1, 28, 29):
        server.set_night(night)
        hits = json.loads(_get(server.base_url, target)[1])["hits"]
        titles[night] = next(hit["title"] for hit in hits if "Who is hiring" in hit["title"])
    assert titles == {
        night: f"Ask HN: Who is hiring? ({month} 2026)" for night, month in ((1, "January"), (28, "January"), (29, "February"))
    }
    known = {row["external_id"] for row in server.truth() if row["platform"] == "hn" and row["state"] == "open"}
    story = next(hit["objectID"] for hit in hits if "Who is hiring" in hit["title"])
    _, body = _get(server.base_url, f"/api/v1/search_by_date?tags=comment,story_{story}&hitsPerPage=1000")
    comments = [hit for hit in json.loads(body)["hits"] if hit["parent_id"] == hit["story_id"] and hit["comment_text"]]
    assert {hit["objectID"] for hit in comments} == known
