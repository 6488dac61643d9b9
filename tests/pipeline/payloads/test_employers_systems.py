"""Readings of Personio, Teamtailor, BambooHR and Pinpoint: places, pay that is none, texts in several parts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, Posting, RawPosting

NIGHT = datetime(2026, 11, 1, 2, tzinfo=UTC)


def _parse(platform: str, payload: dict[str, Any]) -> Posting:
    named = {"name": "x", "title": "x", "jobOpeningName": "x", **payload}
    return to_posting(RawPosting(platform, "acme", "1", "https://a.example/1", NIGHT, named), CompanyFacts())


@pytest.mark.parametrize(
    ("position", "location"),
    [
        ({"office": "Jena", "additionalOffices": {"office": "Remote"}}, "Jena; Remote"),
        ({"office": "Jena", "additionalOffices": {"office": ["Ulm", "Jena", None]}}, "Jena; Ulm"),
        ({"additionalOffices": "Ulm"}, None),
        ({}, None),
    ],
)
def test_personios_offices(position: dict[str, Any], location: str | None) -> None:
    assert _parse("personio", position).location == location


def test_personios_blocks_follow_each_other_and_blank_ones_are_left_out() -> None:
    blocks = [{"name": "R&D", "value": "<p>Grind.</p>"}, {"name": "Profile", "value": " "}, "x", {"value": "Polish."}]
    assert _parse("personio", {"jobDescriptions": {"jobDescription": blocks}}).description_text == "R&D\nGrind.\nPolish."
    assert _parse("personio", {"jobDescriptions": {"jobDescription": {"name": "x"}}}).description_html is None


def _office(name: str | None, city: str | None = "Malmö") -> dict[str, Any]:
    return {"tt:name": name, "tt:city": city, "tt:country": "Sweden"}


@pytest.mark.parametrize(
    ("places", "location"),
    [
        (_office("Malmö"), "Malmö, Sweden"),
        (_office("Head Office"), "Head Office; Malmö, Sweden"),
        (_office("Nordics - Remote"), "Nordics - Remote"),
        ([_office(None), _office("Lund", None)], "Malmö, Sweden; Lund; Sweden"),
    ],
)
def test_teamtailors_places_are_those_of_rss(places: Any, location: str) -> None:
    posting = {"jobLocation": {"address": {"addressLocality": "Oslo"}}}
    assert _parse("teamtailor", {"rss": {"tt:locations": {"tt:location": places}}, "_jobposting": posting}).location == location


def test_teamtailor_joins_what_each_feed_says() -> None:
    rss = {"remoteStatus": "fully", "tt:department": "Ovens", "company_name": "Acme", "pubDate": "Tue, 06 Oct 2026 09:12:44 +0200"}
    posting = _parse("teamtailor", {"rss": rss, "_jobposting": {"jobLocationType": "TELECOMMUTE", "employmentType": ["FULL_TIME"]}})
    assert posting.structured_remote == {"remoteStatus": "fully", "jobLocationType": "TELECOMMUTE"}
    assert (posting.department, posting.company.name, posting.employment_type_text) == ("Ovens", "Acme", "FULL_TIME")
    assert posting.published_on == date(2026, 10, 6)


@pytest.mark.parametrize("salary", [None, {}, {"currency": "", "value": {"unitText": "YEAR", "value": ""}}, "60000?"])
def test_teamtailors_salary(salary: Any) -> None:
    expected = {"baseSalary": salary} if salary == "60000?" else None
    assert _parse("teamtailor", {"_jobposting": {"baseSalary": salary}}).structured_salary == expected


@pytest.mark.parametrize(
    ("job", "location"),
    [
        ({"location": {"city": "Duluth", "state": "Minnesota"}, "atsLocation": {"city": None}}, "Duluth, Minnesota"),
        (
            {"location": {"city": None}, "atsLocation": {"city": "Brandon", "province": "Manitoba", "country": "Canada"}},
            "Brandon, Manitoba, Canada",
        ),
        ({"locationLabel": "Duluth (Hybrid)", "location": {"city": "Duluth"}}, "Duluth"),
        ({"locationLabel": "Duluth (Hybrid)"}, "Duluth (Hybrid)"),
        ({"location": None, "atsLocation": []}, None),
    ],
)
def test_bamboohrs_places(job: dict[str, Any], location: str | None) -> None:
    assert _parse("bamboohr", job).location == location


@pytest.mark.parametrize(
    ("pay", "expected"),
    [("£24,500 - £26,500", {"compensation": "£24,500 - £26,500"}), ("DOE", None), ("", None), (None, None)],
)
def test_bamboohrs_compensation_without_a_figure_is_none(pay: Any, expected: dict[str, Any] | None) -> None:
    assert _parse("bamboohr", {"compensation": pay}).structured_salary == expected


@pytest.mark.parametrize(
    ("fields", "has_pay"),
    [
        ({"compensation_minimum": 12.71, "compensation_visible": True}, True),
        ({"compensation_minimum": 12.71}, True),
        ({"compensation": "£12.71 / hour"}, True),
        ({"compensation_minimum": 12.71, "compensation_visible": False}, False),
        ({"compensation_minimum": 0.0, "compensation_maximum": None, "compensation_currency": "GBP"}, False),
    ],
)
def test_pinpoints_pay_is_what_the_employer_shows(fields: dict[str, Any], has_pay: bool) -> None:
    assert bool(_parse("pinpoint", fields).structured_salary) is has_pay
