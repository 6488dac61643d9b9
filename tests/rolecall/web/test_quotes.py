"""Fields of a source in words; every other quote as it stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.web.quotes import quoted


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("We have no offices.", "“We have no offices.”"),
        ("=HYPERLINK(1)", "“=HYPERLINK(1)”"),
        ("pay = 5", "“pay = 5”"),
        ("remote=", "“remote=”"),
        ("workplaceType=on-site", "workplace type: on-site"),
        ('applicantLocationRequirements=["Poland"]', "applicant location requirements: Poland"),
        ('candidate_required_location=["US", "Canada, Quebec"]', "candidate required location: US, Canada, Quebec"),
        ("isRemote=true", "is remote: yes"),
        ("hybrid=false", "hybrid: no"),
        ('regions=["Poland", "Germ…', "regions: Poland, Germ…"),
        ("min=90000.50, max=120000, currency=USD", "min: 90000.50; max: 120000; currency: USD"),
        (
            'baseSalary={"minValue": 50, "unitText": "HOUR", "tier": null}',
            "base salary: min value 50, unit text HOUR, tier nothing",
        ),
        ("published=2026-01-05", "published: 2026-01-05"),
    ],
)
def test_quotes(quote: str, said: str) -> None:
    assert quoted(quote) == said


@given(st.lists(st.text(st.characters(exclude_characters='[]{}"\\', exclude_categories=["C"])), min_size=1))
def test_every_value_of_a_list_is_told_as_it_stands(values: list[str]) -> None:
    assert quoted(f"places={json.dumps(values, ensure_ascii=False)}") == f"places: {', '.join(values)}"


@given(st.text())
def test_any_text_can_be_quoted(text: str) -> None:
    assert quoted(text)
    assert quoted(f"key={text}")
