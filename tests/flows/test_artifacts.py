"""The night's artifacts: what they say, and that a real Prefect server holds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from flows.artifacts import night_markdown, plain, source_rows
from pipeline.health import SourceHistory, histories
from pipeline.runs import RunSummary
from tests.rolecall.nights_of_sources import FAILED, NO_PLACE, PARTIAL, SAME, WHOLE, at, night, nights


def told(runs: Sequence[RunSummary]) -> tuple[RunSummary, tuple[SourceHistory, ...]]:
    return runs[-1], histories(runs)


def test_the_report_says_what_the_night_gave_and_who_is_in_trouble() -> None:
    text = night_markdown(*told(nights("lever:acme", [WHOLE, WHOLE, NO_PLACE, FAILED], ["lever:beta"])))
    assert "# Night of 2026-01-08" in text
    assert "1 of 2 sources read: 3 new postings, 1 changed, 2 closed. 63 jobs are open." in text
    assert "| open jobs | remote-first | remote-friendly | on-site | not stated | with pay |" in text
    assert "| 63 | 13 | 20 | 30 | 5 | 33 |" in text
    assert "| lever:acme | 2026-01-07 | 2 | failed (http status) | https://api.lever.co/v0/postings/acme answered 503" in text
    assert "| 20.0 | 12.0 | 0.0 | 41.0 |" in text
    assert "- data/rolecall.db" in text


def test_a_sound_night_says_so() -> None:
    text = night_markdown(*told(nights("lever:acme", [WHOLE])))
    assert "## Sources in trouble\n\nNone." in text


def test_an_interrupted_night_says_so() -> None:
    run, found = told(nights("lever:acme", [WHOLE]))
    assert "stopped before its end" in night_markdown(replace(run, interrupted=True), found)


def test_of_many_troubles_the_rest_is_counted() -> None:
    run = night(0, *(at(f"lever:b{number}", FAILED) for number in range(53)))
    assert "And 3 more." in night_markdown(run, histories([run]))


@pytest.mark.parametrize(
    "hostile", ["| a | b |", "[x](javascript:alert(1))", "<script>alert(1)</script>", "# x\n# y", "`a`", "&lt;"]
)
def test_what_others_wrote_is_no_markdown(hostile: str) -> None:
    run = night(0, at("lever:x", replace(PARTIAL, note=hostile)))
    text = night_markdown(run, histories([run]))
    assert f" {hostile} " not in text
    line = next(line for line in text.splitlines() if line.startswith("| lever:x"))
    assert len(line.replace("\\|", "").split("|")) == 7


def test_a_path_is_shown_as_it_is() -> None:
    assert plain("data/postings/run_date=2026-01-05") == "data/postings/run\\_date=2026-01-05"


def test_the_source_table_has_counts_and_shares() -> None:
    rows = source_rows(night(0, NO_PLACE, SAME))
    assert rows[0] | {"source": "lever:acme", "status": "complete", "fetched": 40, "text_pct": 100, "location_pct": 2} == rows[0]
    assert (rows[1]["status"], rows[1]["text_pct"]) == ("not modified", None)
    json.dumps(rows)


SCRIPT = """
import json, os, subprocess, sys, time
from pathlib import Path

class Known(subprocess.Popen):
    started = []
    def __init__(self, *words, **more):
        super().__init__(*words, **more)
        self.started.append(self)

subprocess.Popen = Known
from flows.engine import engine, prepare
data = Path(sys.argv[1])
prepare(data)
from prefect import flow
from prefect.artifacts import Artifact
from flows.artifacts import publish
from pipeline.health import histories
from tests.rolecall.nights_of_sources import FAILED, WHOLE, nights

runs = nights("lever:acme", [WHOLE, FAILED], ["lever:beta"])
told = {}

@flow(name="night")
def night():
    told["published"] = publish(runs[-1], histories(runs))
    for key in ("nightly-report", "sources"):
        held = Artifact.get(key)
        told[key] = [held.type, held.data, held.description]
    for server in Known.started:
        server.kill()
        server.wait()
    began = time.monotonic()
    told["gone"] = publish(runs[-1], histories(runs))
    told["seconds"] = time.monotonic() - began
    print(json.dumps(told), flush=True)
    os._exit(0)  # the flow itself would ask the server that is gone for minutes

with engine(data):
    night()
"""


@pytest.mark.slow
def test_a_real_server_holds_them_and_one_that_is_gone_costs_a_note(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-W", "error::FutureWarning", "-c", SCRIPT, str(tmp_path)]
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = {**own, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=280, check=False)
    assert done.stdout, done.stderr
    held = json.loads(done.stdout.splitlines()[-1])
    assert held["published"] is None
    assert held["gone"].endswith("`rolecall runs show 2026-01-06` has it")
    assert held["seconds"] < 20
    kind, text, description = held["nightly-report"]
    assert (kind, description) == ("markdown", "1 of 2 sources read: 3 new postings, 1 changed, 2 closed. 61 jobs are open.")
    assert "| lever:acme | 2026-01-06 | 1 | failed (http status) |" in text
    kind, table, _ = held["sources"]
    assert (kind, [row["source"] for row in json.loads(table)]) == ("table", ["lever:acme", "lever:beta"])
