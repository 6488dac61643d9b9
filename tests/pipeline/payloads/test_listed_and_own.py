"""Readings of the platforms whose postings have an answer of their own: what a list alone says, and which word wins."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, Posting, RawPosting

NIGHT = datetime(2026, 11, 1, 2, tzinfo=UTC)


def _parse(platform: str, payload: dict[str, Any]) -> Posting:
    named = {"name": "x", "title": "x", **payload}
    return to_posting(RawPosting(platform, "acme", "1", "https://a.example/1", NIGHT, named), CompanyFacts())


@pytest.mark.parametrize(
    ("job", "text", "day"),
    [
        ({"postedOn": "Posted Today"}, "Posted Today", date(2026, 11, 1)),
        ({"postedOn": "Posted Yesterday"}, "Posted Yesterday", date(2026, 10, 31)),
        ({"postedOn": "Posted 8 Days Ago"}, "Posted 8 Days Ago", date(2026, 10, 24)),
        ({"postedOn": "Posted 30+ Days Ago"}, None, None),
        ({"postedOn": "Posted 30+ Days Ago", "startDate": "2026-02-03"}, "2026-02-03", date(2026, 2, 3)),
        ({"postedOn": None, "startDate": ""}, None, None),
    ],
)
def test_workdays_words_count_back_from_the_night(job: dict[str, Any], text: str | None, day: date | None) -> None:
    posting = _parse("workday", job)
    assert (posting.published_text, posting.published_on) == (text, day)


@pytest.mark.parametrize(
    ("job", "location"),
    [
        ({"locationsText": "US, OR, Bend"}, "US, OR, Bend"),
        ({"locationsText": "3 Locations", "externalPath": "/job/Illinois---New-Berlin/Role_R1"}, "Illinois / New Berlin"),
        ({"locationsText": "3 Locations"}, None),
        ({"location": "US, VT, Barre", "additionalLocations": ["US, VT, Remote"]}, "US, VT, Barre; US, VT, Remote"),
        ({"location": "Leuven", "locationsText": "2 Locations", "country": {"descriptor": "Belgium"}}, "Leuven; Belgium"),
    ],
)
def test_workdays_places(job: dict[str, Any], location: str | None) -> None:
    assert _parse("workday", job).location == location


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ({"fullLocation": "Warsaw, , Poland"}, "Warsaw, Poland"),
        ({"city": "Leeds", "region": None, "country": "gb"}, "Leeds, GB"),
        ({}, None),
    ],
)
def test_smartrecruiters_places(place: dict[str, Any], location: str | None) -> None:
    assert _parse("smartrecruiters", {"location": place}).location == location


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ({"is_remote": False, "remote_details": {"label": "Fully remote"}}, {"is_remote": False}),
        ({"is_remote": True, "remote_details": {"value": "hybrid"}}, {"is_remote": True, "remote_details": "hybrid"}),
        ({"is_remote": True}, {"is_remote": True}),
        ({}, {"jobLocationType": "TELECOMMUTE"}),
    ],
)
def test_breezys_flag_goes_before_its_details_and_its_page(place: dict[str, Any], remote: dict[str, Any]) -> None:
    payload = {"location": place, "JobPosting": {"jobLocationType": "TELECOMMUTE"}}
    assert _parse("breezy", payload).structured_remote == remote


@pytest.mark.parametrize(
    ("job", "remote"),
    [
        ({"locations": [{"workplaceType": "ON_SITE"}, {"workplaceType": "ON_SITE"}]}, {"workplaceType": "ON_SITE"}),
        ({"locations": [{"workplaceType": "ON_SITE"}, {"workplaceType": "REMOTE"}]}, {"workplaceType": ["ON_SITE", "REMOTE"]}),
        ({"workLocations": ["Remote (Iowa, US)", "Ames, IA"]}, {"workLocations": ["Remote (Iowa, US)"]}),
        ({"workLocations": ["Ames, IA", None]}, None),
    ],
)
def test_ripplings_workplace(job: dict[str, Any], remote: dict[str, Any] | None) -> None:
    assert _parse("rippling", job).structured_remote == remote


@pytest.mark.parametrize("pay", [None, [], [None], [{"currency": "USD", "frequency": "YEAR", "rangeStart": 0, "rangeEnd": None}]])
def test_ripplings_ranges_without_a_figure_are_none(pay: Any) -> None:
    assert _parse("rippling", {"payRangeDetails": pay}).structured_salary is None


def test_ripplings_role_stands_before_the_company() -> None:
    job = {"description": {"company": "<p>We map.</p>", "role": "<p>You drive.</p>", "extra": 3}}
    assert _parse("rippling", job).description_text == "You drive.\nWe map."
    assert _parse("rippling", {"description": "<p>Whole.</p>"}).description_text == "Whole."


def test_jazzhrs_labels_go_before_its_json_ld() -> None:
    page = {"employmentType": "FULL_TIME", "datePosted": "2026-10-08", "hiringOrganization": {"name": "Acme"}}
    posting = _parse("jazzhr", {"attributes": {"Type": "Temporary to Full Time", "Location": "Ghent"}, "JobPosting": page})
    assert (posting.employment_type_text, posting.location, posting.company.name) == ("Temporary to Full Time", "Ghent", "Acme")
    assert posting.published_on == date(2026, 10, 8)
