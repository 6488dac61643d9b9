from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

NAMED = set("job_id posting_id platform board external_id title company url remote_class arrangement state".split())
ALL = {"Senior ML Engineer", "Data Engineer", "Data Analyst", "Platform Engineer", '=HYPERLINK("x")'}


def titles(done: Any) -> set[str]:
    assert done.exit_code == 0, done.stderr
    return {row["title"] for row in json.loads(done.stdout)}


def test_a_table_stands_on_standard_output_and_the_count_beside_it(ask: Any) -> None:
    done = ask("jobs", "list")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].split() == ["id", "title", "company", "remote", "class", "pay", "stack"]
    assert "on-site (not stated)" in done.stdout
    assert "USD 150k-180k" in done.stdout
    assert done.stderr == "5 jobs\n"


@pytest.mark.parametrize("columns", ["80", "100", "120"])
def test_tables_fit_the_width(ask: Any, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert max(map(len, ask("jobs", "list").stdout.splitlines())) <= int(columns)


def test_json_is_an_array_whose_rows_have_the_promised_keys(ask: Any) -> None:
    rows = json.loads(ask("jobs", "list", "--json").stdout)
    assert len(rows) == 5
    assert all(row.keys() >= NAMED for row in rows)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--remote", "remote-first"], {"Senior ML Engineer", "Platform Engineer"}),
        (["--remote", "Remote-First", "--remote", "remote-friendly"], {"Senior ML Engineer", "Platform Engineer", "Data Engineer"}),
        (["--arrangement", "hybrid"], {"Data Engineer"}),
        (["--stack", "python"], {"Senior ML Engineer", "Data Engineer"}),
        (["--stack", "python", "--stack", "spark"], {"Data Engineer"}),
        (["--any-stack", "sql", "--any-stack", "kubernetes"], {"Data Analyst", "Platform Engineer"}),
        (["--role", "ml-engineering"], {"Senior ML Engineer"}),
        (["--level", "senior", "--level", "staff"], {"Senior ML Engineer", "Data Engineer", "Platform Engineer"}),
        (["--country", "de"], {"Data Engineer"}),
        (["--country", "Canada"], {"Senior ML Engineer", "Platform Engineer"}),
        (["--utc", "-6"], {"Senior ML Engineer", "Platform Engineer"}),
        (["--visa"], {"Data Engineer"}),
        (["--pay-min", "100,000"], {"Senior ML Engineer"}),
        (["--pay-min", "90k", "--currency", "EUR"], {"Senior ML Engineer", "Data Engineer"}),
        (["--currency", "EUR", "--limit", "99999999"], ALL),
        (["--company", "acm", "--stack", "sql"], {"Data Analyst"}),
        (["--industry", "finance", "--text", "feature store"], {"Senior ML Engineer"}),
        (["--signal", "async"], {"Senior ML Engineer", "Platform Engineer"}),
        (["--platform", "lever"], {"Data Engineer"}),
        (["--since", "7d", "--platform", "remoteok"], {"Platform Engineer"}),
        (["--state", "closed"], set()),
    ],
)  # fmt: skip
def test_every_filter_narrows(ask: Any, words: list[str], expected: set[str]) -> None:
    assert titles(ask("jobs", "list", "--json", *words)) == expected


def test_sort_and_limit(ask: Any) -> None:
    rows = json.loads(ask("jobs", "list", "--sort", "pay", "--limit", "2", "--json").stdout)
    assert [row["title"] for row in rows] == ["Senior ML Engineer", "Data Engineer"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--remote", "remote-frist"], "--remote: 'remote-frist' is unknown; did you mean 'remote-first'?"),
        (["--stack", "pythn"], "--stack: no posting names 'pythn'; did you mean 'Python'?"),
        (["--sort", "payy"], "--sort: 'payy' is unknown; did you mean 'pay'?"),
        (["--limit", "few"], "--limit: 'few' must be a number"),
        (["--since", "yesterday"], "--since: 'yesterday' must be a number of days or a date"),
        (["--currency", "dollars"], "--currency: 'dollars' must be a code of three letters"),
        (["--platfrm", "lever"], "no such option --platfrm; did you mean '--platform'?"),
    ],
)
def test_a_wrong_word_is_refused_with_the_right_one(ask: Any, words: list[str], said: str) -> None:
    done = ask("jobs", "list", *words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_technologies_that_were_asked_for_stand_first_in_a_table(ask: Any) -> None:
    for words in (["--stack", "spark"], ["--any-stack", "SPARK", "--any-stack", "sql", "--company", "beta"]):
        assert "Spark, Python" in ask("jobs", "list", *words).stdout
        assert "Spark, Python" in ask("jobs", "list", *words, "--columns", "title,stack").stdout
        assert json.loads(ask("jobs", "list", *words, "--json").stdout)[0]["stack"] == ["Python", "Spark"]
    assert "Python, Spark" in ask("jobs", "list", "--company", "beta").stdout


def test_a_night_before_the_first_is_refused(ask: Any) -> None:
    done = ask("jobs", "list", "--as-of", "2025-12-31")
    assert done.exit_code == 2
    assert done.stderr == "Error: --as-of 2025-12-31: nothing was stored by then; the first night is 2026-01-05\n"


def test_jobs_that_do_not_say_where_one_may_live_are_left_out_and_counted(ask: Any) -> None:
    done = ask("jobs", "list", "--country", "Germany")
    assert "Data Engineer" in done.stdout
    assert "2 jobs left out because nothing says where one may live (--country)" in done.stderr
    done = ask("jobs", "list", "--utc", "+1")
    assert "3 jobs left out because no time zone is stated (--utc)" in done.stderr


def test_an_empty_list_names_the_filter_that_empties_it(ask: Any) -> None:
    done = ask("jobs", "list", "--stack", "python", "--pay-min", "900000")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "0 of 5 open jobs match; dropping --pay-min gives most (2 jobs)" in done.stderr
    assert ask("jobs", "list", "--stack", "python", "--pay-min", "900000", "--json").stdout == "[]\n"


def test_jobs_without_pay_are_counted(ask: Any) -> None:
    assert "1 job left out because no pay is stated (--pay-min)" in ask("jobs", "list", "--pay-min", "1", "--stack", "sql").stderr


def test_quiet_says_nothing_but_results(ask: Any) -> None:
    assert ask("jobs", "list", "--pay-min", "900000", "-q").stderr == ""


def test_search_takes_words_and_phrases_and_filters(ask: Any) -> None:
    assert titles(ask("jobs", "search", "python", "--json")) == {"Senior ML Engineer", "Data Engineer"}
    assert titles(ask("jobs", "search", "feature store", "--json")) == {"Senior ML Engineer"}
    assert titles(ask("jobs", "search", "store feature", "--json")) == set()
    assert titles(ask("jobs", "search", "python", "--level", "senior", "--platform", "lever", "--json")) == {"Data Engineer"}
    assert ask("jobs", "search", "!!!").exit_code == 2


def id_of(ask: Any, title: str) -> str:
    return next(str(row["job_id"]) for row in json.loads(ask("jobs", "list", "--json").stdout) if row["title"] == title)


def test_explain_shows_the_words_that_decide(ask: Any) -> None:
    done = ask("jobs", "explain", id_of(ask, "Senior ML Engineer")[:9])
    text = " ".join(done.stdout.split())
    assert "remote-first 0.90" in text
    assert '"We are a remote-first company" (says_so, description_text 0-29)' in text
    assert 'not "remote=false" (field_says_no, structured_remote)' in text
    assert "USD 150,000-180,000 a year, base" in text
    assert "required: Python, PyTorch" in text
    assert "US, CA" in text
    assert "https://acme.example/" in text


def test_explain_says_what_a_foreign_currency_is_worth(ask: Any) -> None:
    text = " ".join(ask("jobs", "explain", id_of(ask, "Data Engineer")).stdout.split())
    assert "comparable: USD 77,000-99,000 a year at 1.1, 2026-01-02" in text
    assert "3 office days a week" in text


def test_explain_as_json_has_facts_and_verdicts(ask: Any) -> None:
    value = json.loads(ask("jobs", "explain", id_of(ask, "Data Engineer"), "--json").stdout)
    assert value["title"] == "Data Engineer"
    assert value["remote_probability"]["remote-friendly"] == 0.9
    assert value["evidence"][0]["quote"] == "Three days a week in our office"


def test_show_says_which_words_decide_as_explain_does(ask: Any) -> None:
    told = '"Three days a week in our office" (says_so, description_text 0-31)'
    for command in ("show", "explain"):
        assert told in " ".join(ask("jobs", command, id_of(ask, "Data Engineer")).stdout.split())


def test_show_has_the_description_and_the_history(ask: Any) -> None:
    text = ask("jobs", "show", id_of(ask, "Data Analyst")).stdout
    assert "You know SQL." in text
    assert "2026-01-05 opened" in text
    value = json.loads(ask("jobs", "show", id_of(ask, "Data Analyst"), "--json").stdout)
    assert value["events"][0]["kind"] == "opened"


@pytest.mark.parametrize("command", ["show", "explain"])
def test_an_unknown_id_is_a_sentence(ask: Any, command: str) -> None:
    done = ask("jobs", command, "ffffffffffffffff")
    assert done.exit_code == 2
    assert "no job or posting has an id that begins with 'ffffffffffffffff'" in done.stderr
    assert ask("jobs", command, "hello").exit_code == 2


@pytest.mark.parametrize(
    "words",
    ["jobs list", "jobs search x", "jobs show ab", "export csv", "export parquet -o x", "sql from\\ jobs"],
)
def test_a_reading_command_never_makes_a_database(run: Any, tmp_path: Path, words: str) -> None:
    done = run(*shlex.split(words))
    assert done.exit_code == 2
    assert "there is no database at data/rolecall.db yet; run `rolecall nightly --practice` first" in done.stderr
    assert list(tmp_path.iterdir()) == []
