"""Opening postings, by a program that stands where a desktop's browser would."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from rolecall.cli.opening_pages import open_pages, require_few
from rolecall.settings import Settings
from tests.rolecall.store_of_jobs import JOBS, Job, fill

_NO_BROWSER = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs with a browser in it, which writes down what it is to open."""
    programs, opened = tmp_path / "programs", tmp_path / "opened"
    programs.mkdir()
    opener = programs / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> {opened}\n', encoding="utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    return opened


@pytest.fixture
def nothing_to_open_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _NO_BROWSER:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


def call(process: Any, folder: Path, *words: str) -> Any:
    """As a process of its own: a browser is looked for once a process."""
    return process("--data", str(folder), *words, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])})


def lines(path: Path, number: int) -> list[str]:
    """What was opened; the browser is not waited for by the command."""
    import time

    for _ in range(100):
        found = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        if len(found) >= number:
            return found
        time.sleep(0.05)
    return []


def test_a_job_and_a_short_list_are_opened_and_said(process: Any, filled_once: Path, desktop: Path) -> None:
    listed = json.loads(call(process, filled_once, "jobs", "list", "--company", "beta", "--json").stdout)
    done = call(process, filled_once, "jobs", "show", listed[0]["job_id"], "--open")
    assert (done.returncode, done.stderr) == (0, f"opening {listed[0]['url']}\n")
    assert "Data Engineer, Beta" in done.stdout
    done = call(process, filled_once, "jobs", "list", "--limit", "2", "--open", "--json")
    addresses = [row["url"] for row in json.loads(done.stdout)]
    assert done.stderr.splitlines() == [f"opening {address}" for address in addresses]
    assert sorted(lines(desktop, 3)) == sorted([listed[0]["url"], *addresses])


def test_without_a_browser_the_address_is_said(process: Any, filled_once: Path, nothing_to_open_with: None) -> None:
    done = call(process, filled_once, "jobs", "list", "--company", "beta", "--open", "--json")
    (row,) = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, f"no browser was found here; the address is {row['url']}\n")


def test_more_than_ten_are_refused(run: Any, tmp_path: Path) -> None:
    jobs = tuple(Job("greenhouse", "acme", f"Job {number}", "first", text=f"Text {number}. " * 9) for number in range(6)) + JOBS
    folder = tmp_path / "eleven"
    folder.mkdir()
    fill(folder, jobs)
    done = run("--data", str(folder), "jobs", "list", "--open")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: --open opens at most 10 pages, and 11 match; give --limit 10 or narrow the list\n"
    require_few(10)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:alert(1)", "-x", "ftp://a.example/", ""])
def test_only_pages_are_opened(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    open_pages(Settings(), [address])
    assert capsys.readouterr().err == f"not opened, since it is no address of a page: {address}\n"
