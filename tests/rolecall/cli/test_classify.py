from __future__ import annotations

import json
from pathlib import Path
from typing import Any

REMOTE = "We are a remote-first company. You know Python and SQL. $120,000 - $150,000."
OFFICE = "Five days a week in our office in Berlin."
POSTINGS = [
    {"id": "a", "title": "Data Engineer", "description_text": REMOTE},
    {"id": "b", "title": "Analyst", "description_html": f"<p>{OFFICE}</p>"},
]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_pipe_in_and_a_pipe_out(run: Any) -> None:
    done = run("classify", input="".join(json.dumps(posting) + "\n" for posting in POSTINGS))
    assert done.exit_code == 0, done.stderr
    first, second = lines(done.stdout)
    assert (first["id"], second["id"]) == ("a", "b")
    assert abs(sum(first["remote_probability"].values()) - 1) < 0.01
    assert "description_text" not in first
    assert second["description_text"] == OFFICE
    assert {item["name"] for item in first["tech_stack"]} >= {"Python", "SQL"}
    for item in first["evidence"]:
        assert item["quote"] == POSTINGS[0][item["field"]][item["start"] : item["end"]]
    assert "2 postings labelled" in done.stderr


def test_a_line_that_is_no_posting_keeps_its_place(run: Any, tmp_path: Path) -> None:
    given = [json.dumps(POSTINGS[0]), "nonsense", '{"id": "c"}', json.dumps(POSTINGS[1])]
    (tmp_path / "in.jsonl").write_text("\n".join(given) + "\n", encoding="utf-8")
    done = run("classify", "in.jsonl", "-o", "out.jsonl")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert "2 of 4 lines could not be labelled (line 2: no JSON" in done.stderr
    found = lines(Path("out.jsonl").read_text(encoding="utf-8"))
    assert [line.get("id") for line in found] == ["a", None, "c", "b"]
    assert found[2] == {"id": "c", "error": "'title' is missing"}


def test_technologies_of_the_configuration_are_found(run: Any) -> None:
    posting = json.dumps({"id": "a", "title": "Worker", "description_text": "Requirements: Python, AnvilDB"}) + "\n"
    assert {item["name"] for item in lines(run("classify", input=posting).stdout)[0]["tech_stack"]} == {"Python"}
    Path("rolecall.toml").write_text('[[technology]]\nname = "AnvilDB"\ncategory = "database"\n', encoding="utf-8")
    found = lines(run("classify", input=posting).stdout)[0]["tech_stack"]
    assert [(item["name"], item["category"]) for item in found] == [("Python", "language"), ("AnvilDB", "database")]


def test_the_output_may_be_the_input(run: Any, tmp_path: Path) -> None:
    Path("x.jsonl").write_text(json.dumps(POSTINGS[0]) + "\n", encoding="utf-8")
    assert run("classify", "x.jsonl", "-o", "x.jsonl").exit_code == 0
    assert "remote_class" in lines(Path("x.jsonl").read_text(encoding="utf-8"))[0]
    assert [path.name for path in tmp_path.iterdir()] == ["x.jsonl"]


def test_no_input_is_no_output(run: Any) -> None:
    done = run("classify", "-", input="")
    assert (done.exit_code, done.stdout) == (0, "")


def test_a_missing_file_is_named(run: Any) -> None:
    done = run("classify", "gone.jsonl")
    assert done.exit_code == 2
    assert "'gone.jsonl' does not exist" in done.stderr
