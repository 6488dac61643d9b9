"""What a job's page says of its pay."""

from __future__ import annotations

from datetime import date
from typing import Any

from rolecall.render.jobs import eligibility_text, history, pay_lines

BAND: dict[str, Any] = {
    "min": 50000.0, "max": 60000.0, "currency": "EUR", "period": "year", "kind": "base", "zone": "Senior", "quote": "50-60k",
    "field": "description_text", "start": 4, "end": 10, "min_annual_usd": 58000.0, "max_annual_usd": 69600.0,
    "usd_rate": 1.16, "usd_rate_on": "2026-06-01",
}  # fmt: skip


def test_a_rate_much_older_than_the_posting_is_said_to_be_so() -> None:
    labels = {"pay_bands": [BAND]}
    fresh, stale = (" ".join(pay_lines(labels, 200, day).split()) for day in (date(2026, 6, 20), date(2026, 8, 1)))
    assert "at 1.16, 2026-06-01" in fresh
    assert "older" not in fresh
    assert "a rate 61 days older than the posting" in stale


def test_silence_is_said() -> None:
    assert "not stated" in pay_lines({"pay_bands": []}, 80)


def test_who_may_hold_a_job_in_one_line() -> None:
    told = {
        "countries": ["DE", "FR"], "excluded": ["ES"], "utc_min": -1.0, "utc_max": 2.0, "overlap_hours": 4.0,
        "visa_sponsorship": "no", "work_authorisation": ["DE"], "needs_clearance": True, "languages": ["de"],
    }  # fmt: skip
    papers = "no visa sponsorship; permission to work in DE; security clearance; speaks de"
    line = eligibility_text({"remote_scope": ["EU"], "eligibility": told})
    assert line == f"EU; not ES; UTC-1 to UTC+2, 4 hours of overlap; {papers}"
    assert eligibility_text({"remote_scope": None, "eligibility": {"countries": ["PL"]}}) == "PL"
    assert eligibility_text({}) == "place not stated"


def test_an_event_of_a_job_seen_in_several_places_names_its_place() -> None:
    seen = [
        {"platform": "greenhouse", "board": "acme", "posting_id": "a"},
        {"platform": "lever", "board": "beta", "posting_id": "b"},
    ]
    events = [
        {"night": "2026-01-05", "posting_id": "a", "kind": "opened", "fields": None},
        {"night": "2026-01-06", "posting_id": "b", "kind": "changed", "fields": {"title": ["A", "B"]}},
    ]
    assert list(history({"seen_on": seen, "events": events})) == [
        "2026-01-05 opened on greenhouse:acme",
        "2026-01-06 changed on lever:beta (title: A -> B)",
    ]
    assert list(history({"seen_on": seen[:1], "events": events[:1]})) == ["2026-01-05 opened"]
