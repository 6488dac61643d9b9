"""What is refused: one sentence, as a page or as JSON as it was asked for, the right status, and never a traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from pipeline.filters import Filters
from rolecall.settings import Settings
from rolecall.web.desk import Desk
from rolecall.web.links import ServedLinks
from rolecall.web.served.app import create_app
from rolecall.web.served.limits import Rates
from rolecall.web.shelf import Shelf
from storage.queries.jobs import rows
from tests.rolecall.store_of_site import KEPT_OUT
from tests.rolecall.web.client import Client
from tests.rolecall.web.markup import faults

UNKNOWN = (
    ("remot=x", "did you mean 'remote'?"),
    ("remote=remote-frist", "did you mean 'remote-first'?"),
    ("stack=Pythn", "did you mean 'Python'?"),
    ("country=Germny", "did you mean"),
    ("currency=EURO", "must be a code of three letters"),
    ("pay-min=much", "must be a number"),
    ("pay-min=nan", "must be"),
    ("limit=100000", "a page holds 1 to 200 jobs"),
    ("limit=0", "a page holds 1 to 200 jobs"),
    ("page=0", "must be a number from 1 on"),
    ("page=99999999999999", "must be a number from 1 on"),
    ("as-of=2020-01-01", "2020-01-01"),
    ("as-of=soon", "as-of"),
    ("since=yesterday", "must be a number of days or a date"),
    ("state=gone", "state"),
    ("company=a&company=b", "stands twice"),
    ("&".join(["stack=Python"] * 41), "more than 40 values"),
    ("text=%00", ""),
    ("company=%ff", ""),
)


@pytest.mark.parametrize(("asked", "told"), UNKNOWN)
def test_what_is_unknown_is_refused_with_the_nearest_that_exists(site: Client, asked: str, told: str) -> None:
    page, plain = site.get(f"/?{asked}"), site.get(f"/jobs.json?{asked}")
    assert page.status_code == plain.status_code
    assert page.status_code == 400 or not told
    assert page.status_code < 500
    if told:
        assert told in plain.json()["error"]
        assert list(plain.json()) == ["error"]
        assert not plain.json()["error"].startswith("--")
        assert faults(page.text) == []
    assert "Traceback" not in page.text


MISSING = (
    "/nothing",
    "/job/ffffffff",
    "/company/nobody",
    "/search/nothing",
    "/feeds/nothing.atom",
    "/feeds/python.rss",
    "/static/0/site.css",
    "/static/0/..%2f..%2fapp.py",
    "/job/%2e%2e%2fetc",
    "/nothing.html",
    "/stack/nothing.html",
    "/../../etc/passwd",
)


@pytest.mark.parametrize("address", MISSING)
def test_a_page_that_is_not_there_is_404(site: Client, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 404
    assert faults(answer.text) == []
    assert 'href="/"' in answer.text


def test_missing_json_is_told_as_json(site: Client) -> None:
    for address in ("/job/ffffffff.json", "/company/nobody.json", "/search/nothing.json", "/nothing.json"):
        answer = site.get(address)
        assert answer.status_code == 404
        assert isinstance(answer.json()["error"], str)


def test_what_terms_keep_from_sites_is_451(site: Client, desk: Desk) -> None:
    kept = next(row["job_id"] for row in rows(desk.shelf.shown().store, Filters()) if row["title"] == KEPT_OUT)
    page, plain = site.get(f"/job/{kept}"), site.get(f"/job/{kept}.json")
    assert page.status_code == plain.status_code == 451
    assert KEPT_OUT not in page.text
    assert "the terms of workingnomads keep its postings from sites" in plain.json()["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_the_site_is_only_read(site: Client, method: str) -> None:
    answer = site.ask(method, "/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_is_answered_like_get(site: Client) -> None:
    for address in ("/", "/jobs.json", "/nothing", "/jobs.csv"):
        assert site.ask("HEAD", address).status_code == site.get(address).status_code


def test_an_address_that_is_too_long_is_414(site: Client) -> None:
    for address in (f"/?text={'x' * 4096}", f"/{'x' * 5000}"):
        assert site.get(address).status_code == 414
    assert site.get(f"/jobs.json?text={'x' * 4096}").json() == {"error": "the address is longer than 4096 bytes; leave filters out"}
    assert site.get(f"/?text={'x' * 501}").status_code == 400
    assert site.get(f"/?text={'x' * 500}").status_code == 200


def test_who_asks_too_often_waits_and_others_do_not(desk: Desk) -> None:
    seconds = [0.0]
    app = create_app(desk, rates=Rates(1.0, 3.0, lambda: seconds[0]))
    with Client(app, "127.0.0.2") as eager, Client(app, "127.0.0.3") as calm:
        assert [eager.get("/robots.txt").status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = eager.get("/robots.txt")
        assert int(answer.headers["retry-after"]) >= 1
        assert calm.get("/robots.txt").status_code == 200
        seconds[0] += float(answer.headers["retry-after"])
        assert eager.get("/robots.txt").status_code == 200


def test_a_name_of_another_site_is_refused(desk: Desk) -> None:
    with Client(create_app(desk, ("127.0.0.1", "localhost"))) as client:
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
        assert client.get("/", headers={"Host": "localhost:8800"}).status_code == 200


def test_a_database_that_goes_away_is_told_in_a_sentence_without_a_traceback(store_of_site: Path, tmp_path: Path) -> None:
    shutil.copytree(store_of_site, tmp_path / "data")
    settings = Settings(None, tmp_path / "data")
    with (
        Shelf(settings) as shelf,
        Client(create_app(Desk(settings, shelf, ServedLinks(), "Site", {}), rates=Rates(1e9, 1e9))) as client,
    ):
        assert client.get("/").status_code == 200
        shelf.shown().store.engine.dispose()
        database = tmp_path / "data" / "rolecall.db"
        database.unlink()
        database.write_bytes(b"not a database " * 1000)
        for address in ("/jobs.json", "/companies.json"):
            answer = client.get(address)
            assert answer.status_code in (500, 503)
            assert list(answer.json()) == ["error"]
        page = client.get("/")
        assert page.status_code in (500, 503)
        for word in ("Traceback", "sqlite", 'File "', str(tmp_path)):
            assert word not in page.text
            assert word not in answer.text


def test_the_database_cannot_be_written_through_the_site(desk: Desk) -> None:
    with desk.shelf.shown().store.engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.execute(text("delete from postings"))
