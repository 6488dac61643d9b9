from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from pipeline.rates import newest
from rolecall.checks import Verdict, nights_check, python_check, rates_check


def test_one_line_a_check(run: Any) -> None:
    done = run("doctor")
    names = [line[6:21].strip() for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert names == ["python", "configuration", "disk", "data folder", "database", "model", "rates"]


def test_a_filled_store_is_found(ask: Any) -> None:
    checks = {check["name"]: check for check in json.loads(ask("doctor", "--json").stdout)}
    assert checks["database"]["verdict"] == "ok"
    assert "5 open jobs" in checks["database"]["text"]


def test_a_broken_configuration_fails_the_check(run: Any) -> None:
    Path("rolecall.toml").write_text("[crawlr]\n", encoding="utf-8")
    done = run("doctor")
    assert done.exit_code == 1
    assert "fail  configuration   rolecall.toml line 1: table 'crawlr' is unknown; did you mean 'crawler'?" in done.stdout


def test_a_file_that_is_no_database_fails_the_check(run: Any) -> None:
    Path("data").mkdir()
    Path("data/rolecall.db").write_bytes(b"this is no database, whatever its name says" * 40)
    done = run("doctor")
    assert done.exit_code == 1
    assert "fail  database" in done.stdout


def test_an_unknown_python_fails() -> None:
    assert python_check((3, 10)).verdict is Verdict.FAIL
    assert python_check((3, 12)).verdict is Verdict.OK


def test_a_bad_last_night_is_a_warning() -> None:
    assert nights_check([{"run_id": "2026-01-06", "exit_code": 3}]).verdict is Verdict.WARN
    assert nights_check([{"run_id": "2026-01-06", "exit_code": 0}]).verdict is Verdict.OK


def test_exchange_rates_that_end_long_ago_are_a_warning() -> None:
    assert rates_check(newest() + timedelta(days=45)).verdict is Verdict.OK
    late = rates_check(newest() + timedelta(days=46))
    assert late.verdict is Verdict.WARN
    assert "46 days ago" in late.text
