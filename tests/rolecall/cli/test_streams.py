from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from pipeline.runs import Progress
from rolecall.cli.root import root
from rolecall.cli.streams import out, out_json_list, say, width
from rolecall.cli.watching import watching
from rolecall.settings import Settings


def test_the_width_is_what_the_terminal_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    assert width() == 90
    monkeypatch.setenv("COLUMNS", "many")
    assert width() == 120


def test_colours_go_to_a_terminal_only_and_not_against_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    """``color=True`` plays a terminal."""

    def shown() -> str:
        @click.command()
        def colourful() -> None:
            out(click.style("red", fg="red"))

        return CliRunner().invoke(colourful, [], color=True).stdout

    assert shown() == "red\n"
    monkeypatch.delenv("NO_COLOR")
    assert shown() == "\x1b[31mred\x1b[0m\n"


def test_an_array_streams_and_an_empty_one_is_one_too(capsys: pytest.CaptureFixture[str]) -> None:
    out_json_list(iter([]))
    assert capsys.readouterr().out == "[]\n"
    out_json_list(iter([{"a": 1}, {"b": None}]))
    assert json.loads(capsys.readouterr().out) == [{"a": 1}, {"b": None}]


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    say(Settings(is_quiet=True), "hello")
    say(Settings(), "there")
    assert capsys.readouterr().err == "there\n"


def test_elsewhere_than_on_a_terminal_a_night_is_one_line_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(Settings()) as watch:
        watch(Progress("start", text="run 2026-01-05"))
        watch(Progress("crawl", 1, 2, "lever:acme complete"))
        watch(Progress("label", 1, 2, "lever:acme"))
    assert capsys.readouterr().err == "run 2026-01-05\ncrawl 1/2 lever:acme complete\n"


def test_an_interrupted_command_ends_with_130() -> None:
    @root.command("wait", hidden=True)
    def wait() -> None:
        """Waits.

        rolecall wait
        """
        raise KeyboardInterrupt

    try:
        done = CliRunner().invoke(root, ["wait"])
    finally:
        root.commands.pop("wait")
    assert done.exit_code == 130
    assert done.stderr.strip() == "Interrupted; what was finished is kept."
