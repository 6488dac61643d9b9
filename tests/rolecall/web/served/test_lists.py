"""Lists: an address gives what the command gives, page by page, now and back then."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import html

from pipeline.terms import forbids
from rolecall.cli.opening import opened
from rolecall.web.addresses import read_query
from rolecall.web.desk import Desk
from storage.queries.jobs import rows
from tests.rolecall.store_of_site import CLOSED
from tests.rolecall.web.client import Client

ASKED = (
    "",
    "remote=remote-first",
    "remote=remote-first&remote=remote-friendly",
    "stack=Python&stack=PyTorch",
    "any-stack=C%2B%2B&any-stack=Spark",
    "country=DE",
    "utc=-6",
    "visa=yes",
    "pay-min=100000",
    "pay-min=75000&currency=EUR",
    "company=acme",
    "industry=finance",
    "level=senior",
    "role=ml-engineering",
    "signal=async",
    "state=all",
    "state=closed",
    "since=7d",
    "platform=lever&state=all",
    "text=python",
    "text=c%2B%2B",
    "sort=pay",
    "sort=title&state=all",
    "remote=remote-first&stack=Python&pay-min=100000&text=feature+store",
    "as-of=2026-01-05",
    "as_of=2026-01-05&any_stack=SQL",
)


@pytest.mark.parametrize("asked", ASKED)
def test_an_address_gives_what_the_command_gives(site: Client, desk: Desk, asked: str) -> None:
    filters = read_query(parse_qsl(asked)).filters
    with opened(desk.settings, filters.as_of) as store:
        expected = [row for row in rows(store, filters) if not forbids(row["platform"], "site")]
    given = site.json(f"/jobs.json?{asked}")
    assert [row["job_id"] for row in given["jobs"]] == [row["job_id"] for row in expected]
    assert given["count"] == len(expected)
    page = html.document_fromstring(site.get(f"/?{asked}").text)
    assert [one.rpartition("/")[2].partition("?")[0] for one in page.xpath("//article/*[1]/a/@href")] == [
        row["job_id"] for row in expected
    ]


def test_the_pages_together_are_the_list_and_lead_on_and_back(site: Client) -> None:
    whole = [row["job_id"] for row in site.json("/jobs.json?state=all&sort=title")["jobs"]]
    address, found, pages = "/?state=all&sort=title&limit=2", [], 0
    while address:
        page = html.document_fromstring(site.get(address).text)
        found += [one.removeprefix("/job/") for one in page.xpath("//article/h2/a/@href")]
        pages += 1
        assert page.xpath("//nav[@aria-label='Pages of the list']//*[@aria-current='page']/text()") == [str(pages)]
        assert bool(page.xpath("//a[@rel='prev']")) == (pages > 1)
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert (found, pages) == (whole, -(-len(whole) // 2))


def test_json_leads_on_by_the_pages_address(site: Client) -> None:
    first = site.json("/jobs.json?state=all&limit=4")
    assert first["next"] == "/?state=all&limit=4&page=2"
    second = site.json("/jobs.json?" + urlsplit(first["next"]).query)
    assert not {row["job_id"] for row in first["jobs"]} & {row["job_id"] for row in second["jobs"]}


@pytest.mark.parametrize(
    ("sent", "tidied"),
    [
        ("/?text=&remote=", "/"),
        ("/?stack=&stack=Python&pay-min=&currency=USD", "/?stack=Python"),
        ("/?remote=remote-first&company=&page=1", "/?remote=remote-first"),
    ],
)
def test_empty_fields_of_a_form_leave_the_address(site: Client, sent: str, tidied: str) -> None:
    answer = site.get(sent)
    assert (answer.status_code, answer.headers["location"]) == (303, tidied)
    assert site.get(tidied).status_code == 200


def test_a_search_marks_its_hits_in_title_and_description(site: Client) -> None:
    page = html.document_fromstring(site.get("/?text=feature+store").text)
    assert [one.text_content() for one in page.xpath("//article//p[contains(@class, 'small')]/mark")] == ["feature", "store"]
    page = html.document_fromstring(site.get("/?text=engineer").text)
    assert {one.text_content() for one in page.xpath("//article/h2//mark")} == {"Engineer"}


def test_counts_of_facets_are_those_of_the_lists_behind_them(site: Client) -> None:
    page = html.document_fromstring(site.get("/?remote=remote-first").text)
    for choice in page.xpath("//label[contains(@class,'choice')]/input[@type='checkbox'][@name='level' or @name='stack']"):
        told = int(choice.getparent().xpath("./span[@class='n']/text()")[0])
        name, value = choice.get("name"), choice.get("value")
        given: dict[str, Any] = site.get("/jobs.json", params={"remote": "remote-first", name: value}).json()
        assert given["count"] == told, (name, value)


def test_a_past_night_is_shown_as_it_was(site: Client) -> None:
    then, now = site.get("/?as-of=2026-01-05").text, site.get("/").text
    assert CLOSED in then
    assert "at the end of 5 Jan 2026" in then
    assert CLOSED not in now
    assert "last night 7 Jan 2026, 02:00 UTC" in now


def test_from_a_past_list_one_comes_to_jobs_and_employers_of_that_night(site: Client) -> None:
    page = html.document_fromstring(site.get("/?as-of=2026-01-05&text=sql").text)
    address = page.xpath("//article/h2/a/@href")[0]
    job = html.document_fromstring(site.get(address).text)
    assert "Open: last seen today." in job.xpath("string(//aside)")
    assert site.json(job.xpath("//a[.='This page as JSON']/@href")[0])["state"] == "open"
    employer = site.get(page.xpath("//article/p/span/a/@href")[0]).text
    assert "at the end of 5 Jan 2026" in employer
    now = site.get(address.partition("?")[0]).text
    assert "Closed today (7 Jan 2026): it was missing on two nights on which the whole board was read." in now


@pytest.mark.parametrize(
    "address", ["/job/x?remote=remote-first", "/quality?page=2", "/about?x=1", "/companies?page=2", "/search/python?stack=Go"]
)
def test_what_a_page_does_not_filter_by_is_refused_there(site: Client, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 400


def test_an_empty_list_names_the_change_that_gives_most(site: Client) -> None:
    page = html.document_fromstring(site.get("/?remote=remote-first&country=NZ").text)
    told = " ".join(page.xpath("//div[@class='empty']")[0].text_content().split())
    assert told.startswith("No job matches. Without “Open to people in: New Zealand” there are 5 jobs.")
    assert site.get(page.xpath("//div[@class='empty']//a/@href")[0]).status_code == 200


def test_the_same_command_stands_below_the_list(site: Client) -> None:
    page = html.document_fromstring(site.get("/?remote=remote-first&stack=Python").text)
    assert page.xpath("//section//code/text()")[-1] == "rolecall jobs list --remote remote-first --stack Python"


def test_a_page_behind_the_end_is_empty_and_leads_back(site: Client) -> None:
    answer = site.get("/jobs.json?page=99").json()
    assert (answer["jobs"], answer["next"], answer["count"] > 0) == ([], None, True)
    page = site.get("/?page=99")
    assert page.status_code == 200
    told = html.document_fromstring(page.text).xpath("//p[@class='empty']")[0]
    assert told.text_content() == "This list has no page 99. To its last page, 1"
    last = site.get("/?limit=2&state=all&page=99")
    address = html.document_fromstring(last.text).xpath("//p[@class='empty']/a/@href")[0]
    shown = site.json(address.replace("/?", "/jobs.json?"))
    assert (0 < len(shown["jobs"]) <= 2, shown["next"]) == (True, None)


def test_what_no_job_has_stands_there_and_cannot_be_chosen_unless_it_is(site: Client) -> None:
    page = html.document_fromstring(site.get("/?utc=12&pay-min=300000&level=intern").text)
    for one in page.xpath("//label[contains(@class, 'choice')][span[@class='n']]"):
        box, count = one.xpath("input")[0], one.xpath("string(span[@class='n'])")
        assert ("disabled" in box.attrib) == (count == "0" and "checked" not in box.attrib)
    chosen = page.xpath("//input[@checked and @value != '']/@value")
    assert {"+12", "intern"} <= set(chosen)
    assert page.xpath("//a[@class='choice' and contains(., '300,000')]/@href") == ["/?level=intern&utc=%2B12"]
    assert page.xpath("//span[@class='choice none' and contains(., '250,000')]")
