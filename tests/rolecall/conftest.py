"""How these tests call the program: inside this process for speed, as a process of its own where that is the point."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rolecall.cli.root import root
from tests.rolecall.store_of_jobs import fill

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in an empty folder; ``run("jobs", "list", input=...)``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def call(*words: str, **more: object) -> Result:
        return CliRunner().invoke(root, list(words), **more)  # type: ignore[arg-type]

    return call


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Call ``python -m rolecall`` in an empty folder."""

    def call(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "rolecall", *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False, **more)  # type: ignore[call-overload, no-any-return]

    return call


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    fill(folder)
    return folder


@pytest.fixture
def ask(run: Run, filled_once: Path) -> Run:
    """Like ``run``, over a store that holds the jobs of ``tests.rolecall.store_of_jobs``."""
    return lambda *words, **more: run("--data", str(filled_once), *words, **more)
