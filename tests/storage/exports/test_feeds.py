"""Feeds and calendars against the rules of their formats, with whatever a posting may hold."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import given
from hypothesis import settings as drawn
from icalendar import Calendar
from lxml import etree  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser

from storage.exports.about import NOWHERE, About
from storage.exports.formats import FORMATS
from tests.storage.exports.rows import ABOUT, HOSTILE, NAMES, NIGHT, ROWS, row

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = replace(
    ABOUT, site="https://jobs.example.org", search_id="first", page="https://jobs.example.org/search/first.html",
    address="https://jobs.example.org/feeds/first.atom",
)  # fmt: skip
_INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_TEXT, _ADDRESS = {"type": "string", "minLength": 1}, {"type": "string", "pattern": '^https?://[^\\s<>"]+$'}
JSON_FEED = {
    "type": "object", "required": ["version", "title", "items"], "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": _TEXT, "description": _TEXT, "home_page_url": _ADDRESS,
        "feed_url": _ADDRESS, "icon": _ADDRESS, "favicon": _ADDRESS, "language": _TEXT, "expired": {"type": "boolean"},
        "authors": {"type": "array", "items": {"type": "object", "minProperties": 1}},
        "items": {"type": "array", "items": {
            "type": "object", "required": ["id"], "additionalProperties": False,
            "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
            "patternProperties": {"^_[a-zA-Z]": {"type": "object"}},
            "properties": {
                "id": _TEXT, "url": _ADDRESS, "external_url": _ADDRESS, "title": _TEXT, "content_html": _TEXT,
                "content_text": _TEXT, "summary": _TEXT, "date_published": {"type": "string", "pattern": f"^{_INSTANT}$"},
                "date_modified": {"type": "string", "pattern": f"^{_INSTANT}$"}, "tags": {"type": "array", "items": _TEXT},
            },
        }},
    },
}  # fmt: skip
"""The rules of jsonfeed.org/version/1.1 for what we write."""


def written(name: str, rows: list[dict[str, Any]], about: About = ABOUT) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(rows, NAMES, about, out)
    return out.getvalue()


def check_atom(data: bytes) -> Any:
    """The document, after the grammar, and the rules that no grammar says (RFC 4287, 4.1.1 and 4.2)."""
    document = etree.fromstring(data)
    assert GRAMMAR.validate(document), GRAMMAR.error_log
    ids = document.xpath("//a:entry/a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids)
    assert document.xpath("count(/a:feed/a:author)", namespaces=ATOM) == 1, "or each entry needs its own"
    for entry in document.xpath("//a:entry", namespaces=ATOM):
        published, updated = (
            datetime.fromisoformat(entry.findtext(f"a:{name}", namespaces=ATOM)) for name in ("published", "updated")
        )
        assert published <= updated
        links = entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)
        assert len({(link.get("type"), link.get("hreflang")) for link in links}) == len(links)
        assert entry.xpath("a:content|a:link[@rel='alternate']", namespaces=ATOM)
    read = feedparser.parse(data)
    assert read.bozo == 0
    assert [entry.id for entry in read.entries] == ids
    return document


@given(ROWS)
@drawn(max_examples=60)
def test_any_jobs_make_a_valid_atom_feed(rows: list[dict[str, Any]]) -> None:
    check_atom(written("atom", rows, SITE))


@given(ROWS)
@drawn(max_examples=60)
def test_any_jobs_make_a_valid_json_feed(rows: list[dict[str, Any]]) -> None:
    value = json.loads(written("jsonfeed", rows, SITE))
    jsonschema.validate(value, JSON_FEED)
    assert len({item["id"] for item in value["items"]}) == len(rows)
    for item in value["items"]:
        assert item["date_published"] <= item["date_modified"]
        tags = {node.tag for node in LexborHTMLParser(item["content_html"]).css("body *")}
        assert tags <= {"ul", "li", "p", "a"}, "nothing that a posting holds is markup"
        assert all(node.attributes.keys() == {"href"} for node in LexborHTMLParser(item["content_html"]).css("a"))


@given(ROWS)
@drawn(max_examples=60)
def test_any_jobs_make_a_calendar_that_reads_back(rows: list[dict[str, Any]]) -> None:
    data = written("ics", rows)
    events = Calendar.from_ical(data).walk("VEVENT")
    closing = [one for one in rows if one["expires_on"] and one["expires_on"] >= NIGHT.date()]
    assert [event["dtstart"].dt for event in events] == [one["expires_on"] for one in closing]
    assert len({event["uid"] for event in events}) == len(events)
    assert {event["dtstamp"].dt for event in events} <= {NIGHT}
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "RFC 5545, 3.1"


def test_an_entry_says_what_decides_and_whom_to_credit() -> None:
    document = check_atom(written("atom", [row(7, title="A <b>& C", url="https://x.example/?a=1&b='2'")], SITE))
    (entry,) = document.xpath("//a:entry", namespaces=ATOM)
    assert entry.findtext("a:id", namespaces=ATOM) == "tag:jobs.example.org,2026:job/0000000000000007"
    assert entry.findtext("a:title", namespaces=ATOM) == "A <b>& C, Acme"
    assert [one.get("term") for one in entry.findall("a:category", ATOM)] == ["remote-first", "Python", "C++"]
    assert entry.findtext("a:rights", namespaces=ATOM) == "Acme on Greenhouse"
    assert entry.findtext("a:content", namespaces=ATOM) == (
        "<ul><li>Place of work: remote-first: “We are remote-first”</li><li>Open to: US, DE</li><li>Location: Berlin</li>"
        "<li>Pay: EUR 100,000-120,000 a year</li><li>Stack: Python, C++</li></ul>"
        '<p><a href="https://x.example/?a=1&amp;b=&#x27;2&#x27;">Acme on Greenhouse</a></p>'
    )
    links = {link.get("rel"): link.get("href") for link in document.findall("a:link", ATOM)}
    assert links == {"self": SITE.address, "alternate": SITE.page}


@pytest.mark.parametrize(
    ("site", "authority"),
    [
        (None, NOWHERE), ("https://Jobs.Example.org:8443/x", "jobs.example.org"), ("http://127.0.0.1:80", NOWHERE),
        ("http://localhost:8000", "localhost"), ("http://[::1]/", NOWHERE),
    ],
)  # fmt: skip
def test_ids_hold_a_domain_and_no_port(site: str | None, authority: str) -> None:
    about = replace(ABOUT, site=site)
    assert about.list_id == f"tag:{authority},2026:jobs?remote=remote-first"
    assert replace(about, search_id="x").list_id == f"tag:{authority},2026:search/x"
    assert replace(about, query="").list_id == f"tag:{authority},2026:jobs"


def test_postings_have_ids_of_their_own() -> None:
    (item,) = json.loads(written("jsonfeed", [row(7)], replace(ABOUT, each_posting=True)))["items"]
    assert item["id"] == f"tag:{NOWHERE},2026:posting/{2**60 + 7:016x}"


def test_nothing_turns_words_around_or_breaks_a_line() -> None:
    for text in HOSTILE:
        (item,) = json.loads(written("jsonfeed", [row(title=text)]))["items"]
        assert len(item["title"]) < 420
        assert not re.search("[\x00-\x1f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", item["title"])


def test_a_calendar_counts_what_it_leaves_out() -> None:
    rows = [row(1), row(2, expires_on=NIGHT.date()), row(3, expires_on=NIGHT.date().replace(year=2025)), row(4)]
    out = io.BytesIO()
    assert FORMATS["ics"].write(rows, NAMES, ABOUT, out) == (
        "1 closing date", "2 jobs left out because no closing date is stated", "1 job left out because the closing date has passed",
    )  # fmt: skip
    (event,) = Calendar.from_ical(out.getvalue()).walk("VEVENT")
    assert event["uid"] == f"job-0000000000000002@{NOWHERE}"
    assert event["summary"] == "Closes: Data Engineer, Acme"
    assert event["url"] == "https://boards.example/acme/2"
    assert event["description"].endswith("Acme on Greenhouse")
