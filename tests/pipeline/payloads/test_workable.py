from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, RawPosting

PORTO = {"country": "Portugal", "city": "Porto", "region": None, "hidden": False}


@pytest.mark.parametrize(
    ("job", "location"),
    [
        ({"locations": [PORTO, {"country": "Spain", "city": "", "region": ""}]}, "Porto, Portugal; Spain"),
        ({"locations": [{**PORTO, "hidden": True}], "city": "Porto"}, None),
        ({"locations": [], "city": "Hull", "state": "England", "country": "United Kingdom"}, "Hull, England, United Kingdom"),
        ({"locations": None, "city": "Singapore", "state": " ", "country": "Singapore"}, "Singapore"),
    ],
)
def test_hidden_places_stay_hidden(job: dict[str, Any], location: str | None) -> None:
    raw = RawPosting("workable", "acme", "1", "https://a.example/1", datetime(2026, 11, 1, tzinfo=UTC), {"title": "x", **job})
    assert to_posting(raw, CompanyFacts()).location == location
