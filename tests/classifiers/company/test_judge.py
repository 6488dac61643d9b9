"""Facts of the employer, as its postings state them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from classifiers.classify import classify
from pipeline.labels import CompanyVerdict
from pipeline.lines import posting_from_line
from pipeline.records import CompanyFacts


def verdict(text: str, told: CompanyFacts | None = None) -> CompanyVerdict:
    posting = posting_from_line({"id": 1, "title": "Analyst", "description_text": text}).posting
    return classify(replace(posting, company=told) if told else posting).labels.company


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("We raised our Series B last spring.", "series-b"),
        ("A Series A startup backed by good investors, we build tools.", "series-a"),
        ("After our Series A we have now closed our Series C.", "series-c"),
        ("We are a bootstrapped company.", "bootstrapped"),
        ("We are a non-profit organisation.", "non-profit"),
        ("Acme (NASDAQ: ACME) is a maker of anvils.", "public"),
        ("Wir sind ein börsennotiertes Unternehmen.", "public"),
        ("We are a seed-stage startup.", "seed"),
        ("We are a federal agency.", "government"),
        ("Our customers range from seed-stage startups to public companies.", None),
        ("Experience at a Series B startup is welcome.", None),
        ("We give a day off to volunteer for a charity.", None),
        ("You know SQL.", None),
    ],
)
def test_stage(text: str, stage: str | None) -> None:
    assert verdict(text).stage == stage


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("We are a team of 35 people.", "11-50"),
        ("We have over 1,200 employees in nine offices.", "1001-5000"),
        ("Wir sind 120 Mitarbeitende.", "51-200"),
        ("Unser Unternehmen hat 12.000 Mitarbeiter.", "10001+"),
        ("We help companies of 500 employees.", None),
        ("We are hiring 5 people.", None),
        ("We raised $30 for people.", None),
    ],
)
def test_size(text: str, size: str | None) -> None:
    assert verdict(text).size == size


@pytest.mark.parametrize(
    ("text", "industry"),
    [
        ("We are a fast-growing fintech company.", "finance"),
        ("Acme is a leading healthcare provider.", "healthcare"),
        ("Acme is an independent gaming studio.", "gaming"),
        ("We work with fintech companies.", None),
        ("You know machine learning.", None),
    ],
)
def test_industry(text: str, industry: str | None) -> None:
    assert verdict(text).industry == industry


def test_what_was_told_beside_the_posting_wins_and_needs_no_quote() -> None:
    found = verdict("We are a team of 35 people.", CompanyFacts(name="Acme", size="51-200", stage="public"))
    assert (found.size, found.stage, found.evidence) == ("51-200", "public", ())


def test_quotes_stand_at_their_offsets() -> None:
    text = "Hello. We are a fintech company. We are a team of 35 people, and we raised our Series A."
    found = verdict(text)
    assert (found.stage, found.size, found.industry) == ("series-a", "11-50", "finance")
    assert {item.signal for item in found.evidence} == {"company_stage", "company_size", "industry"}
    for item in found.evidence:
        assert text[item.start : item.end] == item.quote
