"""Where a remote worker may live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.labels import RemoteVerdict

Judge = Callable[..., RemoteVerdict]


@pytest.mark.parametrize(
    ("text", "fields", "scope"),
    [
        ("Analyse sales.", {"location": "Remote (US)"}, ("US",)),
        ("Analyse sales.", {"location": "Remote, UK or Ireland"}, ("GB", "IE")),
        ("Analyse sales.", {"location": "Remote - LATAM"}, ("LATAM",)),
        ("Analyse sales.", {"location": "Remote (Anywhere)"}, ("worldwide",)),
        ("Analyse sales.", {"location": "Remote"}, None),
        ("Analyse sales.", {"location": None, "structured_remote": {"locationRestrictions": ["Brazil", "Canada"]}}, ("BR", "CA")),
        ("Remote within OR, WA or UT.", {"location": "Remote"}, ("US-OR", "US-WA", "US-UT")),
        ("This position is fully remote within Germany.", {"location": "Berlin"}, ("DE",)),
        ("This role is fully remote.", {"location": "Springfield"}, None),
        ("Hours overlap with Ireland.", {"location": "Remote (overlap with Ireland)"}, None),
        ("Fully remote. We are a global team.", {"location": "Remote"}, None),
        ("Sell tools.", {"location": "Springfield", "title": "Analyst (Remote-USA)"}, ("US",)),
        ("Fully remote. You must be located in Portugal or Spain.", {"location": "Remote"}, ("PT", "ES")),
        ("Sell tools.", {"location": "New York, NY, or Remote within Canada or United States"}, ("CA", "US")),
        ("Fully remote.", {"location": "Europe, European time zones"}, ("Europe", "European time zones")),
        ("This is a hybrid role in our Berlin office, Germany.", {"location": "Berlin, Germany"}, None),
    ],
)
def test_scope(verdict_of: Judge, text: str, fields: dict[str, Any], scope: tuple[str, ...] | None) -> None:
    assert verdict_of(text, **fields).remote_scope == scope
