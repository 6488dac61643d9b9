"""What pages tell a reader, and what they leave unsaid because there is nothing to say."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from tests.rolecall.web.client import Client


def _page(site: Client, address: str) -> Any:
    return html.document_fromstring(site.get(address).text)


def test_an_employer_s_jobs_stand_newest_first_as_in_the_list(site: Client) -> None:
    page = _page(site, "/company/acme")
    listed = [row["job_id"] for row in site.json("/jobs.json?company=acme")["jobs"] if row["company"] == "Acme"]
    assert [one.rpartition("/")[2] for one in page.xpath("//article/h3/a/@href")] == listed
    assert len(listed) > 2
    assert "Newest first." in page.text_content()


def test_days_open_are_told_where_a_job_has_closed_and_nowhere_else(site: Client) -> None:
    keys = [row["company_key"] for row in site.json("/companies.json")]
    told = {
        key: _page(site, f"/company/{key.replace(' ', '-')}").xpath("//dl[@class='tiles']//dt/text()")
        for key in keys
        if key.isascii()
    }
    closed = {key for key in told if site.json(f"/company/{key.replace(' ', '-')}.json")["closed"]}
    assert {key for key, names in told.items() if "days open, median" in names} == closed
    assert closed < told.keys()


@pytest.mark.parametrize(
    ("address", "title", "note"),
    [
        ("/", "Published, by week", "By the source's own date"),
        ("/company/acme", "First seen, by week", "By the night that first saw the job"),
    ],
)
def test_the_weeks_say_what_they_go_by(site: Client, address: str, title: str, note: str) -> None:
    (figure,) = [one for one in _page(site, address).xpath("//figure") if title in one.xpath("string(figcaption)")]
    assert note in figure.text_content()


def test_the_legend_names_what_is_marked_below_it_alone(site: Client) -> None:
    found = []
    for row in site.json("/jobs.json?state=all")["jobs"]:
        page = _page(site, f"/job/{row['job_id']}")
        kinds = [one.get("class") for one in page.xpath("//ul[@class='legend']//mark")]
        assert {one.get("class") for one in page.xpath("//div[@class='description']//mark")} == set(kinds)
        found.append(kinds)
    assert [] in found
    assert ["is-remote"] in found


def test_the_head_of_a_job_tells_its_pay_and_what_that_is_in_dollars_as_its_card_does(site: Client) -> None:
    rows = [row for row in site.json("/jobs.json?state=all")["jobs"] if row["pay_currency"] not in (None, "USD")]
    assert rows
    for row in rows:
        head = _page(site, f"/job/{row['job_id']}").xpath("//h1/following-sibling::p[1]")[0].text_content()
        assert row["pay_currency"] in head
        assert ("(USD " in head) == (row["pay_max_annual_usd"] is not None or row["pay_min_annual_usd"] is not None)
