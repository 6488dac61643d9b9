"""Every page that a link leads to, from the first one on: it is there, it is whole, and nothing in it can run."""

from __future__ import annotations

from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from lxml import html

from rolecall.web.served.headers import POLICY
from tests.rolecall.store_of_site import CLOSED, EVIL, KEPT_OUT
from tests.rolecall.web.client import HOST, Client
from tests.rolecall.web.markup import faults, links

MOST = 1500
LARGEST_BYTES = 100_000
START = ("/", "/?state=all", "/?as-of=2026-01-05", "/?text=python", "/?limit=2&state=all")


@pytest.fixture(scope="module")
def crawled(site: Client) -> dict[str, tuple[int, str, str]]:
    """Status, media type and text of every address of ours that pages lead to, by address; a list's own filters one level deep."""
    found: dict[str, tuple[int, str, str]] = {}
    waiting = deque(START)
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        if address in found:
            continue
        answer = site.get(address)
        kind = answer.headers.get("content-type", "").partition(";")[0]
        found[address] = answer.status_code, kind, answer.text if _is_read(kind) else ""
        if kind == "text/html" and (address in START or not urlsplit(address).query):
            joined = (urldefrag(urljoin(HOST + address, one)).url for one in links(html.document_fromstring(answer.text)))
            waiting += [one.removeprefix(HOST) for one in joined if one.startswith(f"{HOST}/")]
    return found


def _is_read(kind: str) -> bool:
    return kind.startswith("text/") or kind.endswith(("json", "xml"))


def test_every_link_of_every_page_leads_to_an_answer(crawled: dict[str, tuple[int, str, str]]) -> None:
    assert 150 < len(crawled) < MOST
    assert {address: status for address, (status, _, _) in crawled.items() if status != 200} == {}


def test_no_page_has_a_fault(crawled: dict[str, tuple[int, str, str]]) -> None:
    pages = {address: text for address, (_, kind, text) in crawled.items() if kind == "text/html"}
    assert {address: wrong for address, text in pages.items() if (wrong := faults(text))} == {}


@pytest.mark.parametrize("name", ["jobs", "companies", "searches", "quality", "sources", "about"])
def test_the_head_says_which_page_this_is(site: Client, name: str) -> None:
    page = html.document_fromstring(site.get("/" if name == "jobs" else f"/{name}").text)
    current = page.xpath("//nav//a[@aria-current='page']")
    assert [one.text_content() for one in current if one.getparent().tag == "li" and one.text_content() == name.capitalize()]
    assert len(page.xpath("//header//a[@aria-current='page']")) == 1


def test_pages_are_light(crawled: dict[str, tuple[int, str, str]]) -> None:
    pages = {address: text for address, (_, kind, text) in crawled.items() if kind.startswith("text/")}
    assert {address: len(text) for address, text in pages.items() if len(text.encode()) > LARGEST_BYTES} == {}


def test_the_hostile_postings_are_there_and_escaped(crawled: dict[str, tuple[int, str, str]]) -> None:
    shown = [address for address, (_, kind, text) in crawled.items() if kind == "text/html" and "alert(1)" in text]
    assert any(address.startswith("/job/") for address in shown)
    assert any(address.startswith("/company/") for address in shown)
    assert "/" in shown
    assert all(EVIL not in text for _, kind, text in crawled.values() if kind == "text/html")


def test_what_terms_keep_from_sites_is_on_no_page_and_is_counted(crawled: dict[str, tuple[int, str, str]]) -> None:
    assert [address for address, (_, _, text) in crawled.items() if KEPT_OUT in text] == []
    assert "1 job not shown: the terms of Working Nomads keep them from sites" in crawled["/"][2]
    assert CLOSED in crawled["/?state=all"][2]


def test_what_terms_keep_from_sites_is_in_the_json_of_no_page(site: Client, crawled: dict[str, tuple[int, str, str]]) -> None:
    singles = ("/job/", "/company/", "/companies", "/quality", "/sources", "/searches")
    paths = {urlsplit(address).path for address in crawled if address.startswith(singles) and ".json" not in address}
    assert any(path.startswith("/company/workingnomads") for path in paths)
    for address in ("/jobs.json?state=all&limit=200", *(f"{path}.json" for path in sorted(paths))):
        answer = site.get(address)
        assert answer.status_code == 200
        assert KEPT_OUT not in answer.text, address


def test_every_answer_carries_the_headers(site: Client) -> None:
    for address in (
        "/",
        "/jobs.json",
        "/nothing",
        "/?remote=x",
        "/jobs.csv",
        "/openapi.json",
        "/robots.txt",
        f"/?text={'x' * 5000}",
    ):
        headers = site.get(address).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"


def test_the_policy_lets_nothing_in_but_our_own_files() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert set(rules.values()) == {"'none'", "'self'"}
