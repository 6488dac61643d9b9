"""Kinds of statement and what they make of a posting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from classifiers.remote.weighing import features_of
from pipeline.labels import RemoteVerdict

Judge = Callable[..., RemoteVerdict]

KINDS: list[tuple[str, dict[str, Any], str, str]] = [
    ("You will analyse sales.", {}, "on-site", "unstated"),
    ("You will analyse sales.", {"location": "Remote"}, "remote-friendly", "remote"),
    ("You will analyse sales.", {"location": "Remote - US"}, "remote-friendly", "remote"),
    ("You will analyse sales.", {"location": "Hybrid - Leeds"}, "remote-friendly", "hybrid"),
    ("You will analyse sales.", {"location": "ONSITE Leeds"}, "on-site", "onsite"),
    ("You will analyse sales.", {"location": "ONSITE (2 days/week)"}, "remote-friendly", "hybrid"),
    ("You will analyse sales.", {"title": "Data Analyst (Remote)"}, "remote-friendly", "remote"),
    ("Our company is remote-first and fully distributed.", {"location": "Remote"}, "remote-first", "remote"),
    ("We have no offices; the team works asynchronously.", {"location": "Remote"}, "remote-first", "remote"),
    ("We offer a home office budget and annual company retreats.", {"location": "Remote (US)"}, "remote-first", "remote"),
    ("Home office allowance of 500 euros.", {}, "remote-friendly", "unstated"),
    (
        "This is a hybrid role: three days a week in our Leeds office. We are a remote-first company.",
        {},
        "remote-friendly",
        "hybrid",
    ),
    ("Our company is digital-first, but this role is on-site only in the lab.", {}, "on-site", "onsite"),
    ("We are not a remote company.", {}, "on-site", "onsite"),
    ("Temporarily remote due to COVID-19.", {}, "on-site", "unstated"),
    ("You may work from anywhere for up to four weeks a year.", {}, "on-site", "unstated"),
    ("Analyse remote sensing images and support remote customers.", {}, "on-site", "unstated"),
    ("Administer remote desktop servers at remote sites.", {}, "on-site", "unstated"),
    ("The interview process is fully remote.", {}, "on-site", "unstated"),
    ("Experience with distributed teams is a plus.", {}, "on-site", "unstated"),
    ("Build hybrid cloud platforms.", {}, "on-site", "unstated"),
    ("Flexible working hours and an on-site gym.", {}, "on-site", "unstated"),
    ("We work in person, 5 days a week, in our New York office.", {}, "on-site", "onsite"),
    ("Four days a week in our Leeds office, one from home.", {}, "remote-friendly", "hybrid"),
    ("Choose our office, hybrid or fully remote.", {}, "remote-friendly", "remote"),
    ("Duration: 6 monthsLocation: RemoteClient: a bank", {}, "remote-friendly", "remote"),
    ("Work remotely:\nTemporarily due to COVID-19", {}, "on-site", "unstated"),
]


@pytest.mark.parametrize(("text", "fields", "remote_class", "arrangement"), KINDS)
def test_kinds(verdict_of: Judge, text: str, fields: dict[str, Any], remote_class: str, arrangement: str) -> None:
    verdict = verdict_of(text, **fields)
    assert (verdict.remote_class, verdict.arrangement) == (remote_class, arrangement)


@pytest.mark.parametrize(
    ("structured", "remote_class", "arrangement"),
    [
        ({"remote": False}, "on-site", "unstated"),
        ({"remote": True}, "remote-friendly", "remote"),
        (True, "remote-friendly", "remote"),
        ({"workplaceType": "Hybrid", "isRemote": True}, "remote-friendly", "hybrid"),
        ({"workplaceType": "OnSite"}, "on-site", "onsite"),
        ({"jobLocationType": "TELECOMMUTE"}, "remote-friendly", "remote"),
        ({"locationRestrictions": ["Mexico"]}, "remote-friendly", "remote"),
        ({"workplace": "unknown"}, "on-site", "unstated"),
    ],
)
def test_structured_fields_and_a_silent_text(verdict_of: Judge, structured: Any, remote_class: str, arrangement: str) -> None:
    verdict = verdict_of("You will analyse sales.", location=None, structured_remote=structured)
    assert (verdict.remote_class, verdict.arrangement) == (remote_class, arrangement)


def test_the_text_wins_over_a_field_and_the_contradiction_is_told(verdict_of: Judge) -> None:
    verdict = verdict_of("This role is hybrid, with three days a week in our office.", structured_remote={"remote": True})
    assert verdict.arrangement == "hybrid"
    assert verdict.office_days == 3
    assert [conflict.refused.quote for conflict in verdict.conflicts] == ["remote=true"]


def test_silence_has_no_evidence(verdict_of: Judge) -> None:
    verdict = verdict_of("You will analyse sales.")
    assert verdict.evidence == ()
    assert verdict.signals == ()


def test_shares_sum_to_one_and_the_class_has_the_largest(verdict_of: Judge) -> None:
    verdict = verdict_of("We are a fully remote company.", location="Remote")
    assert sum(verdict.remote_probability.values()) == pytest.approx(1)
    assert max(verdict.remote_probability, key=lambda name: verdict.remote_probability[name]) == verdict.remote_class


def test_signals_are_named(verdict_of: Judge) -> None:
    text = "We are remote-first.\nWe work asynchronously.\nSame salary no matter where you live.\nHome office budget."
    assert verdict_of(text).signals == ("async", "location_independent_pay", "remote_benefits", "says_remote_first")


def test_every_quoted_feature_has_a_public_name() -> None:
    public = {feature for table in ("signals", "quoted_as") for listed in features_of(table).values() for feature in listed}
    quoted = {feature for table in ("evidence", "against") for listed in features_of(table).values() for feature in listed}
    assert {feature for feature in quoted if not feature.startswith("field_")} <= public
