from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, Posting, RawPosting


def _parse(**offer: Any) -> Posting:
    raw = RawPosting("recruitee", "acme", "1", "https://a.example/1", datetime(2026, 11, 1, tzinfo=UTC), {"title": "x", **offer})
    return to_posting(raw, CompanyFacts())


@pytest.mark.parametrize(
    ("offer", "location"),
    [
        ({"location": "Remote job", "city": "DC", "country": "United States"}, "Remote job; United States"),
        ({"location": "Ghent, Belgium", "country": "Belgium"}, "Ghent, Belgium"),
        ({"location": " ", "city": "Ghent ", "state_name": None, "country": "Belgium"}, "Ghent, Belgium"),
        ({"country": "Belgium", "locations": [{"name": "", "city": "Ghent"}, None]}, "Belgium; Ghent"),
        ({}, None),
    ],
)
def test_places_are_the_line_of_the_page_its_country_and_the_employers_names(offer: dict[str, Any], location: str | None) -> None:
    assert _parse(**offer).location == location


@pytest.mark.parametrize("salary", [None, {}, {"min": None, "max": None, "period": "year"}, {"min": "0", "max": "0.00"}, "60000"])
def test_a_salary_without_a_figure_is_none(salary: Any) -> None:
    assert _parse(salary=salary).structured_salary is None


def test_a_flag_that_is_not_set_stays_unsaid() -> None:
    assert _parse(remote=None, hybrid=True, on_site="yes").structured_remote == {"hybrid": True}


def test_requirements_follow_the_description_and_translations_are_not_read_twice() -> None:
    offer = {
        "description": "<p>Bake.</p>",
        "requirements": "<p>Hands.</p>",
        "translations": {"en": {"description": "<p>Bake.</p>"}},
    }
    assert _parse(**offer).description_text == "Bake.\nHands."
