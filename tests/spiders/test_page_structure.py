"""Careers pages by their structure: what is the title, what the facts, what a row, and what is no posting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, RawPosting
from spiders.answer import Answer, LeftOut, Part
from spiders.board import Ask
from spiders.careers_addresses import asked, entrances, further_page, is_walked, own_address
from spiders.careers_words import careers_words
from spiders.failures import BoardFailure
from spiders.microdata import job_postings
from spiders.page_rows import read_rows
from spiders.page_structure import PageStructure, read_structure, says_empty, says_gone
from spiders.pages import read_page
from spiders.phenom import address_of, data_of, next_of
from spiders.registry import spider_for

NOW = datetime(2026, 11, 1, 2, tzinfo=UTC)

TEXT = "<p>" + "We bake bread by night and count it by day, and both are done with care. " * 4 + "</p>"
SECTIONS = "<h3>Your profile</h3><ul><li>Hands</li></ul><h3>Benefits</h3><ul><li>Bread</li></ul>"


def _soup(page: str) -> Any:
    return read_page(page.encode(), "https://osprey.example/jobs/1").soup


def _read(page: str, **known: Any) -> PageStructure:
    return read_structure(_soup(page), **known)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Baker | Osprey</title><h1>Baker</h1>", "Baker"),
        ('<meta property="og:site_name" content="Osprey"><title>Baker - Osprey</title><a href="/"><h1>Osprey</h1></a>', "Baker"),
        (
            '<meta property="og:site_name" content="Osprey"><meta property="og:title" content="Baker - Night">'
            "<h1>Osprey</h1><h2>About us</h2>",
            "Baker - Night",
        ),
        ("<title>Baker | Osprey</title><h1>Join our team</h1><h2>Baker</h2>", "Baker"),
        ("<h1>Open positions</h1><h2>Night Baker</h2>", "Night Baker"),
        ("<h2>\n  Night   Baker </h2>", "Night Baker"),
        ("<title>Careers</title><h1>Apply now</h1>", None),
    ],
)  # fmt: skip
def test_the_title_is_what_the_page_agrees_on(page: str, title: str | None) -> None:
    assert _read(page).facts.get("title") == title


def test_the_rows_title_decides_where_it_stands_on_the_page() -> None:
    page = "<h1>Work where it is warm</h1><h2>Baker</h2>"
    assert _read(page).facts["title"] == "Work where it is warm"
    assert _read(page, row_title="Baker").facts["title"] == "Baker"


@pytest.mark.parametrize(
    "facts",
    [
        "<dl><dt>Location</dt><dd>Berlin</dd><dt>Department</dt><dd>Oven</dd></dl>",
        "<table><tr><th>Location</th><td>Berlin</td></tr><tr><th>Department:</th><td>Oven</td></tr></table>",
        "<ul><li><b>Location:</b> Berlin</li><li><b>Department:</b> Oven</li></ul>",
        "<p>Location: Berlin</p><p>Department: Oven</p>",
        "<aside><p>Location: Berlin</p></aside><header><h2>x</h2><p>Department: Oven</p></header>",
        "<div><span>Location</span><span>Berlin</span></div><div><span>Department</span><span>Oven</span></div>",
        "<div><div><h4>Location</h4></div><div>Berlin</div></div><div><div><h4>Department</h4></div><div>Oven</div></div>",
        '<span class="sr-only">Location</span><span>Berlin</span><p><span class="sr-only">Department</span><span>Oven</span></p>',
        '<p class="job-location">Berlin</p><p class="department">Oven</p>',
    ],
)
def test_labels_and_their_values_in_the_forms_met_in_the_wild(facts: str) -> None:
    fields = _read(f"<h1>Baker</h1>{facts}").facts["fields"]
    assert [one["value"] for one in fields] == ["Berlin", "Oven"]


def test_people_are_neither_facts_nor_text() -> None:
    facts = (
        "<dl><dt>Recruiter</dt><dd>Sam Ortega</dd><dt>Location</dt><dd>Berlin</dd></dl>"
        "<p>Hiring manager: Maria Keller</p><p><b>Ansprechpartner:</b> Jo Vale</p>"
    )
    said = str(_read(f"<h1>Baker</h1>{facts}{TEXT}").facts)
    assert not [name for name in ("Sam", "Maria", "Vale", "Recruiter") if name in said]
    assert "Berlin" in said


def test_people_are_no_part_of_a_row() -> None:
    people = "<b>Recruiter</b><i>Sam Ortega</i><p>Contact: Jo Vale</p>"
    page = f'<li><a href="/jobs/1">Baker</a>{people}<p>Oslo</p></li><a href="/jobs/2">x</a>'
    row = read_rows(_soup(page), "https://a.example/", lambda link: own_address(link, "a.example"))[0]
    assert "Sam" not in str(row)
    assert "Vale" not in str(row)
    assert "Oslo" in str(row)


def test_a_page_that_shows_its_text_to_a_frame_alone_has_it_in_its_summary() -> None:
    summary = "We bake. " * 40
    page = f'<title>Baker</title><meta property="og:title" content="Baker"><meta property="og:description" content="{summary}">'
    assert _read(page, is_posting_address=True).is_posting
    assert not _read(page).is_posting
    (raw,) = _careers(page, Ask("https://osprey.example/jobs/1", "page"))
    assert isinstance(raw, RawPosting)
    assert to_posting(raw, CompanyFacts()).description_text.startswith("We bake. We bake.")


def test_what_surrounds_a_posting_is_no_part_of_its_text() -> None:
    page = (
        '<nav>Menu</nav><div class="cookie-banner">We bake cookies</div><main><h1>Baker</h1><!-- x -->'
        f'<div style="a" onclick="b">{TEXT}<a href="https://osprey.example/x" class="c">More words</a>'
        '<a href="javascript:x()">y z</a>'
        '<img src="data:image/png;base64,AAAA"><script>alert(1)</script><button>Apply now</button></div></main>'
        "<footer>Imprint</footer>"
    )
    html = _read(page).facts["html"]
    assert not [
        word
        for word in ("Menu", "cookies", "Imprint", "script", "style", "onclick", "data:", "javascript", "Apply", "<!--")
        if word in html
    ]
    assert '<a href="https://osprey.example/x">More words</a>' in html


def test_a_page_wrapped_in_a_form_or_called_a_menu_is_read() -> None:
    page = f'<form><div class="has-menu nav"><h1>Baker</h1>{TEXT}</div></form>'
    assert "bread" in _read(page).facts["html"]


@pytest.mark.parametrize(
    ("page", "known", "is_posting"),
    [
        (f"<h1>Baker</h1><p>Location: Berlin</p><p>Team: Oven</p>{TEXT}{SECTIONS}<a>Apply now</a>", {}, True),
        (f"<h1>Baker</h1>{TEXT}<a>Jetzt bewerben</a>{SECTIONS}", {"is_posting_address": True}, True),
        (f"<h1>Baker</h1>{TEXT}{SECTIONS}", {"is_posting_address": True, "row_title": "Baker"}, True),
        (f"<h1>Our story</h1>{TEXT}", {"is_posting_address": True, "row_title": "Our story"}, False),
        (f"<h1>What we offer</h1>{TEXT}<h3>Benefits</h3><a>Apply now</a>", {}, False),
        ("<h1>Baker</h1><p>Location: Berlin</p><h3>Your profile</h3><a>Apply now</a>", {"is_posting_address": True}, False),
        (f"<h1>Careers</h1>{TEXT}{SECTIONS}<a>Apply now</a>", {"is_posting_address": True}, False),
    ],
)
def test_enough_has_to_speak_for_a_posting(page: str, known: dict[str, Any], is_posting: bool) -> None:
    assert _read(page, **known).is_posting is is_posting


def test_phrases_of_what_is_gone_and_of_lists_that_are_empty() -> None:
    assert says_gone("We are sorry, this job is no longer available.")
    assert says_gone("Diese Stelle ist leider nicht mehr verfügbar.")
    assert not says_gone("no longer available " + "words " * 400)
    assert says_empty(_soup("<p>There are currently no open positions.</p>"))
    assert not says_empty(_soup("<p>Open positions</p>"))


def test_microdata_has_the_shape_of_json_ld() -> None:
    page = """<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title name">Baker</h1>
        <a itemprop="url" href="/x">x</a>
      <div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><b itemprop="name">Berlin</b></div>
      <p itemprop="industry">Food</p><p itemprop="industry">Night</p><div itemprop="description"><p>Bread.</p></div>
        <time itemprop="datePosted" datetime="2026-10-01">x</time></div>
      <div itemscope itemtype="https://schema.org/Person"><p itemprop="name">Sam</p></div>"""
    assert list(job_postings(_soup(page))) == [
        {
            "@type": "JobPosting", "title": "Baker", "name": "Baker", "url": "/x",
            "jobLocation": {"@type": "Place", "name": "Berlin"},
            "industry": ["Food", "Night"], "description": "<p>Bread.</p>", "datePosted": "2026-10-01",
        }
    ]  # fmt: skip


LISTS = [
    (
        "careers-osprey.icims.com",
        """<li class="iCIMS_JobCardItem"><div class="row"><div class="header left">
        <span class="sr-only field-label">Job Locations</span><span>US-CA-Fresno</span></div>
        <div class="title"><a href="https://careers-osprey.icims.com/jobs/4417/payroll-specialist/job?in_iframe=1"
        class="iCIMS_Anchor" title="4417 - Payroll Specialist">
        <span class="sr-only field-label">Job Title</span><h3>Payroll Specialist</h3></a></div>
        <dl class="iCIMS_JobHeaderGroup"><div><dt>Job ID</dt><dd><span>2026-4417</span></dd></div></dl></div></li>
        <li class="iCIMS_JobCardItem"><a href="https://careers-osprey.icims.com/jobs/4418/baker/job?in_iframe=1"><h3>Baker</h3>
        </a></li><a href="/jobs/login">Log in</a>""",
        {"url": "https://careers-osprey.icims.com/jobs/4417/payroll-specialist/job", "title": "Payroll Specialist"},
        {"Job Locations": "US-CA-Fresno", "Job ID": "2026-4417"},
        2,
    ),
    (
        "jobs.jobvite.com/fernbank",
        """<table><tr><td><a href="/fernbank/job/oFnBk311">Grower (Pune/Hybrid)</a></td>
        <td class="jv-job-list-location">Pune, India</td></tr>
        <tr><td><a href="/fernbank/job/oFnBk312">Cook</a></td><td class="jv-job-list-location">Oslo, Norway</td></tr></table>
        <a href="/other/job/oXyZ1">x</a>""",
        {"url": "https://jobs.jobvite.com/fernbank/job/oFnBk311", "title": "Grower (Pune/Hybrid)"},
        {"jv-job-list-location": "Pune, India"},
        2,
    ),
    (
        "larkspur.avature.net",
        """<ul><li class="list__item"><div class="list__item__text__title">
        <a href="https://larkspur.avature.net/careers/FolderDetail/Oslo-Norway-Cook/3270">Cook</a></div>
        <div class="list__item__text__subtitle"><span>Oslo, Norway.</span><span>Ref #4415.</span>
        <span>Posted 02-Nov-2026</span></div>
        <a href="https://larkspur.avature.net/careers/ApplicationMethods?folderId=3270">Apply</a>
        <a href="https://www.facebook.com/sharer.php?u=larkspur.avature.net/careers/FolderDetail/x/3270">Share</a></li>
        <li class="list__item"><a href="https://larkspur.avature.net/careers/JobDetail/Baker/16889">Baker</a></li></ul>
        <a href="/careers/Login?jobId=16889">Login</a>""",
        {"url": "https://larkspur.avature.net/careers/FolderDetail/Oslo-Norway-Cook/3270", "title": "Cook"},
        {"Ref": "4415", "Posted": "02-Nov-2026"},
        2,
    ),
    (
        "osprey.example",
        """<div class="card"><h3>Night Baker</h3><p class="location">Berlin</p>
        <a href="/careers/night-baker?utm_source=x">Learn more</a></div>
        <div class="card"><h3>Cook</h3><a href="/careers/cook">Learn more</a></div><a href="/careers/benefits">Benefits</a>
        <a href="https://b.example/careers/x">x</a>""",
        {"url": "https://osprey.example/careers/night-baker", "title": "Night Baker"},
        {"location": "Berlin"},
        2,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("board", "page", "row", "fields", "count"), LISTS)
def test_rows_of_a_list(board: str, page: str, row: dict[str, str], fields: dict[str, str], count: int) -> None:
    address = f"https://{board}/careers"
    rows = read_rows(read_page(page.encode(), address).soup, address, lambda link: own_address(link, board))
    assert len(rows) == count
    assert {key: rows[0][key] for key in row} == row
    found = {one["label"]: one["value"] for one in rows[0]["fields"]}
    assert {label: found.get(label) for label in fields} == fields


@pytest.mark.parametrize(
    ("link", "board", "own"),
    [
        ("https://osprey.example/jobs/baker?utm_source=x&lang=de", "osprey.example", "https://osprey.example/jobs/baker?lang=de"),
        ("https://www.osprey.example/jobs/baker", "osprey.example", "https://www.osprey.example/jobs/baker"),
        ("https://osprey.example/careers/search-jobs", "osprey.example", None),
        ("https://osprey.example/careers/login?jobId=3", "osprey.example", None),
        ("https://other.example/jobs/baker", "osprey.example", None),
        ("https://jobs.jobvite.com/other/job/oAb12", "jobs.jobvite.com/fernbank", None),
        ("https://osprey.talentclue.com/es/node/77/4590", "osprey.talentclue.com", "https://osprey.talentclue.com/es/node/77/4590"),
        ("https://osprey.talentclue.com/es/node/77", "osprey.talentclue.com", None),
    ],
)
def test_the_address_of_a_posting(link: str, board: str, own: str | None) -> None:
    assert own_address(link, board) == own


@pytest.mark.parametrize(
    ("board", "first", "is_list"),
    [
        ("osprey.example", [], False),
        ("https://osprey.example/about/careers?x=1", ["https://osprey.example/about/careers?x=1"], True),
        ("careers-osprey.icims.com", ["https://careers-osprey.icims.com/jobs/search?ss=1&in_iframe=1"], False),
        ("jobs.jobvite.com/fernbank", ["https://jobs.jobvite.com/fernbank/jobs"], True),
        ("larkspur.avature.net", ["https://larkspur.avature.net/careers/SearchJobs"], False),
    ],
)
def test_where_a_board_begins(board: str, first: list[str], is_list: bool) -> None:
    assert entrances(board) == first
    assert is_walked(board) is is_list


def test_addresses_that_only_a_frame_is_shown() -> None:
    assert asked("https://a.icims.com/jobs/1/x/job", "a.icims.com") == "https://a.icims.com/jobs/1/x/job?in_iframe=1"
    assert asked("https://a.icims.com/jobs/1/x/job?in_iframe=1", "a.icims.com") == "https://a.icims.com/jobs/1/x/job?in_iframe=1"
    assert asked("https://a.example/jobs/1", "a.example") == "https://a.example/jobs/1"


@pytest.mark.parametrize(
    ("link", "is_next"),
    [
        ("https://a.example/jobs/?page=2", True),
        ("https://a.example/jobs?page=1&sort=x", True),
        ("https://a.example/jobs?sort=x", False),
        ("https://a.example/jobs", False),
        ("https://a.example/news?page=2", False),
    ],
)
def test_a_further_page_of_a_list(link: str, is_next: bool) -> None:
    assert further_page(link, "https://a.example/jobs") is is_next


def test_a_phenom_list_and_its_next_page() -> None:
    job = {"jobSeqNo": "OSP1", "title": "Cook (night)"}
    ddo = '{"refineSearch": {"totalHits": 21, "data": {"jobs": [{}, {}]}}}'
    page = f"<script>var phApp = {{}}; phApp.ddo = {ddo}; phApp.x = {{}};</script>"
    data = data_of(_soup(page))
    assert data is not None
    address = "https://osprey.example/global/en/search-results?from=10&s=1"
    assert address_of(job, address) == "https://osprey.example/global/en/job/OSP1/Cook-night"
    assert address_of({"title": "x"}, address) is None
    assert next_of(data, address) == "https://osprey.example/global/en/search-results?from=12&s=1"
    assert next_of(data, address.replace("10", "19")) is None
    assert data_of(_soup("<script>phApp.ddo = {broken</script>")) is None
    assert data_of(_soup("<script>var x = 1</script>")) is None


@given(st.binary(max_size=400))
def test_any_bytes_have_a_structure(body: bytes) -> None:
    soup = read_page(body, "https://a.example/").soup
    read_rows(soup, "https://a.example/", lambda link: own_address(link, "a.example"))
    list(job_postings(soup))
    read_structure(soup)


@pytest.mark.parametrize(
    "page",
    [
        "<p>Location</p>" * 9_000,
        "<div><span>Location:</span>" * 100 + "x",
        "<a href='/jobs/1'>Engineer</a>" * 9_000,
        "<div itemscope itemtype='https://schema.org/JobPosting'><p itemprop='title'>x</p>" * 120,
        "<h1>" + "word " * 200_000 + "</h1>",
        "<!--" + "x" * 2_000_000,
    ],
    ids=["labels", "nested labels", "links", "nested items", "one heading", "one comment"],
)
def test_a_hostile_page_ends_soon(page: str) -> None:
    parts = list(_careers(page, Ask("https://osprey.example/jobs/1", "page")))
    assert len(parts) < 200


@pytest.mark.parametrize("page", ["<div class='nav'>" * 5_000 + "x", "<p>Location" * 41_000], ids=["deep", "many"])
def test_a_page_that_no_person_could_read_is_refused(page: str) -> None:
    with pytest.raises(BoardFailure, match="too many elements for a page made for people"):
        list(_careers(page, Ask("https://osprey.example/jobs/1", "page")))


def _careers(page: str, ask: Ask) -> Iterator[Part]:
    spider = spider_for("careers")()
    return spider.split(Answer("careers", "osprey.example", NOW, ask, page.encode()))


ROW = {"url": "https://osprey.example/jobs/1", "title": "Baker", "fields": [{"label": "Location", "value": "Berlin"}]}


def test_a_row_stands_for_a_page_that_shows_nothing_and_fills_the_gaps_of_one_that_does() -> None:
    ask = Ask("https://osprey.example/jobs/1?utm_source=x", "page", item=ROW)
    (bare,) = _careers('<div id="app"></div><script src="/x.js"></script>', ask)
    assert isinstance(bare, RawPosting)
    assert (bare.url, bare.external_id) == ("https://osprey.example/jobs/1", "https://osprey.example/jobs/1")
    posting = to_posting(bare, CompanyFacts())
    assert (posting.title, posting.location, posting.description_text) == ("Baker", "Berlin", "")
    (written,) = _careers('<script type="application/ld+json">{"@type": "JobPosting", "title": "Night Baker"}</script>', ask)
    assert isinstance(written, RawPosting)
    posting = to_posting(written, CompanyFacts())
    assert (posting.title, posting.location) == ("Night Baker", "Berlin")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (f"<h1>Our story</h1>{TEXT}", "page without a posting left out"),
        ("<h1>Baker</h1><p>This position has been filled.</p>", "page that says that its posting is gone left out"),
    ],
)
def test_a_page_that_is_no_posting_is_left_out_though_a_row_led_to_it(page: str, why: str) -> None:
    (part,) = _careers(page, Ask("https://osprey.example/jobs/1", "page", item={**ROW, "fields": []}))
    assert part == LeftOut(why, is_expected=True)


def test_the_words_are_folded_and_weighed() -> None:
    words = careers_words()
    assert all(word == word.lower() for word in words.apply_words | words.generic_titles | words.generic_links)
    weigh = words.evidence
    assert weigh.address + weigh.row < weigh.needed, "a list and an address alone are no posting"
