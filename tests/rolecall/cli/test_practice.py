from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from pipeline.config import parse


def test_it_serves_until_told_to_stop_and_prints_its_configuration(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "rolecall", "practice", "serve"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stderr.readline()
        address = said.split(" at ")[1].split(";")[0]
        with urllib.request.urlopen(f"{address}/robots.txt", timeout=10) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        text = process.stdout.read()
        assert process.wait(20) == 0
    sources = parse(text).sources
    assert len(sources) == 40
    assert all(source.base_url and source.base_url.startswith(address) for source in sources)


def test_the_truth_is_one_line_a_posting(run: Any) -> None:
    done = run("practice", "serve", "--truth", "truth.jsonl")
    assert done.exit_code == 0
    lines = [json.loads(line) for line in Path("truth.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 1000
    assert lines[0].keys() >= {"platform", "board", "external_id", "remote_class"}


def test_options_that_belong_elsewhere_are_refused(run: Any, tmp_path: Path) -> None:
    (tmp_path / "recorded").mkdir()
    assert "add --payloads DIR" in run("practice", "serve", "--map", __file__).stderr
    done = run("practice", "serve", "--payloads", "recorded", "--truth", "x")
    assert done.exit_code == 2
    assert "--truth and --faults belong to the invented postings" in done.stderr
