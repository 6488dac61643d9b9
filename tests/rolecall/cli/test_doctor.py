from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.rolecall.nights_of_sources import FAILED, WHOLE, nights, save


def test_one_line_a_check(run: Any) -> None:
    done = run("doctor")
    names = [line[6:21].strip() for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert names == [
        "python", "engine", "configuration", "clock", "disk", "data folder", "database", "model", "rates",
    ]  # fmt: skip


def test_a_filled_store_is_found(ask: Any) -> None:
    checks = {check["name"]: check for check in json.loads(ask("doctor", "--json").stdout)}
    assert checks["database"]["verdict"] == "ok"
    assert "5 open jobs" in checks["database"]["text"]


def test_a_broken_configuration_fails_the_check(run: Any) -> None:
    Path("rolecall.toml").write_text("[crawlr]\n", encoding="utf-8")
    done = run("doctor")
    assert done.exit_code == 1
    assert "fail  configuration   rolecall.toml line 1: table 'crawlr' is unknown; did you mean 'crawler'?" in done.stdout


def test_a_file_that_is_no_database_fails_the_check(run: Any) -> None:
    Path("data").mkdir()
    Path("data/rolecall.db").write_bytes(b"this is no database, whatever its name says" * 40)
    done = run("doctor")
    assert done.exit_code == 1
    assert "fail  database" in done.stdout


def test_it_says_how_the_nights_went_and_who_is_in_trouble(run: Any, tmp_path: Path) -> None:
    save(tmp_path / "data", nights("lever:acme", [WHOLE, FAILED, FAILED], ["lever:beta"]))
    checks = {check["name"]: check for check in json.loads(run("doctor", "--json").stdout)}
    assert checks["last nights"]["verdict"] == "warn"
    assert checks["last nights"]["text"].endswith("see `rolecall runs show 2026-01-07`")
    assert checks["sources"]["text"] == (
        "2 sources on the last night; in trouble: lever:acme since 2026-01-06 (failed (http status)); "
        "`rolecall runs show --source lever:acme` shows its nights"
    )
    assert not {"nights missed", "robots"} & checks.keys(), "nothing is configured: these were practice nights"


def test_configured_sources_are_held_against_the_nights_and_the_store(run: Any, filled_once: Path, tmp_path: Path) -> None:
    shutil.copytree(filled_once, tmp_path / "data")
    save(tmp_path / "data", nights("lever:gone", [WHOLE]))
    block = '[[source]]\nplatform = "lever"\nboard = "{}"\n'
    text = '[crawler]\ncontact = "https://example.org"\n' + block.format("gone") + block.format("late")
    Path("rolecall.toml").write_text(text, encoding="utf-8")
    checks = {check["name"]: check for check in json.loads(run("doctor", "--json").stdout)}
    assert checks["sources"]["text"].startswith("2 sources configured; lever:gone, lever:late not read yet")
    assert checks["nights missed"]["verdict"] == "warn"
    assert checks["robots"]["text"] == "no robots.txt is kept yet; a live night reads them"


def test_looking_loads_neither_the_crawler_nor_the_engine(filled_once: Path) -> None:
    script = (
        "import sys\nfrom rolecall.cli.root import root\n"
        f"root.main(['--data', {str(filled_once)!r}, 'doctor'], standalone_mode=False)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-P", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert "sqlalchemy" in done.stderr
    assert set(done.stderr.split()) & {"scrapy", "twisted", "prefect", "fastapi", "sklearn"} == set()
