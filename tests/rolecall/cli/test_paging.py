"""Long tables on a terminal: a real one of 12 lines, with a pager that writes down what it gets."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rolecall.store_of_jobs import Job, fill

LINES = 12
JOBS = (
    *(Job("lever", f"board{number}", f"Engineer {number}", "first", ("Python",)) for number in range(LINES - 1)),
    Job("lever", "board", "Engineer", "silent"),
)


@dataclass(frozen=True)
class Seen:
    """What a command left behind."""

    exit_code: int
    screen: str
    paged: str | None
    """What the pager got; None where it was not called."""


See = Callable[..., Seen]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    fill(folder, JOBS)
    return folder


@pytest.fixture
def see(tmp_path: Path, data: Path) -> See:
    """Run a command on a terminal; ``see("jobs", "list", PAGER=..., is_piped=True)``."""

    def call(*words: str, is_piped: bool = False, **environment: str) -> Seen:
        got = tmp_path / "got"
        pager = tmp_path / "pager"
        pager.write_text(f"#!/bin/sh\ncat > '{got}'\necho LEFT THE PAGER\n", encoding="utf-8")
        pager.chmod(0o755)
        known: Mapping[str, str] = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        code, screen = _on_terminal(
            [sys.executable, "-m", "rolecall", "--data", str(data), *words],
            {"TERM": "xterm", "PAGER": str(pager), **known, **environment},
            tmp_path / "piped" if is_piped else None,
        )
        return Seen(code, screen.replace("\r\n", "\n"), got.read_text(encoding="utf-8") if got.exists() else None)

    return call


def _on_terminal(command: list[str], environment: Mapping[str, str], piped: Path | None) -> tuple[int, str]:
    """Exit code, and what stood on the screen; standard output goes to ``piped`` where that is given, and somebody types ``q``."""
    ours, theirs = pty.openpty()
    mode = termios.tcgetattr(theirs)
    mode[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(theirs, termios.TCSANOW, mode)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, 100, 0, 0))
    with (piped or Path(os.devnull)).open("wb") as file:
        process = subprocess.Popen(
            command, stdin=theirs, stdout=file if piped else theirs, stderr=theirs, env=dict(environment), start_new_session=True
        )
    os.close(theirs)
    os.write(ours, b"q")
    screen = b""
    try:
        while part := os.read(ours, 65_536):
            screen += part
    except OSError:  # Linux says so when nobody holds the other end any more
        pass
    os.close(ours)
    return process.wait(timeout=60), screen.decode()


@pytest.mark.parametrize(
    "words", [("jobs", "list"), ("jobs", "search", "things"), ("companies", "list"), ("jobs", "list", "--columns", "title")]
)
def test_a_table_higher_than_the_terminal_goes_through_the_pager_and_the_notes_come_after_it(
    see: See, words: tuple[str, ...]
) -> None:
    seen = see(*words)
    assert seen.exit_code == 0
    assert seen.paged is not None
    assert seen.paged.startswith("\x1b[1m")
    assert seen.paged.count("\n") == LINES + 1
    assert seen.paged.endswith("\n")
    assert seen.screen.startswith("LEFT THE PAGER\n12 ")


def test_notes_of_what_is_left_out_come_after_the_pager_too(see: See) -> None:
    seen = see("jobs", "list", "--utc", "-6")
    assert seen.paged is not None
    assert seen.screen.splitlines() == [
        "LEFT THE PAGER",
        "11 jobs",
        "1 job left out because no time zone is stated (--utc)",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("jobs", "list", "--limit", "3"),
        ("jobs", "list", "--limit", "10"),
        ("companies", "list", "--limit", "2"),
        ("jobs", "list", "--json"),
    ],
)
def test_what_fits_and_what_is_for_machines_does_not(see: See, words: tuple[str, ...]) -> None:
    seen = see(*words)
    assert (seen.exit_code, seen.paged) == (0, None)
    assert "Engineer" in seen.screen or "Board" in seen.screen


def test_a_file_or_a_pipe_gets_it_all_at_once_and_without_colours(see: See, tmp_path: Path) -> None:
    seen = see("jobs", "list", is_piped=True)
    assert (seen.exit_code, seen.paged, seen.screen) == (0, None, "12 jobs\n")
    text = (tmp_path / "piped").read_text(encoding="utf-8")
    assert text.count("\n") == LINES + 1
    assert "\x1b" not in text


@pytest.mark.parametrize("pager", ["", "cat"])
def test_a_reader_who_wants_no_pager_has_the_table_on_the_screen_in_colours(see: See, pager: str) -> None:
    seen = see("jobs", "list", PAGER=pager)
    assert (seen.exit_code, seen.paged) == (0, None)
    assert seen.screen.startswith("\x1b[1m")
    assert seen.screen.endswith("12 jobs\n")
    assert "\x1b" not in see("jobs", "list", PAGER=pager, NO_COLOR="1").screen


def test_leaving_the_pager_early_is_no_error(see: See, tmp_path: Path, data: Path) -> None:
    first = tmp_path / "first"
    first.write_text("#!/bin/sh\nexec head -n 1\n", encoding="utf-8")
    first.chmod(0o755)
    at_once = tmp_path / "at_once"
    at_once.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    at_once.chmod(0o755)
    for pager in (first, at_once):
        seen = see("jobs", "list", PAGER=str(pager))
        assert seen.exit_code == 0
        assert seen.screen.endswith("12 jobs\n")
        assert "Engineer" not in seen.screen
        assert "Traceback" not in seen.screen
        assert "Error" not in seen.screen


@pytest.mark.skipif(not Path("/usr/bin/less").exists(), reason="less is not installed")
def test_less_shows_colours_unless_the_reader_set_it_otherwise(see: See) -> None:
    assert "\x1b[1mid" in see("jobs", "list", PAGER="less").screen
    assert "\x1b[1mid" not in see("jobs", "list", PAGER="less", LESS="-X").screen
