from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigError, NothingRead, PartialFailure, RolecallError, RunLocked, UsageError
from rolecall.cli.root import explain
from rolecall.exit_codes import EXIT_CODES
from rolecall.settings import Settings

HEAVY = ("scrapy", "prefect", "sklearn", "pyarrow", "sqlalchemy", "duckdb", "numpy", "rich", "orjson")


def test_without_a_word_it_says_where_to_start(run: Any) -> None:
    done = run()
    assert done.exit_code == 0
    assert "rolecall nightly --practice" in done.stdout


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    script = (
        "import resource, sys\n"
        "from rolecall.cli.root import root\n"
        "code = root.main(['--help'], standalone_mode=False)\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(code, used.ru_utime + used.ru_stime, *sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    code, cpu_seconds, *modules = done.stderr.split()
    assert code == "0"
    assert set(modules) & set(HEAVY) == set()
    assert float(cpu_seconds) < 0.5


@pytest.mark.parametrize("words", [["jobs", "list", "--help"], ["export", "csv", "--help"], ["nightly", "--help"], ["sql", "-h"]])
def test_every_help_loads_nothing_heavy(words: list[str]) -> None:
    script = (
        "import sys\nfrom rolecall.cli.root import root\n"
        f"root.main({words!r}, standalone_mode=False)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert set(done.stderr.split()) & set(HEAVY) == set()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nightl"], "Error: rolecall: no such command 'nightl'; did you mean 'nightly'?"),
        (["jobs", "lst"], "Error: rolecall jobs: no such command 'lst'; did you mean 'list'?"),
        (["nightly", "--practise"], "Error: rolecall nightly: no such option --practise; did you mean '--practice'?"),
        (
            ["nightly", "--night", "zero"],
            "Error: rolecall nightly: --night: 'zero' is no whole number; see `rolecall nightly --help`",
        ),
        (["nightly", "--night", "0"], "Error: rolecall nightly: --night: 0 is too small; the least is 1"),
        (["crawl"], "Error: rolecall crawl: missing argument 'SOURCE...'; see `rolecall crawl --help`"),
    ],
)
def test_bad_usage_is_one_sentence_and_two(run: Any, words: list[str], sentence: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", sentence + "\n")


@pytest.mark.parametrize("words", [["--config", "no.toml", "sources", "list"], ["sources", "list", "--config", "no.toml"]])
def test_global_options_stand_before_or_after_the_command(run: Any, words: list[str]) -> None:
    done = run(*words)
    assert (done.exit_code, done.stderr) == (2, "Error: configuration no.toml does not exist; copy rolecall.toml.example to it\n")


def test_a_wrong_configuration_is_named_with_its_line(run: Any) -> None:
    Path("rolecall.toml").write_text('[[source]]\nplatform = "levr"\nboard = "acme"\n', encoding="utf-8")
    done = run("sources", "list")
    assert done.exit_code == 2
    assert done.stderr == "Error: rolecall.toml line 2: platform 'levr' is unknown; did you mean 'lever'?\n"


def test_version_stands_on_standard_output(run: Any) -> None:
    assert run("--version").stdout.startswith("rolecall ")


@pytest.mark.parametrize("error", [RolecallError, UsageError, ConfigError, PartialFailure, NothingRead, RunLocked])
def test_an_error_for_a_person_keeps_its_exit_code(error: type[RolecallError], capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(error("the thing is so; do that"), Settings()) == error.exit_code
    assert error.exit_code in EXIT_CODES
    assert capsys.readouterr().err == "Error: the thing is so; do that\n"


def test_an_unforeseen_error_is_a_sentence_and_a_traceback_only_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(KeyError("x"), Settings()) == 1
    assert capsys.readouterr().err == "Error: unexpected KeyError: 'x' (-v shows the traceback)\n"
    try:
        raise KeyError("x")
    except KeyError as error:
        explain(error, Settings(verbosity=1))
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom rolecall.cli.root import root, Root\nimport click\n"
        "@root.command()\ndef much() -> None:\n    for _ in range(100000):\n        click.echo('x' * 80)\n"
        "root.main(['much'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-P", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) == 0
