from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from rolecall.cli.columns import columns_from, company_columns, job_columns
from tests.rolecall.store_of_jobs import JOBS, Job, fill

WIDE = (
    *JOBS,
    Job(
        "lever",
        "beta",
        "データエンジニア（機械学習）東京オフィス勤務またはフルリモート",
        "friendly",
        ("Python", "Spark", "Kubernetes"),
    ),
    Job(
        "lever",
        "beta",
        "👩🏽‍💻 Développeur·se 🇫🇷 ❤️ de l’infra e\u0301te\u0301",
        "silent",
        (),
        (1_234_567, 9_876_543, "JPY"),
    ),
    Job("ashby", "株式会社未来創造研究所東京本社", "한국어 채용 담당자", "first"),
)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wide")
    fill(folder, WIDE)
    return folder


@pytest.mark.parametrize("width", [60, 80, 100, 200])
@pytest.mark.parametrize(
    "words",
    [
        "jobs list", "jobs list --postings", "jobs search python",
        "jobs list --columns title,company,url,pay_max,stack,level,role_family",
        "jobs list --columns " + ",".join(job_columns()), "jobs list --columns help",
        "companies list", "companies list --columns " + ",".join(company_columns()), "companies show beta", "companies show acme",
    ],
)  # fmt: skip
def test_every_table_fits_the_terminal(run: Any, wide: Path, monkeypatch: pytest.MonkeyPatch, words: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    done = run("--data", str(wide), *words.split())
    assert done.exit_code == 0
    assert done.stdout.count("\n") > 2
    assert [line for line in done.stdout.splitlines() if cell_len(line) > width] == []


def test_columns_stand_in_the_order_given(ask: Any) -> None:
    words = ["--columns", "company, Title,pay-max,title"]
    lines = ask("jobs", "list", "--sort", "pay", *words).stdout.splitlines()
    assert lines[0].split() == ["company", "title", "pay_max"]
    assert lines[1].split() == ["Acme", "Senior", "ML", "Engineer", "180,000"]
    first = json.loads(ask("jobs", "list", "--sort", "pay", "--json", *words).stdout)[0]
    assert list(first.items()) == [("company", "Acme"), ("title", "Senior ML Engineer"), ("pay_max", 180000.0)]
    found = json.loads(ask("jobs", "search", "spark", "--columns", "stack", "--json").stdout)
    assert found == [{"stack": ["Python", "Spark"]}]
    rows = json.loads(ask("companies", "list", "--columns", "company,jobs", "--sort", "name", "--json").stdout)
    assert rows == [{"company": "Acme", "jobs": 3}, {"company": "Beta", "jobs": 1}, {"company": "Remoteok", "jobs": 1}]


def test_what_there_is_no_room_for_is_said(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    done = ask("jobs", "list", "--columns", ",".join(job_columns()))
    assert "no room for " in done.stderr
    assert " in 60 cells; --json has them\n" in done.stderr
    assert len(json.loads(ask("jobs", "list", "--columns", ",".join(job_columns()), "--json").stdout)[0]) == len(job_columns())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["jobs", "list", "--columns", "titel"], "--columns: there is no column 'titel'; did you mean 'title'?"),
        (["jobs", "search", "x", "--columns", "title,zzz"], "there is no column 'zzz'; --columns help lists them"),
        (["jobs", "list", "--columns", " , "], "--columns names none; --columns help lists them"),
        (["companies", "list", "--columns", "job"], "there is no column 'job'; did you mean 'jobs'?"),
    ],
)
def test_a_wrong_column_is_refused_with_the_right_one(ask: Any, words: list[str], said: str) -> None:
    done = ask(*words)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_the_columns_are_listed_without_a_database(run: Any, tmp_path: Path) -> None:
    for words, known in ((["jobs", "list"], job_columns()), (["companies", "list"], company_columns())):
        done = run(*words, "--columns", "help")
        assert done.exit_code == 0
        assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == list(known)
    assert list(tmp_path.iterdir()) == []


def test_none_is_all() -> None:
    assert columns_from(None) is None
    assert columns_from("job-id,TITLE") == ("job_id", "title")
