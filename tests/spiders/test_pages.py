from __future__ import annotations

import contextlib
import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure
from spiders.pages import is_list_page, looks_like_posting, read_json_ld, read_page, read_sitemap

POSTING = {"@type": "JobPosting", "title": "Baker"}


def _page(*blocks: str) -> bytes:
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<html><head>{scripts}</head></html>".encode()


def _titles(*blocks: str) -> list[Any]:
    return [posting.get("title") for posting in read_page(_page(*blocks), "https://a.example/").postings]


@pytest.mark.parametrize(
    "block",
    [
        json.dumps(POSTING),
        json.dumps([POSTING]),
        json.dumps({"@graph": [{"@type": "WebPage"}, POSTING]}),
        json.dumps({"@type": "WebPage", "mainEntity": POSTING}),
        json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": POSTING}]}),
        json.dumps({**POSTING, "@type": ["JobPosting", "Thing"]}),
        json.dumps({**POSTING, "@type": "https://schema.org/JobPosting"}),
        json.dumps({**POSTING, "@type": "schema:JobPosting"}),
        f"//<![CDATA[\n{json.dumps(POSTING)}\n//]]>",
        f"/*<![CDATA[*/{json.dumps(POSTING)}/*]]>*/",
        f"<!-- {json.dumps(POSTING)} -->",
        json.dumps(POSTING) + ";",
        json.dumps(POSTING)[:-1] + ",}",
        json.dumps(POSTING).replace('"', "&quot;"),
        '{"@type": "JobPosting", "title": "Baker", "description": "raw\nbreak"}',
        "\ufeff" + json.dumps(POSTING),
        '{"@type": "JobPosting", "title": "Baker", "description": "the baker\\\'s \\_hands\\_"}',
        '{"@type": "JobPosting", "title": "Baker", "description": "a\x01\x0b\x1f\ttab"}',
    ],
)
def test_a_posting_is_found_in_every_wrapping_met_in_the_wild(block: str) -> None:
    assert _titles(block) == ["Baker"]


def test_broken_blocks_are_counted_and_cost_no_other() -> None:
    page = read_page(_page("{ no json", json.dumps(POSTING), ""), "https://a.example/")
    assert len(page.postings) == 1
    assert page.unreadable == 2


def test_json_ld_that_is_no_posting_gives_none() -> None:
    assert _titles(json.dumps({"@type": "Organization", "name": "JobPosting"})) == []


def test_references_are_filled_in() -> None:
    block = json.dumps(
        {"@graph": [{"@id": "#o", "@type": "Organization", "name": "Acme"}, {**POSTING, "hiringOrganization": {"@id": "#o"}}]}
    )
    assert read_page(_page(block), "https://a.example/").postings[0]["hiringOrganization"]["name"] == "Acme"


def test_images_written_into_a_text_are_not_kept() -> None:
    block = json.dumps({**POSTING, "description": '<p>Bread.</p><img src="data:image/png;base64,AAAA">'})
    assert read_page(_page(block), "https://a.example/").postings[0]["description"] == "<p>Bread.</p>"


def test_a_page_of_many_megabytes_is_refused_unread() -> None:
    with pytest.raises(BoardFailure) as caught:
        read_page(b"<p>" * 3_000_000, "https://a.example/")
    assert caught.value.kind is FailureKind.TOO_LARGE


def test_a_block_that_nests_without_end_is_unreadable() -> None:
    assert read_page(_page("[" * 50_000 + "]" * 50_000), "https://a.example/").unreadable == 1


def test_links_are_absolute_and_without_fragments() -> None:
    page = b'<base href="/de/"><a href="jobs/1#x">1</a><a href="//b.example/2">2</a><a href="mailto:x@y.z">3</a><a href="http://[bad">4</a><a>5</a>'
    assert read_page(page, "https://a.example/en/").links == ("https://a.example/de/jobs/1", "https://b.example/2")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page(body: bytes) -> None:
    read_page(body, "https://a.example/")


@given(st.text(max_size=80))
def test_any_text_is_json_ld_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        read_json_ld(text)


def test_a_sitemap_in_its_forms() -> None:
    listed = (
        "<urlset><url><loc>https://a.example/?a=1&amp;b=2</loc></url><url><loc><![CDATA[https://a.example/2]]></loc></url></urlset>"
    )
    pages = ("https://a.example/?a=1&b=2", "https://a.example/2")
    assert read_sitemap(listed.encode(), "x").pages == pages
    assert read_sitemap(gzip.compress(listed.encode()), "x").pages == pages
    assert read_sitemap(b"https://a.example/1\nhttps://a.example/2\n", "x").pages == ("https://a.example/1", "https://a.example/2")
    image = b"<urlset><url><loc>https://a.example/1</loc><image:image><image:loc>https://a.example/i.png</image:loc></image:image></url></urlset>"
    assert read_sitemap(image, "x").pages == ("https://a.example/1",)
    index = read_sitemap(
        b"<?xml version='1.0'?><sitemapindex><sitemap><loc>https://a.example/m.xml</loc></sitemap></sitemapindex>", "x"
    )
    assert (index.sitemaps, index.pages) == (("https://a.example/m.xml",), ())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!doctype html><html></html>", FailureKind.NOT_FOUND),
        (gzip.compress(b"<urlset>" + b"x" * 1000, mtime=0)[:-9], FailureKind.BROKEN_BODY),
        (b"\x1f\x8bnonsense", FailureKind.BROKEN_BODY),
        (gzip.compress(b" " * 70_000_000, mtime=0), FailureKind.TOO_LARGE),
    ],
)
def test_what_is_no_sitemap_is_a_failure(body: bytes, kind: FailureKind) -> None:
    with pytest.raises(BoardFailure) as caught:
        read_sitemap(body, "x")
    assert caught.value.kind is kind


@pytest.mark.parametrize(
    ("path", "is_posting", "is_list"),
    [
        ("/jobs/data-engineer", True, False),
        ("/en/careers/openings/123-baker", True, False),
        ("/stellenangebote/koch-m-w-d", True, False),
        ("/careers?gh_jid=4001", True, True),
        ("/company/job?jobId=7", True, True),
        ("/jobs", False, True),
        ("/jobs/", False, True),
        ("/jobs/page/2", False, True),
        ("/careers/benefits", False, False),
        ("/careers/Login?jobId=7", False, False),
        ("/careers/SearchJobs", False, False),
        ("/blog/how-we-hire", False, False),
        ("/", False, False),
    ],
)
def test_addresses_are_told_apart_by_their_form(path: str, is_posting: bool, is_list: bool) -> None:
    assert looks_like_posting(f"https://a.example{path}") is is_posting
    assert is_list_page(f"https://a.example{path}") is is_list
