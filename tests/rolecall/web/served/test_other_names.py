"""Names of the written site's files lead to the same pages of the served one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html

from rolecall.web.desk import Desk
from rolecall.web.written.build import build
from tests.rolecall.web.client import Client


def _heading(text: str) -> str:
    return html.document_fromstring(text).xpath("string(//h1)")


@pytest.fixture(scope="module")
def written(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other") / "site"
    build(desk, desk.shelf.shown(), folder, lambda *_: None)
    return folder


def test_every_file_of_the_written_site_is_a_page_here(site: Client, written: Path) -> None:
    lost = []
    for path in sorted(written.rglob("*.html")):
        name = str(path.relative_to(written))
        if len(name) > 150:  # cut, and told apart by a digest, which only files need
            continue
        moved = site.get("/" + quote(name))
        page = site.get(moved.headers["location"]) if moved.status_code == 308 else moved
        if page.status_code != 200 or (
            not name.startswith(("remote/", "role/", "level/", "stack/", "country/"))
            and _heading(page.text) != _heading(path.read_text())
        ):
            lost.append((name, moved.status_code, moved.headers.get("location"), page.status_code))
    assert lost == []


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/index.html", "/"),
        ("/index-2.html", "/?page=2"),
        ("/remote/remote-first.html", "/?remote=remote-first"),
        ("/stack/cpp.html", "/?stack=C%2B%2B"),
        ("/country/DE-3.html", "/?country=DE&page=3"),
        ("/search/python.html", "/search/python"),
        ("/search/python-2.html", "/search/python?page=2"),
        ("/quality.html", "/quality"),
        ("/company/acme.html", "/company/acme"),
        ("/favicon.ico", None),
    ],
)
def test_it_leads_on(site: Client, asked: str, leads_to: str | None) -> None:
    answer = site.get(asked)
    assert answer.status_code == 308
    if leads_to is None:
        assert site.get(answer.headers["location"]).headers["content-type"] == "image/svg+xml"
    else:
        assert answer.headers["location"] == leads_to


def test_a_name_leads_to_no_other_site(site: Client) -> None:
    for asked in (
        "//evil.example/x.html",
        "/%2f%2fevil.example/x.html",
        "/company/%2f%2fevil.example.html",
        "/job/..%2f..%2f%2fevil.html",
    ):
        location = site.get(asked).headers.get("location", "/")
        assert location.startswith("/")
        assert not location.startswith("//")


def test_robots_are_kept_from_combinations_of_filters(site: Client) -> None:
    answer = site.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /?" in answer.text.splitlines()
