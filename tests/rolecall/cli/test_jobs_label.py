from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.lock import run_lock
from tests.flows.test_reclassify import request_ as stored  # noqa: F401  a fixture
from tests.rolecall.store_of_jobs import fill


@pytest.fixture
def ask(run: Any, tmp_path: Path) -> Any:
    folder = tmp_path / "store"
    folder.mkdir()
    fill(folder)
    return lambda *words, **more: run("--data", str(folder), *words, **more)


def job(ask: Any, title: str, *words: str) -> dict[str, Any]:
    return next(row for row in json.loads(ask("jobs", "list", "--json", *words).stdout) if row["title"] == title)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_label_is_set_explained_listed_and_taken_back(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = job(ask, "Data Engineer")["job_id"]
    done = ask("jobs", "label", id_[:8], "Remote-First", "--quote", "three days", "--note", "one office week a year")
    assert (done.exit_code, done.stdout) == (0, "'Data Engineer' of Beta is remote-first, no longer remote-friendly\n")
    assert f"`rolecall jobs label {id_[:8]} --revoke` takes it back" in done.stderr
    assert job(ask, "Data Engineer")["remote_class"] == "remote-first"
    assert job(ask, "Data Engineer", "--as-of", "2026-01-05")["remote_class"] == "remote-friendly"
    for command in ("show", "explain"):
        text = flat(ask("jobs", command, id_).stdout)
        today = f"{datetime.now(UTC):%Y-%m-}"
        assert f"set by a person on {today}" in text
        assert ": one office week a year" in text
        word = json.loads(ask("jobs", command, id_, "--json").stdout)
        word = word.get("labels", word)["set_by_person"]
        assert (word["note"], word["instead_of"]["remote_class"]) == ("one office week a year", "remote-friendly")
    text = flat(ask("jobs", "explain", id_).stdout)
    assert '"Three days" (set_by_person, description_text 0-10)' in text
    assert "read as remote-friendly 0.90" in text
    (listed,) = json.loads(ask("jobs", "label", "--list", "--json").stdout)
    assert (listed["job_id"], listed["remote_class"], listed["classifiers_say"]) == (id_, "remote-first", "remote-friendly")
    monkeypatch.setenv("COLUMNS", "140")
    done = ask("jobs", "label", "--list")
    assert 'one office week a year; "Three days"' in done.stdout
    assert done.stderr == "1 label set by a person\n"
    done = ask("jobs", "label", id_, "--revoke")
    assert done.stdout == "'Data Engineer' of Beta is remote-friendly, no longer remote-first\n"
    assert job(ask, "Data Engineer")["remote_class"] == "remote-friendly"
    assert ask("jobs", "label", "--list").stdout == ""


def test_without_words_of_the_posting_a_person_said_so(ask: Any) -> None:
    id_ = job(ask, "Data Analyst")["job_id"]
    change = json.loads(ask("jobs", "label", id_, "remote-friendly", "--arrangement", "hybrid", "--json").stdout)
    assert (change["before"]["arrangement"], change["after"]["arrangement"]) == ("unstated", "hybrid")
    assert change["evidence"] == {
        "field": "person",
        "start": None,
        "end": None,
        "quote": "remote_class=remote-friendly",
        "signal": "set_by_person",
    }
    text = flat(ask("jobs", "explain", id_).stdout)
    assert "remote-friendly; arrangement hybrid; set by a person on" in text
    assert "read as on-site (not stated) 0.90" in text


def test_a_confirmed_class_is_as_before(ask: Any) -> None:
    id_ = job(ask, "Platform Engineer")["job_id"]
    done = ask("jobs", "label", id_, "remote-first", "-q")
    assert (done.stdout, done.stderr) == ("'Platform Engineer' of Remoteok is remote-first, as before\n", "")
    assert "set_by_person: None -> remote-first" in flat(ask("jobs", "show", id_).stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ID", "remote-frist"], "'remote-frist' is unknown; did you mean 'remote-first'?"),
        (["ID"], "say what 'ID' is: remote-first, remote-friendly, on-site; or --revoke to take a label back"),
        ([], "name a job: `rolecall jobs label ID CLASS`"),
        (["ID", "on-site", "--revoke"], "--revoke takes the label back; leave CLASS out"),
        (["ID", "--revoke", "--note", "x"], "--revoke takes the label back; leave --note out"),
        (["ID", "--list"], "--list shows all labels that are set; give it alone"),
        (["ID", "on-site", "--quote", " "], "--quote is empty; give words, or leave it out"),
        (["ID", "on-site", "--quote", "never said"], "--quote: 'never said' stands neither in title, location nor description"),
        (["ID", "on-site", "--arrangement", "hybrid"], "'hybrid' contradicts on-site, which goes with onsite or unstated"),
        (["ID", "on-site", "--arrangement", "hybird"], "--arrangement: 'hybird' is unknown; did you mean 'hybrid'?"),
        (["ID", "--revoke"], "nobody has set a label of 'Data Engineer'"),
        (["ffffffff", "on-site"], "no job or posting has an id that begins with 'ffffffff'"),
    ],
)
def test_what_is_wrong_is_one_sentence(ask: Any, words: list[str], said: str) -> None:
    id_ = job(ask, "Data Engineer")["job_id"]
    done = ask("jobs", "label", *(id_ if word == "ID" else word for word in words))
    assert (done.exit_code, done.stdout) == (2, "")
    assert said.replace("ID", id_) in done.stderr or said in done.stderr
    assert done.stderr.count("\n") == 1
    assert job(ask, "Data Engineer")["remote_class"] == "remote-friendly"


def test_another_run_at_work_is_waited_for(ask: Any, tmp_path: Path) -> None:
    id_ = job(ask, "Data Engineer")["job_id"]
    with run_lock(tmp_path / "store", datetime.now(UTC)):
        done = ask("jobs", "label", id_, "on-site")
    assert done.exit_code == 5
    assert "another run works on" in done.stderr


def test_no_database_is_made(run: Any, tmp_path: Path) -> None:
    for words in (["ab", "on-site"], ["--list"]):
        assert run("jobs", "label", *words).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_replay_of_the_stored_payloads_keeps_it(run: Any, stored: Any) -> None:  # noqa: F811
    def ask(*words: str) -> Any:
        return run("--data", str(stored.data_dir), *words)

    wrong = json.loads(ask("jobs", "list", "--remote", "on-site", "--json").stdout)
    assert ask("jobs", "label", wrong[0]["job_id"], "remote-friendly").exit_code == 0
    assert ask("reclassify").exit_code == 0
    classes = {row["job_id"]: row["remote_class"] for row in json.loads(ask("jobs", "list", "--json").stdout)}
    assert (classes.pop(wrong[0]["job_id"]), set(classes.values())) == ("remote-friendly", {"remote-first"})
    ask("jobs", "label", wrong[0]["job_id"], "--revoke")
    assert json.loads(ask("jobs", "explain", wrong[0]["job_id"], "--json").stdout)["remote_class"] == "remote-first"
    assert "0 would be relabelled" in ask("reclassify", "--dry-run").stderr
