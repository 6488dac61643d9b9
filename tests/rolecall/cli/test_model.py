"""``rolecall model eval`` and ``rolecall model train``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

POSTINGS: list[dict[str, Any]] = [
    {
        "description_text": "We are a remote-first company.",
        "location": "Remote",
        "remote_class": "remote-first",
        "arrangement": "remote",
    },
    {"description_text": "Hybrid: two days a week in our office.", "remote_class": "remote-friendly", "arrangement": "hybrid"},
    {"description_text": "Five days a week in our office.", "remote_class": "on-site", "arrangement": "onsite"},
    {"description_text": "You know SQL.", "location": "Leeds", "remote_class": "on-site", "arrangement": "unstated"},
]
OTHERS = {"office_days": None, "evidence": [], "pay_bands": [], "tech_stack": [], "level": "mid", "role_family": "data-analysis"}


@pytest.fixture
def gold(tmp_path: Path) -> str:
    lines = [
        {"id": number, "title": "Analyst", "company": f"Company {number}", **OTHERS, **posting}
        for number, posting in enumerate(POSTINGS)
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    return "gold.jsonl"


def test_eval_prints_every_figure_and_draws(run: Any, gold: str) -> None:
    done = run("model", "eval", "--gold", gold, "--pictures", "pictures")
    assert done.exit_code == 0, done.stderr
    for word in (
        "remote-first",
        "macro-F1",
        "arrangement accuracy",
        "expected calibration error",
        "95 % interval",
        "called on-site",
    ):
        assert word in done.stdout
    assert sorted(path.name for path in Path("pictures").iterdir()) == ["confusion.svg", "reliability.svg"]


def test_eval_for_machines(run: Any, gold: str) -> None:
    found = json.loads(run("model", "eval", "--gold", gold, "--json").stdout)
    assert found["remote"]["per_class"]["remote-first"]["f1"] == 1.0


def test_a_figure_under_the_bar_is_a_failed_check(run: Any, gold: str, tmp_path: Path) -> None:
    text = (tmp_path / gold).read_text(encoding="utf-8").replace('"remote-first"', '"on-site"')
    (tmp_path / "wrong.jsonl").write_text(text, encoding="utf-8")
    done = run("model", "eval", "--gold", "wrong.jsonl", "--least", "0.99")
    assert done.exit_code == 1
    assert "under 0.99" in done.stderr


def test_a_line_without_labels_is_named(run: Any, tmp_path: Path) -> None:
    (tmp_path / "bare.jsonl").write_text('{"title": "Analyst", "description_text": "x"}\n', encoding="utf-8")
    done = run("model", "eval", "--gold", "bare.jsonl")
    assert done.exit_code == 2
    assert "bare.jsonl line 1: no 'remote_class'" in done.stderr


def test_train_writes_what_eval_takes_and_judges_over_folds(run: Any, gold: str) -> None:
    done = run("model", "train", "--gold", gold, "--out", "mine")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["fitted_on"]["labelled_postings"] == 4
    checked = run("model", "eval", "--gold", gold, "--models", "mine", "--folds", "2")
    assert checked.exit_code == 0, checked.stderr
    assert "over 10 folds" not in checked.stderr
    seen = run("model", "eval", "--gold", gold, "--models", "mine")
    assert "folds by company" in seen.stderr


def test_a_folder_without_models_is_named(run: Any, gold: str) -> None:
    done = run("model", "eval", "--gold", gold, "--models", "nowhere")
    assert done.exit_code == 2
    assert "rolecall model train --out nowhere" in done.stderr
