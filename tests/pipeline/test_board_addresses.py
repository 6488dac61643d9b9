from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.board_addresses import Recognised, addresses_in, known_platforms, parse_rows, recognise, recognise_page
from pipeline.terms import platforms

TABLE = Path(__file__).parent / "board_addresses.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
BY_THEIR_PAGES = {"jsonld"}
"""Any site may be one of these: its page says so, not its address."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_an_address_says_platform_and_board(row: list[str]) -> None:
    address, platform, board, *base_url = row
    found = recognise(address)
    assert found is not None
    assert (found.platform, found.board, found.base_url) == (platform, None if board == "-" else board, *(base_url or [None]))


def test_the_table_has_sixty_addresses_and_every_platform() -> None:
    assert len(ROWS) >= 60
    assert len({row[0] for row in ROWS}) == len(ROWS)
    listed = {row[1] for row in ROWS}
    assert listed == known_platforms()
    assert set(platforms()) - listed <= BY_THEIR_PAGES


@pytest.mark.parametrize(
    "address",
    [
        "https://acme.example/careers",
        "https://www.linkedin.com/jobs/view/1",
        "https://greenhouse.io.acme.example/acme",
        "https://notgreenhouse.io/acme",
        "ftp://jobs.lever.co/acme",
        "https://",
        "acme",
        "",
        "https://[::1/acme",
        "https://jobs.lever.co.:99999/acme?x=[",
    ],
)
def test_what_is_no_platforms_address_is_nobodys(address: str) -> None:
    found = recognise(address)
    assert found is None or found.platform == "lever"


@pytest.mark.parametrize(
    ("address", "platform"),
    [
        ("https://www.recruitee.com/pricing", "recruitee"),
        ("https://app.teamtailor.com/companies/x", "teamtailor"),
        ("https://jobs.lever.co/", "lever"),
        ("https://boards.greenhouse.io/{{board}}", "greenhouse"),
        ("https://www.usajobs.gov/", "usajobs"),
        ("https://acme.wd5.myworkdayjobs.com/wday/cxs", "workday"),
    ],
)
def test_a_platforms_own_pages_name_no_board(address: str, platform: str) -> None:
    assert recognise(address) == Recognised(platform, None)


def test_a_mark_on_the_employers_own_site_gives_the_postings_id() -> None:
    found = recognise("https://careers.acme.example/open?gh_jid=4012345")
    assert found == Recognised("greenhouse", None, posting_id="4012345")


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    recognise(text)
    recognise(f"https://{text}")
    recognise_page(text, "https://acme.example/")


PAGES = {
    "script": '<div id="grnhse_app"></div><script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>',
    "iframe": '<iframe src="//job-boards.eu.greenhouse.io/embed/job_board?b=https%3A%2F%2Facme.example&amp;for=acme"></iframe>',
    "escaped": r'<script>{"board":"https:\/\/boards-api.greenhouse.io\/v1\/boards\/acme\/jobs"}</script>',
    "entities": '<a href="https:&#x2F;&#x2F;job-boards.greenhouse.io&#x2F;acme&#x2F;jobs&#x2F;1">Data engineer</a>',
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_a_board_however_it_holds_it(name: str) -> None:
    assert recognise_page(PAGES[name], "https://www.acme.example/careers") == (Recognised("greenhouse", "acme"),)


@pytest.mark.parametrize(
    ("page", "platform", "board"),
    [
        ("<script>window.leverJobsOptions = {accountName: 'acme', includeCss: true};</script>", "lever", "acme"),
        ('<script src="https://jobs.ashbyhq.com/acme/embed?version=2"></script>', "ashby", "acme"),
        ('<div id="BambooHR" data-domain="acme.bamboohr.com"></div>', "bamboohr", "acme"),
        ('<script src="//acme.bamboohr.com/js/embed.js"></script>', "bamboohr", "acme"),
        ("<script>widget({'company_code': 'AcmeInc'})</script>", "smartrecruiters", "AcmeInc"),
        ('<a href="https://acme.wd5.myworkdayjobs.com/en-US/External">Jobs</a>', "workday", "acme.wd5/External"),
        ('<link href="https://assets-aws.teamtailor-cdn.com/assets/a.css" rel="stylesheet">', "teamtailor", "jobs.acme.example"),
        ('<img src="https://careers.recruiteecdn.com/image/upload/production/a.png">', "recruitee", "jobs.acme.example"),
        ('<script src="https://assets-cdn.breezy.hr/breezy-portal/a.js"></script>', "breezy", "jobs.acme.example"),
    ],
)
def test_a_page_gives_each_platform_away(page: str, platform: str, board: str) -> None:
    assert recognise_page(page, "https://jobs.acme.example/")[:1] == (Recognised(platform, board),)


def test_the_board_that_is_linked_to_most_comes_first_and_what_is_embedded_before_it() -> None:
    page = (
        '<a href="https://jobs.lever.co/other/1"></a><a href="https://jobs.lever.co/acme/1"></a><a href="https://jobs.lever.co/acme/2"></a>'
        '<script src="https://boards.greenhouse.io/embed/job_board/js?for=acmeinc"></script>'
    )
    found = [(one.platform, one.board) for one in recognise_page(page, "https://acme.example/")]
    assert found == [("greenhouse", "acmeinc"), ("lever", "acme"), ("lever", "other")]


def test_a_page_that_only_links_to_feeds_or_platforms_shows_no_board() -> None:
    page = """<a href="https://weworkremotely.com/">WWR</a> <a href="https://www.acme.example/blog/feed/">Blog</a>
    <a href="https://www.teamtailor.com">Career site by Teamtailor</a> <a href="https://acme.example/?gh_jid=1">Engineer</a>
    <img src="https://images.teamtailor-cdn.com/a.png">"""
    assert recognise_page(page, "https://acme.example/") == ()


def test_a_careers_site_of_a_platform_is_taken_by_the_name_that_it_links_to() -> None:
    page = '<img src="https://careers.recruiteecdn.com/a.png"><a href="https://acme.recruitee.com/o/x">x</a>'
    assert recognise_page(page, "https://jobs.acme.example/") == (Recognised("recruitee", "acme"),)


def test_addresses_end_where_the_sentence_does() -> None:
    text = "see https://jobs.lever.co/acme, or (//jobs.ashbyhq.com/acme). <b>https://acme.example</b>"
    assert list(addresses_in(text)) == ["https://jobs.lever.co/acme", "https://jobs.ashbyhq.com/acme", "https://acme.example"]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ('hosts = ["a.example"]\npath = "/"', "nothing reads"),
        ('paths = ["/{board}"]', "needs platform and hosts"),
        ('hosts = ["a.example"]\npaths = ["/{site}"]', "nothing of x's address gives"),
    ],
)
def test_a_wrong_row_of_the_data_file_is_refused(row: str, what: str) -> None:
    rest = '[feed]\nplatform = "rss"\nends = []\n[[page]]\nplatform = "x"\npattern = "x"\n'
    with pytest.raises(ValueError, match=what):
        parse_rows(f'[[address]]\nplatform = "x"\n{row}\n{rest}')


def test_the_data_file_leads_to_platforms_only() -> None:
    rows = parse_rows(files("pipeline").joinpath("data/board_addresses.toml").read_text(encoding="utf-8"))
    assert {platform for platform, _ in rows.pages} <= known_platforms()
