from __future__ import annotations

import pytest

from pipeline.page_labels import fact_of, fact_of_hint, is_employment, is_place, is_workplace, label_and_value, page_labels


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("Location", "place"),
        ("Ubicación:", "place"),
        ("STANDORT", "place"),
        ("Modalidad de trabajo:", "workplace"),
        ("Ref #", "requisition"),
        ("Ansprechpartner:", "personal"),
        ("Our values", None),
        ("", None),
        (":", None),
        ("location " * 20, None),
    ],
)
def test_a_label_names_a_fact_in_many_languages(label: str, fact: str | None) -> None:
    assert fact_of(label) == fact


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("Location: Berlin", ("Location", "Berlin")),
        ("Posted 02-Nov-2026", ("Posted", "02-Nov-2026")),
        ("Ref #4711.", ("Ref", "4711")),
        ("Req ID 99", ("Req ID", "99")),
        ("Posted yesterday by nobody", None),
        ("About us: we bake", None),
        ("Location:", None),
        ("12:30", None),
    ],
)
def test_a_line_may_hold_a_label_and_its_value(line: str, pair: tuple[str, str] | None) -> None:
    assert label_and_value(line) == pair


@pytest.mark.parametrize(
    "text", ["Recife - Brazil", "Austin, TX", "Atlanta, GA, United States.", "Remote", "EMEA", "Chicago, Illinois", "Lugo (España)"]
)
def test_a_short_text_is_a_place(text: str) -> None:
    assert is_place(text)


@pytest.mark.parametrize(
    "text", ["Engineering", "Full-time", "Operation & Strategy - Mobility", "", "x" * 200, "We love Brazil, and " * 9, "IT"]
)
def test_a_short_text_is_no_place(text: str) -> None:
    assert not is_place(text)


def test_words_that_stand_alone() -> None:
    assert is_workplace("Hybrid")
    assert is_workplace("Híbrido.")
    assert not is_workplace("Hybrid cloud")
    assert is_employment("Full-Time")
    assert not is_employment("Time")


@pytest.mark.parametrize(
    ("class_name", "fact"),
    [("jv-job-list-location", "place"), ("jobLocation", "place"), ("posted_date", "published"), ("listing", None)],
)
def test_a_class_name_says_what_it_holds(class_name: str, fact: str | None) -> None:
    assert fact_of_hint(class_name) == fact


def test_the_words_of_each_table_name_facts_that_a_posting_has() -> None:
    words = page_labels()
    facts = {
        "place",
        "department",
        "employment",
        "workplace",
        "pay",
        "published",
        "expires",
        "requisition",
        "company",
        "title",
        "industry",
        "personal",
    }
    assert set(words.labels.values()) == facts
    assert set(words.prefixes.values()) | set(words.hints.values()) <= facts
