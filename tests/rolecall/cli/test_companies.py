from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def test_companies_are_listed_with_shares_and_pay(ask: Any) -> None:
    done = ask("companies", "list")
    lines = done.stdout.splitlines()
    assert lines[0].split()[:5] == ["company", "jobs", "first", "friendly", "on-site"]
    assert lines[1].split()[:2] == ["Acme", "3"]
    assert "1 (33 %)" in lines[1]
    assert "USD 150k-180k" in lines[1]
    assert done.stderr == "3 companies\n"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--remote", "remote-first"], {"Acme": 1, "Remoteok": 1}),
        (["--stack", "python"], {"Acme": 1, "Beta": 1}),
        (["--country", "DE"], {"Beta": 1}),
        (["--visa"], {"Beta": 1}),
        (["--pay-min", "90k", "--currency", "EUR"], {"Acme": 1, "Beta": 1}),
        (["--industry", "finance", "--state", "all"], {"Acme": 3}),
        (["--text", "feature store"], {"Acme": 1}),
        (["--platform", "lever"], {"Beta": 1}),
        (["--as-of", "2026-01-05", "--company", "acm"], {"Acme": 3}),
        (["--limit", "1"], {"Acme": 3}),
        (["--limit", "1", "--sort", "name", "--signal", "async"], {"Acme": 1}),
        (["--state", "closed"], {}),
    ],
)
def test_every_filter_narrows(ask: Any, words: list[str], names: dict[str, int]) -> None:
    done = ask("companies", "list", "--json", *words)
    assert done.exit_code == 0
    assert {row["company"]: row["jobs"] for row in json.loads(done.stdout)} == names


def test_an_empty_list_names_the_filter_that_empties_it(ask: Any) -> None:
    done = ask("companies", "list", "--stack", "python", "--pay-min", "900000")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "0 of 5 open jobs match; dropping --pay-min gives most (2 jobs), --pay-min 180000 gives 1\n" in done.stderr


def test_orders(ask: Any) -> None:
    for order, first in (("pay", "Acme"), ("name", "Acme"), ("remote", "Acme"), ("newest", "Acme")):
        assert json.loads(ask("companies", "list", "--sort", order, "--json").stdout)[0]["company"] == first
    done = ask("companies", "list", "--sort", "payy")
    assert (done.exit_code, "'payy' is unknown; did you mean 'pay'?" in done.stderr) == (2, True)


def test_one_company_is_shown(ask: Any) -> None:
    text = ask("companies", "show", "acm").stdout
    flat = " ".join(text.split())
    assert flat.startswith("Acme industry finance (configuration, 3 jobs) open jobs 3: remote-first 1 (33 %)")
    for part in ("2 of them not stated", "PyTorch 1", "greenhouse:acme, 3 open postings, last read in full 2026-01-05"):
        assert part in flat
    assert "Senior ML Engineer" in flat
    assert "2026-01-05 1 0 2" in flat
    value = json.loads(ask("companies", "show", "Acme", "--json", "--as-of", "2026-01-05").stdout)
    assert value["by_class"] == {"remote-first": 1, "remote-friendly": 0, "on-site": 2}
    assert value["stack"][0] == {"name": "PyTorch", "jobs": 1}
    assert [job["title"] for job in value["closed_jobs"]] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "acmee"], "NAME: no company 'acmee' is stored; did you mean 'Acme'?"),
        (["show", "e"], "'e' is part of the names of 3 companies"),
        (["list", "--company", "btea"], "--company: no company 'btea' is stored; did you mean 'Beta'?"),
        (["show", "acme", "--as-of", "2025-01-01"], "nothing was stored by then"),
    ],
)
def test_a_wrong_word_is_refused_with_the_right_one(ask: Any, words: list[str], said: str) -> None:
    done = ask("companies", *words)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_no_database_is_made(run: Any, tmp_path: Path) -> None:
    for words in (["list"], ["show", "acme"]):
        done = run("companies", *words)
        assert (done.exit_code, "there is no database" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []
