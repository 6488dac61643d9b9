"""Every command, option and exit code is documented, every help text shows an example that runs, and the page is current."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path

import click
import pytest

import pipeline.errors
from pipeline.duplicates.deciding import new_job_id
from pipeline.identity import posting_id
from pipeline.terms import platforms
from rolecall.cli.group import LazyGroup
from rolecall.cli.root import root
from rolecall.exit_codes import EXIT_CODES
from rolecall.manual import commands, page
from rolecall.settings import Settings
from spiders.practice.scenario import load_scenario
from spiders.practice.world import world

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "commands.md"
_ID = re.compile(r"rolecall jobs (?:show|explain) ([0-9a-f]{4,})\b")
ALL = {path: context.command for path, context in commands()}


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m rolecall.manual > docs/reference/commands.md"


@pytest.mark.parametrize("path", [path for path in ALL if path != "rolecall"])
def test_every_command_and_option_stands_on_the_page(path: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"# {path}\n" in text
    names = [name for param in ALL[path].params if isinstance(param, click.Option) for name in param.opts]
    assert [name for name in names if name not in text] == []


@pytest.mark.parametrize("path", list(ALL))
def test_every_option_is_explained(path: str) -> None:
    silent = [param.name for param in ALL[path].params if isinstance(param, click.Option) and not param.help]
    assert silent == []


def examples(command: click.Command) -> list[str]:
    return [line.strip() for line in (command.help or "").splitlines() if line.strip().startswith("rolecall ")]


@pytest.mark.parametrize("path", list(ALL))
def test_every_help_shows_an_example_that_parses(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("postings.jsonl", "postings.jsonl.gz", "labelled.jsonl", "rolecall.toml"):
        (tmp_path / name).touch()
    (tmp_path / "recorded").mkdir()
    shown = examples(ALL[path])
    assert shown
    for line in shown:
        _parse(shlex.split(line.partition(" > ")[0])[1:])


def _parse(words: list[str]) -> None:
    """Parse a command line without running it; click raises where a word is wrong."""
    command: click.Command = root
    context: click.Context | None = None
    while True:
        context = command.make_context(command.name, list(words), parent=context, obj=context.obj if context else Settings())
        if not isinstance(command, LazyGroup):
            return
        rest = [*context._protected_args, *context.args]
        name, inner, words = command.resolve_command(context, rest)
        assert inner is not None, name
        command = inner


def test_every_exit_code_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for code, meaning in EXIT_CODES.items():
        assert f"| {code} | {meaning} |" in text
    raised = {
        kind.exit_code
        for _, kind in inspect.getmembers(pipeline.errors, inspect.isclass)
        if issubclass(kind, pipeline.errors.RolecallError)
    }
    assert raised <= set(EXIT_CODES)


def test_the_readme_counts_and_names_the_platforms() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{len(platforms())} platforms." in text
    employers = {row.title.removesuffix(" HR") for row in platforms().values() if not row.feed and " " not in row.title}
    assert [title for title in sorted(employers) if title not in text] == []


def test_an_id_that_one_can_type_after_a_practice_night_is_a_job_of_that_night() -> None:
    postings = [posting_id(one.platform, one.board, one.external_id) for one in world(load_scenario("default"), 1)]
    jobs = [(id_, new_job_id(id_)) for id_ in postings]
    pages = [ROOT / "README.md", *(ROOT / "docs" / "how-to" / name for name in ("find-jobs.md", "look-back.md"))]
    typed = [(page.name, id_) for page in pages for id_ in _ID.findall(page.read_text(encoding="utf-8"))]
    assert {name for name, _ in typed} == {page.name for page in pages}
    assert [(name, id_) for name, id_ in typed if sum(any(own.startswith(id_) for own in job) for job in jobs) != 1] == []
