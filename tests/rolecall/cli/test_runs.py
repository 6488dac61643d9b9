from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from pipeline.runs import summary_from_json
from tests.rolecall.nights_of_sources import FAILED as BROKEN
from tests.rolecall.nights_of_sources import WHOLE, nights, save
from tests.rolecall.render.test_night import FAILED, READ, SUMMARY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for run_id in ("2026-01-05", "2026-01-05-2", "2026-01-05-10"):
        path = tmp_path / "data" / "runs" / run_id
        path.mkdir(parents=True)
        (path / "summary.json").write_bytes(orjson.dumps(replace(SUMMARY, run_id=run_id).to_json()))
    return tmp_path


def test_a_saved_summary_is_the_same_value_again() -> None:
    assert summary_from_json(orjson.loads(orjson.dumps(SUMMARY.to_json()))) == SUMMARY


def test_a_summary_of_an_earlier_version_is_read_too() -> None:
    older = orjson.loads(orjson.dumps(SUMMARY.to_json()))
    for source in older["sources"]:
        del source["suspect"]
    assert summary_from_json(older) == SUMMARY


def test_the_newest_run_comes_first(run: Any, folder: Path) -> None:
    assert [row["run_id"] for row in json.loads(run("runs", "list", "--json").stdout)] == [
        "2026-01-05-10", "2026-01-05-2", "2026-01-05",
    ]  # fmt: skip
    assert run("runs", "list").stdout.splitlines()[1].split()[:3] == ["2026-01-05-10", "3", "1"]


def test_show_repeats_what_the_night_said(run: Any, folder: Path) -> None:
    done = run("runs", "show", "2026-01-05")
    assert READ.source_id in done.stdout
    assert FAILED.note in " ".join(done.stdout.split())
    assert "1 of 3 sources failed" in done.stderr
    assert json.loads(run("runs", "show", "--json").stdout)["run_id"] == "2026-01-05-10"


def test_an_unknown_run_is_a_sentence(run: Any, folder: Path) -> None:
    done = run("runs", "show", "2026-01-04")
    assert done.exit_code == 2
    assert "run '2026-01-04' is unknown; did you mean '2026-01-05'?" in done.stderr


def test_without_runs_it_says_how_to_make_one(run: Any) -> None:
    assert run("runs", "list", "--json").stdout == "[]\n"
    assert run("runs", "show").exit_code == 2


@pytest.fixture
def troubled(tmp_path: Path) -> Path:
    """Twenty nights; one source fails on the last three."""
    return save(tmp_path / "data", nights("lever:acme", [*[WHOLE] * 17, *[BROKEN] * 3], ["lever:beta"]))


def test_list_marks_the_first_bad_night(run: Any, troubled: Path) -> None:
    assert "2026-01-22 *" in run("runs", "list").stdout
    assert "* 2026-01-22 is the first bad night of lever:acme" in run("runs", "list").stdout
    rows = {row["run_id"]: row["first_bad_of"] for row in json.loads(run("runs", "list", "--json").stdout)}
    assert {run_id for run_id, begun in rows.items() if begun} == {"2026-01-22"}
    assert "is the first bad night" not in run("runs", "list", "--as-of", "2026-01-20").stdout


def test_show_looks_back_over_the_last_nights(run: Any, troubled: Path) -> None:
    assert "2026-01-22: failed (http status)" in " ".join(run("runs", "show").stdout.split())
    shown = json.loads(run("runs", "show", "--json", "--nights", "5").stdout)
    acme, beta = shown["over_nights"]
    assert (acme["source_id"], acme["first_bad_night"], acme["trouble"]) == ("lever:acme", "2026-01-22", "failed (http status)")
    assert [night["standing"] for night in acme["nights"]] == ["good", "good", "bad", "bad", "bad"]
    assert acme["nights"][0]["fill"]["location"] == 40
    assert (beta["first_bad_night"], beta["first_bad_run"]) == (None, None)
    assert "0 in trouble" in run("runs", "show", "2026-01-21").stdout


def test_trouble_that_is_older_than_what_is_shown_keeps_its_first_night(run: Any, troubled: Path) -> None:
    shown = json.loads(run("runs", "show", "--json", "--nights", "1").stdout)["over_nights"][0]
    assert (len(shown["nights"]), shown["first_bad_night"]) == (1, "2026-01-22")


def test_one_source_night_by_night(run: Any, troubled: Path) -> None:
    assert run("runs", "show", "--source", "lever:acme", "--nights", "4").stdout.count("2026-01-2") >= 4
    shown = json.loads(run("runs", "show", "--source", "lever:acme", "--json").stdout)
    assert (shown["source_id"], len(shown["nights"])) == ("lever:acme", 14)
    wrong = run("runs", "show", "--source", "lever:acmee")
    assert (wrong.exit_code, wrong.stderr) == (
        2,
        "Error: source 'lever:acmee' is not part of that run; did you mean 'lever:acme'?\n",
    )


def test_html_goes_to_a_file_or_to_standard_output(run: Any, troubled: Path) -> None:
    done = run("runs", "show", "2026-01-24", "--html", "report.html")
    assert (done.exit_code, done.stdout) == (0, "")
    page = Path("report.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert run("runs", "show", "2026-01-24", "--html", "-").stdout == page
    assert run("runs", "show", "--html", "none/report.html").exit_code == 2


@pytest.mark.parametrize(("other", "named"), [(["--json"], "--json"), (["--source", "lever:acme"], "--source")])
def test_html_is_a_page_of_the_whole_run(run: Any, troubled: Path, other: list[str], named: str) -> None:
    done = run("runs", "show", "--html", "-", *other)
    assert (done.exit_code, done.stderr) == (2, f"Error: --html writes a page of the whole run; leave out {named}\n")


@pytest.mark.parametrize("words", [["show"], ["show", "--html", "-"], ["list"]])
def test_reading_loads_nothing_heavy(troubled: Path, words: list[str]) -> None:
    script = (
        "import sys\nfrom rolecall.cli.root import root\n"
        f"root.main(['--data', {str(troubled.parent)!r}, 'runs', *{words!r}], standalone_mode=False)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert set(done.stderr.split()) & {"scrapy", "prefect", "sklearn", "sqlalchemy", "pyarrow", "numpy"} == set()
