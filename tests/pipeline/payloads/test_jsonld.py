"""schema.org JobPosting objects in every form that employers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, Posting, RawPosting

NOW = datetime(2026, 11, 1, 2, tzinfo=UTC)


def _parse(**posting: Any) -> Posting:
    payload = {"@type": "JobPosting", "title": "Baker", **posting}
    return to_posting(RawPosting("jsonld", "osprey.example", "1", "https://osprey.example/1", NOW, payload), CompanyFacts())


@pytest.mark.parametrize(
    ("salary", "kept"),
    [
        (42000, 42000),
        ("42,000 EUR a year", "42,000 EUR a year"),
        ({"currency": "EUR", "value": 42000}, {"currency": "EUR", "value": 42000}),
        ({"currency": "EUR", "value": "42000.00 "}, {"currency": "EUR", "value": "42000.00"}),
        (
            {"currency": "EUR", "value": {"minValue": "40000", "maxValue": "", "unitText": "YEAR", "value": None}},
            {"currency": "EUR", "value": {"minValue": "40000", "unitText": "YEAR"}},
        ),
        (
            [{"currency": "EUR", "value": {"value": 20, "unitText": "HOUR"}}, {"currency": "", "value": {"value": ""}}],
            [{"currency": "EUR", "value": {"value": 20, "unitText": "HOUR"}}],
        ),
        ({"priceCurrency": "EUR", "minPrice": 20, "unitCode": "HUR"}, {"priceCurrency": "EUR", "minPrice": 20, "unitCode": "HUR"}),
        ({"currency": "", "value": {"minValue": "", "maxValue": "", "unitText": ""}}, None),
        ({"currency": "USD", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, None),
        ("Competitive", None),
        ("", None),
        (None, None),
        ([], None),
    ],
)
def test_a_salary_is_kept_as_written_less_what_is_blank(salary: Any, kept: Any) -> None:
    assert _parse(baseSalary=salary).structured_salary == (None if kept is None else {"baseSalary": kept})


def test_a_sites_own_estimate_is_no_pay() -> None:
    assert _parse(estimatedSalary={"currency": "USD", "value": {"minValue": 1000, "maxValue": 2000}}).structured_salary is None


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("Spain", ["Spain"]),
        ({"@type": "Country", "name": "Spain"}, ["Spain"]),
        ([{"@type": "Country", "name": ["Spain", "ES"]}, "Portugal"], ["Spain", "Portugal"]),
        ([[{"@type": "State", "name": "Texas"}]], ["Texas"]),
        ({"@type": "AdministrativeArea", "address": {"addressRegion": "Bavaria", "addressCountry": "DE"}}, ["Bavaria, DE"]),
        ({"@type": "Country", "name": ""}, None),
    ],
)
def test_where_an_applicant_may_live(asked: Any, places: Any) -> None:
    posting = _parse(jobLocationType="TELECOMMUTE", applicantLocationRequirements=asked)
    wanted = {"jobLocationType": "TELECOMMUTE"} | ({"applicantLocationRequirements": places} if places else {})
    assert posting.structured_remote == wanted


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ({"address": {"addressLocality": "Pune ", "addressRegion": "Assam,", "addressCountry": "India"}}, "Pune, Assam, India"),
        ({"address": [{"addressLocality": "Madrid"}, {"addressLocality": "Lisbon"}]}, "Madrid; Lisbon"),
        ([[{"address": "Madrid, Spain"}], {"name": "HQ"}], "Madrid, Spain; HQ"),
        ({"@type": "PostalAddress", "addressLocality": "Madrid", "addressCountry": {"name": "Spain"}}, "Madrid, Spain"),
        ({"@type": "VirtualLocation", "name": "Remote"}, "Remote"),
        ("Madrid", "Madrid"),
        ({"address": {"addressLocality": "", "addressCountry": None}}, None),
        ([None, 3.5, {}], "3.5"),
    ],
)  # fmt: skip
def test_a_place_in_its_forms(place: Any, location: str | None) -> None:
    assert _parse(jobLocation=place).location == location


def test_values_in_lists_and_objects_of_json_ld() -> None:
    posting = _parse(
        title=["Baker &amp; Cook"],
        hiringOrganization=[{"@type": "Organization", "name": "Osprey &amp; Sons"}],
        employmentType=[["FULL_TIME"], {"name": "Seasonal"}],
        datePosted={"@type": "Date", "@value": "2026-10-12"},
        validThrough=["2027-01-01"],
        description=["<p>One.</p>", "<p>Two.</p>"],
    )
    assert posting.title == "Baker & Cook"
    assert posting.company.name == "Osprey & Sons"
    assert posting.employment_type_text == "FULL_TIME, Seasonal"
    assert (posting.published_on, posting.expires_on) == (date(2026, 10, 12), date(2027, 1, 1))
    assert posting.description_text == "One.\nTwo."


def test_the_employers_name_may_be_a_text() -> None:
    assert _parse(hiringOrganization="Osprey Retail Inc.").company.name == "Osprey Retail Inc."
    assert _parse(hiringOrganization="").company.name is None


@pytest.mark.parametrize(
    "image",
    [
        '<img alt="" src="data:image/png;base64,AAAA+/=">',
        "<img src='data:image/svg+xml;charset=utf-8,%3Csvg%3E'/>",
        '<p style="background:url(data:image/gif;base64,R0lGOD)"></p>',
        "&lt;img src=&quot;data:image/png;base64,AAAA&quot;&gt;",
    ],
)
def test_images_that_are_written_into_the_text_are_taken_out(image: str) -> None:
    posting = _parse(description=f"<p>Bread.</p>{image}<p>Our data: rye, wheat.</p>")
    assert "base64" not in (posting.description_html or "")
    assert "data:image" not in (posting.description_html or "")
    assert "Our data: rye, wheat." in posting.description_text
