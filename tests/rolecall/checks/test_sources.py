from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.config import SourceConfig
from pipeline.health import histories
from pipeline.vocabulary import FailureKind
from rolecall.checks.check import Check, Verdict
from rolecall.checks.sources import KnownSource, robots_check, sources_check
from spiders.memory import HostMemory
from tests.rolecall.nights_of_sources import FAILED, FEW, WHOLE, nights

NOW = datetime(2026, 1, 12, 2, tzinfo=UTC)
ACME = KnownSource(SourceConfig("lever", "acme"), NOW, "https://api.lever.co/v0/postings/acme?mode=json")
BETA = KnownSource(SourceConfig("greenhouse", "beta"), NOW, "https://boards-api.greenhouse.io/v1/boards/beta/jobs?content=true")
SOUND = histories(nights("lever:acme", [WHOLE, WHOLE], ["greenhouse:beta"]))
FORBIDDING = "User-agent: *\nDisallow: /v0/"


def test_sound_sources_are_counted() -> None:
    assert sources_check([ACME, BETA], SOUND, NOW) == Check("sources", Verdict.OK, "2 sources configured")


def test_a_source_in_trouble_is_named_with_its_first_bad_night() -> None:
    check = sources_check([ACME, BETA], histories(nights("lever:acme", [WHOLE, FEW, FEW], ["greenhouse:beta"])), NOW)
    assert check.verdict is Verdict.WARN
    assert "in trouble: lever:acme since 2026-01-06 (12 postings, usually 40)" in check.text
    assert check.text.endswith(
        "`rolecall runs show --source lever:acme` shows its nights, `rolecall sources check lever:acme` asks it"
    )


@pytest.mark.parametrize(("age", "is_told"), [(timedelta(days=3), False), (timedelta(days=3, minutes=1), True)])
def test_a_source_that_gave_no_whole_answer_for_days_is_named(age: timedelta, is_told: bool) -> None:
    check = sources_check([replace(ACME, last_complete=NOW - age), BETA], SOUND, NOW)
    assert ("no complete answer for 3 days: lever:acme (since 2026-01-09" in check.text) is is_told
    assert (check.verdict is Verdict.WARN) is is_told


def test_one_in_trouble_is_not_named_twice_and_a_new_one_is_no_trouble() -> None:
    failing = histories(nights("lever:acme", [FAILED]))
    assert "no complete answer" not in sources_check([replace(ACME, last_complete=NOW - timedelta(days=9))], failing, NOW).text
    check = sources_check([ACME, replace(BETA, last_complete=None, address=None)], SOUND, NOW)
    assert (check.verdict, check.text) == (Verdict.OK, "2 sources configured; greenhouse:beta not read yet")


def memory(folder: Path, **kept: str) -> HostMemory:
    """Records of robots.txt, two days old: ``api_lever_co="..."``."""
    for root, text in kept.items():
        HostMemory(folder, NOW - timedelta(days=2)).keep_robots(root, text)
    return HostMemory(folder, NOW)


def test_what_is_kept_of_robots_txt_is_held_against_the_addresses(tmp_path: Path) -> None:
    kept = memory(tmp_path, **{"https://api.lever.co": FORBIDDING, "https://boards-api.greenhouse.io": FORBIDDING})
    check = robots_check([ACME, BETA], SOUND, kept)
    assert check.verdict is Verdict.WARN
    assert check.text == (
        "2 hosts, read 2 days ago; forbidden: lever:acme; "
        "they stay unread, so take them out of the configuration or ask the employer"
    )


def test_ages_span_from_the_newest_to_the_oldest(tmp_path: Path) -> None:
    kept = memory(tmp_path, **{"https://api.lever.co": ""})
    HostMemory(tmp_path, NOW - timedelta(hours=3)).keep_robots("https://boards-api.greenhouse.io", "")
    check = robots_check([ACME, BETA], SOUND, kept)
    assert (check.verdict, check.text) == (Verdict.OK, "2 hosts, read 3 h to 2 days ago")


def test_a_source_that_robots_txt_refused_last_night_is_named_without_any_record(tmp_path: Path) -> None:
    refused = replace(FAILED, failure=FailureKind.ROBOTS)
    check = robots_check([replace(ACME, address=None)], histories(nights("lever:acme", [refused])), memory(tmp_path))
    assert check.verdict is Verdict.WARN
    assert check.text.startswith("no robots.txt is kept yet; a live night reads them; forbidden: lever:acme")


def test_the_server_that_is_asked_counts_and_loopback_does_not(tmp_path: Path) -> None:
    europe = replace(ACME, config=replace(ACME.config, base_url="https://api.eu.lever.co"))
    local = replace(ACME, config=replace(ACME.config, base_url="http://127.0.0.1:8801"))
    kept = memory(tmp_path, **{"https://api.eu.lever.co": FORBIDDING, "http://127.0.0.1:8801": FORBIDDING})
    assert robots_check([europe], SOUND, kept).verdict is Verdict.WARN
    assert robots_check([ACME], SOUND, kept).verdict is Verdict.OK
    assert robots_check([local], SOUND, kept).verdict is Verdict.OK
