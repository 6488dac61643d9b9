from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from pipeline.notices import night_notice
from tests.flows.told_servers import Asked, http_server
from tests.rolecall.render.test_night import READ, SUMMARY

CONFIG = """
[[notify]]
to = "webhook"
address_env = "HOOK"

[[notify]]
to = "apprise"
on = ["suspect"]
address_env = "ANYWHERE"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for run_id, summary in (("2026-01-05", SUMMARY), ("2026-01-06", replace(SUMMARY, sources=(READ,)))):
        path = tmp_path / "data" / "runs" / run_id
        path.mkdir(parents=True)
        path.joinpath("summary.json").write_bytes(orjson.dumps(replace(summary, run_id=run_id).to_json()))
    (tmp_path / "rolecall.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    with http_server() as asked:
        monkeypatch.setenv("HOOK", f"{asked.address}/s3cr3t")
        yield asked


def test_a_run_is_told_again(run: Any, folder: Path, hook: Asked) -> None:
    done = run("runs", "notify", "2026-01-05")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "told webhook of HOOK\n"
    assert hook.bodies == [json.loads(json.dumps(night_notice(SUMMARY).value))]


def test_a_calm_night_is_told_to_nobody_who_did_not_ask(run: Any, folder: Path, hook: Asked) -> None:
    done = run("runs", "notify")
    assert done.exit_code == 0
    assert done.stderr == "Rolecall 2026-01-05: all went well with 1 source; no [[notify]] block asks for such a night\n"
    assert hook.bodies == []


def test_a_dry_run_shows_all_and_tells_nobody(run: Any, folder: Path, hook: Asked) -> None:
    done = run("runs", "notify", "2026-01-05", "--dry-run")
    notice = night_notice(SUMMARY)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{notice.title}\n\n{notice.text}\n{{")
    assert done.stdout.endswith("}\nwould tell webhook of HOOK\n")
    shown = json.loads(run("runs", "notify", "2026-01-05", "--dry-run", "--json").stdout)
    assert shown["value"]["counts"]["failed"] == 1
    assert shown["asked"] == [{"target": "webhook of HOOK", "not_set": []}]
    assert "would tell nobody" in run("runs", "notify", "--dry-run").stdout
    assert hook.bodies == []


def test_a_test_goes_to_every_target(run: Any, folder: Path, hook: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run("runs", "notify", "--test", "--dry-run")
    assert "would tell apprise of ANYWHERE (ANYWHERE not set)" in shown.stdout
    done = run("runs", "notify", "--test")
    assert (done.exit_code, hook.bodies) == (2, [])
    assert "ANYWHERE is not set; export what the [[notify]] blocks name" in done.stderr
    monkeypatch.setenv("ANYWHERE", "nothing://s3cr3t")
    done = run("runs", "notify", "--test", "--json")
    assert done.exit_code == 1
    assert "apprise of ANYWHERE (line 6 of the configuration) was not told: " in done.stderr
    told = json.loads(done.stdout)
    assert told["asked"] == ["webhook of HOOK", "apprise of ANYWHERE"]
    assert len(told["not_told"]) == 1
    assert [body["kind"] for body in hook.bodies] == ["test"]
    assert "s3cr3t" not in shown.output + done.output


def test_without_a_block_it_says_where_one_is_shown(run: Any, folder: Path) -> None:
    (folder / "rolecall.toml").write_text("", encoding="utf-8")
    done = run("runs", "notify", "--test")
    assert done.exit_code == 2
    assert "the configuration has no [[notify]] block; docs/how-to/be-told.md shows one" in done.stderr


def test_a_test_is_of_no_run(run: Any, folder: Path) -> None:
    assert run("runs", "notify", "2026-01-05", "--test").exit_code == 2
    assert "run '2026-01-04' is unknown; did you mean" in run("runs", "notify", "2026-01-04").stderr
