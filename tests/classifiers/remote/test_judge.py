"""Kinds of statement and what they make of a posting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from classifiers.remote.weighing import features_of
from pipeline.labels import RemoteVerdict

Judge = Callable[..., RemoteVerdict]

HYBRID = ("remote-friendly", "hybrid")
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
    ("60 % of your time is spent in our Leeds office.", {}, "remote-friendly", "hybrid"),
    ("You may work up to one day a week from home.", {}, "remote-friendly", "hybrid"),
    ("We meet in our office twice a month, otherwise you work from home.", {}, "remote-friendly", "hybrid"),
    ("On site Monday to Thursday, remote on Fridays.", {}, "remote-friendly", "hybrid"),
    ("Work from home on Fridays, in the office otherwise.", {}, "remote-friendly", "hybrid"),
    ("Our home office in suburban Tulsa runs all branches.", {}, "on-site", "unstated"),
    ("You are a hybrid of designer and engineer.", {}, "on-site", "unstated"),
    ("Present in over 100 countries, we serve customers around the clock.", {"location": "Remote"}, "remote-friendly", "remote"),
    ("About half of our engineering team is fully remote.", {"location": "Remote"}, "remote-friendly", "remote"),
    ("Business analyst, Albany NY, remote (candidate must be in EST)", {}, "remote-friendly", "remote"),
    ("Based in Reno or remote, you report to the head of data.", {}, "remote-friendly", "remote"),
    ("We are an office-first company: the best work happens in person.", {}, "on-site", "onsite"),
    ("Remote, but you must live within commuting distance of our Leeds hub and come in once a week.", {}, *HYBRID),
    ("You sell to customers who work remotely.", {}, "on-site", "unstated"),
    ("Notre entreprise est 100 % à distance.", {"location": "Remote"}, "remote-first", "remote"),
    ("Nuestro equipo está distribuido por toda la región.", {"location": "Remoto"}, "remote-first", "remote"),
    ("You will analyse sales.", {"employment_type": "Onsite - Full Time"}, "on-site", "onsite"),
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
        ({"remote": False, "hybrid": False, "on_site": True}, "on-site", "onsite"),
        ({"remote": False, "hybrid": True, "on_site": True}, "remote-friendly", "hybrid"),
        ({"remote": True, "hybrid": False, "on_site": True}, "remote-friendly", "remote"),
        ({"RemoteIndicator": True, "TeleworkEligible": True}, "remote-friendly", "remote"),
        ({"RemoteIndicator": False, "TeleworkEligible": True}, "remote-friendly", "hybrid"),
        ({"remotetype": "Flex"}, "remote-friendly", "hybrid"),
        ({"telecommuting": True}, "remote-friendly", "remote"),
        ({"workplaceType": ["ON_SITE", "REMOTE", "HYBRID"]}, "remote-friendly", "remote"),
        ({"workplaceType": ["ON_SITE", "HYBRID"]}, "remote-friendly", "hybrid"),
        ({"workLocations": ["Hybrid (Bend, Oregon, US)"]}, "remote-friendly", "hybrid"),
        ({"is_remote": True, "remote_details": "Fully remote, within chosen location(s)"}, "remote-friendly", "remote"),
        ({"is_remote": True, "remote_details": "Hybrid, some days on site"}, "remote-friendly", "hybrid"),
        ({"remoteType": "Onsite"}, "on-site", "onsite"),
        ({"locationType": "0"}, "on-site", "onsite"),
        ({"locationType": "1"}, "remote-friendly", "remote"),
        ({"locationType": 2}, "remote-friendly", "hybrid"),
        ({"workplaceType": "1"}, "on-site", "unstated"),
        ({"workplace_type_text": "Fully remote"}, "remote-friendly", "remote"),
        ({"remoteStatus": "none"}, "on-site", "unstated"),
        ({"remoteStatus": "temporary"}, "remote-friendly", "hybrid"),
        ({"workplace": "Híbrido"}, "remote-friendly", "hybrid"),
        ({"workplace": "Télétravail"}, "remote-friendly", "remote"),
        ({"workplace": "Presencial"}, "on-site", "onsite"),
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
    named = ("async", "home_office_budget", "location_independent_pay", "remote_benefits", "says_remote_first")
    assert verdict_of(text).signals == named


def test_every_signal_has_its_words(verdict_of: Judge) -> None:
    text = (
        "The team works asynchronously.\nHome office budget and a coworking membership.\nYearly company retreat.\nFlexible hours."
    )
    verdict = verdict_of(text)
    assert verdict.signals == ("async", "coworking", "flexible_hours", "home_office_budget", "off_sites", "remote_benefits")
    assert {item.signal for item in verdict.signal_evidence} == set(verdict.signals)
    for item in verdict.signal_evidence:
        assert text[item.start : item.end] == item.quote


def test_every_quoted_feature_has_a_public_name() -> None:
    public = {feature for table in ("signals", "quoted_as") for listed in features_of(table).values() for feature in listed}
    quoted = {feature for table in ("evidence", "against") for listed in features_of(table).values() for feature in listed}
    assert {feature for feature in quoted if not feature.startswith("field_")} <= public


SWEDISH = "Vi söker en analytiker till vårt kontor i Lund. Du arbetar med försäljning, rapporter och budget i ett trevligt team."


def test_a_text_in_another_language_is_judged_by_its_fields_and_with_little_confidence(verdict_of: Judge) -> None:
    verdict = verdict_of(SWEDISH, location="Lund", structured_remote={"workplaceType": "Remote"})
    read = verdict_of(
        "We look for an analyst of sales, reports and budgets in our friendly team.", structured_remote={"workplaceType": "Remote"}
    )
    assert (verdict.remote_class, verdict.arrangement) == ("remote-friendly", "remote")
    assert not verdict.is_text_read
    assert read.is_text_read
    assert max(verdict.remote_probability.values()) < 0.7 < max(read.remote_probability.values())


def test_a_contradiction_costs_confidence_and_is_told_with_both_quotes(verdict_of: Judge) -> None:
    text = "This is an on-site role, five days a week in our Leeds office."
    verdict = verdict_of(text, structured_remote={"workplaceType": "Remote"})
    assert verdict.arrangement == "onsite"
    (conflict,) = verdict.conflicts
    assert (conflict.believed.field, conflict.refused.quote) == ("description_text", "workplaceType=Remote")
    assert verdict.remote_probability["on-site"] < verdict_of(text).remote_probability["on-site"]  # type: ignore[index]
