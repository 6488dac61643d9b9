from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.rates import newest
from rolecall.checks.check import Verdict
from rolecall.checks.installation import engine_check, installed, notices_check, python_check, rates_check


def test_an_unknown_python_fails() -> None:
    assert python_check((3, 10)).verdict is Verdict.FAIL
    assert python_check((3, 12)).verdict is Verdict.OK


def test_the_engine_of_this_environment_starts_and_is_what_the_tests_run_on() -> None:
    check = engine_check(installed)
    assert check.verdict is Verdict.OK
    assert check.text == f"prefect {installed('prefect')}, fastapi {installed('fastapi')}"
    assert installed("no-such-distribution") is None


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ({"prefect": "3.8.8", "fastapi": "0.151.0"}, "needs fastapi<=0.150.0"),
        ({"prefect": "3.9.1", "fastapi": "0.150.0"}, "needs prefect<3.9"),
        ({"prefect": "3.8.8", "fastapi": None}, "fastapi missing: Prefect's server needs fastapi<=0.150.0"),
    ],
)
def test_versions_that_do_not_go_together_fail(versions: dict[str, str | None], said: str) -> None:
    check = engine_check(versions.__getitem__)
    assert check.verdict is Verdict.FAIL
    assert said in check.text
    assert check.text.endswith("install from requirements.lock")


def test_exchange_rates_that_end_long_ago_are_a_warning() -> None:
    assert rates_check(newest() + timedelta(days=45)).verdict is Verdict.OK
    late = rates_check(newest() + timedelta(days=46))
    assert late.verdict is Verdict.WARN
    assert "46 days ago" in late.text


def test_a_target_that_lacks_its_variable_is_a_warning() -> None:
    lacking = notices_check({"webhook HOOK": (), "email": ("MAIL_USER", "MAIL_PASSWORD")})
    assert lacking.verdict is Verdict.WARN
    assert lacking.text == "email needs MAIL_USER and MAIL_PASSWORD in the environment, which lacks it; nobody is told there"
    assert notices_check({"webhook HOOK": ()}).text == "1 target; `rolecall runs notify --test` tries them"
