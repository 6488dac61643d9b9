from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from pipeline.fill import FIELDS, filled, share
from pipeline.records import CompanyFacts, Posting

BARE = Posting("0" * 16, "lever", "acme", "1", "https://a.example/1", datetime(2026, 1, 5, tzinfo=UTC), "Engineer", "", "0" * 16)
FULL = replace(
    BARE, description_text="Python.", location="Oslo", company=CompanyFacts(name="Acme"), department="Data",
    published_on=date(2026, 1, 4), structured_remote={"remote": True}, structured_salary={"min": 1},
)  # fmt: skip


def test_each_field_counts_by_itself() -> None:
    assert filled(BARE) == ()
    assert filled(FULL) == FIELDS
    assert filled(replace(BARE, location="Oslo", structured_salary={"min": 1})) == ("location", "pay")


def test_a_date_that_could_not_be_read_is_not_filled() -> None:
    assert "published" not in filled(replace(FULL, published_on=None, published_text="soon"))


def test_a_share_needs_postings_and_a_count() -> None:
    assert share({"text": 3}, "text", 4) == 0.75
    assert share({"text": 3}, "pay", 4) is None
    assert share({}, "text", 4) is None
    assert share({"text": 0}, "text", 0) is None
