"""The scaffold: what it writes fails until it is filled, and passes then; what it refuses writes nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from spiders.new import main, scaffold

ROOT = Path(__file__).parents[2]
WRITTEN = [
    "spiders/platforms/kestrel.py",
    "pipeline/payloads/kestrel.py",
    "tests/spiders/platforms/test_kestrel.py",
    "tests/fixtures/kestrel/fullest.json",
    "pipeline/data/platforms.toml",
    "docs/reference/platforms.md",
]


OPTION = "def pytest_addoption(parser): parser.addoption('--rewrite-golden', action='store_true')\n"
"""All that the contract test needs of tests/conftest.py, without databases and hypothesis, which take seconds to load."""
RUNS = "import sys, pytest; sys.exit([pytest.main([*sys.argv[1:], *more.split()]) for more in {runs!r}][-1])"
"""Runs of pytest in one process."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the scaffold and its tests need."""
    root = tmp_path_factory.mktemp("checkout")
    skipped = shutil.ignore_patterns("__pycache__", "practice", "*.golden.json")
    for folder in ("pipeline", "spiders", "docs/reference", "tests/spiders/platforms"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "tests" / "fixtures").mkdir()
    for path in (ROOT / "tests" / "fixtures").iterdir():
        shutil.copytree(path, root / "tests" / "fixtures" / path.name, ignore=skipped)
    for name in ("tests/spiders/test_contract.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    (root / "tests" / "conftest.py").write_text(OPTION, encoding="utf-8")
    return root


def _python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=root, check=False, timeout=200, env=environment)


def _contract(root: Path, *runs: str) -> subprocess.CompletedProcess[str]:
    """What pytest says of the new platform, once for each of the further options; the code is that of the last."""
    files = ("tests/spiders/test_contract.py", "tests/spiders/platforms/test_kestrel.py")
    return _python(root, "-c", RUNS.format(runs=runs), "-p", "pytest_timeout", "-p", "no:cacheprovider", *files, "-k", "kestrel")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _fill(root: Path) -> None:
    """What a person would write into the files."""
    job = {
        "id": 1, "title": "Baker", "url": "https://kestrel.example/1", "description": "<p>Bread.</p>", "company": "Osprey",
        "location": "Oslo", "apply_url": "https://kestrel.example/1/apply", "department": "Oven", "employment_type": "full",
        "remote": True, "salary": "40,000 EUR", "published_at": "2026-10-12",
    }  # fmt: skip
    fixture = root / "tests/fixtures/kestrel/fullest.json"
    fixture.write_text(json.dumps({"jobs": [job, {**job, "id": 2, "title": "Cook"}]}), encoding="utf-8")
    spider = root / "spiders/platforms/kestrel.py"
    begin = spider.read_text(encoding="utf-8").index("        raise NotImplementedError")
    end = spider.read_text(encoding="utf-8").index("\n", begin)
    _replace(
        spider, spider.read_text(encoding="utf-8")[begin:end], "        return answer.listing(answer.mapping().get('jobs'), 'jobs')"
    )
    _replace(root / "pipeline/data/platforms.toml", 'terms = ""\nsource = ""', 'terms = "Public."\nsource = "kestrel.example/docs"')
    docs = root / "docs/reference/platforms.md"
    head, heading, table = docs.read_text(encoding="utf-8").partition("\n## kestrel\n")
    docs.write_text(head + heading + table.replace(" | |\n", " | said |\n"), encoding="utf-8")
    undated = '"updated_text", "updated_at", "expires_text", "expires_on", "requisition_id", "tags"'
    _replace(
        root / "tests/spiders/test_contract.py",
        '        "jsonld": {"apply_url"},\n',
        f'        "jsonld": {{"apply_url"}},\n        "kestrel": {{{undated}}},\n',
    )


@pytest.mark.slow
def test_a_scaffold_fails_its_contract_until_it_is_filled(checkout: Path) -> None:
    done = _python(checkout, "-m", "spiders.new", "kestrel")
    assert (done.returncode, done.stdout.split()) == (0, WRITTEN), done.stderr
    with pytest.raises(UsageError, match=r"kestrel\.py is there already; nothing was written"):
        scaffold("kestrel", checkout)
    failed = _contract(checkout, "")
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "give the list of items of an answer" in failed.stdout
    assert "FAILED tests/spiders/platforms/test_kestrel.py::test_there_is_a_golden_output" in failed.stdout
    assert "FAILED tests/spiders/platforms/test_kestrel.py::test_the_terms_say" in failed.stdout
    assert "FAILED tests/spiders/test_contract.py::test_fixtures_hold_postings" in failed.stdout
    _fill(checkout)
    filled = _contract(checkout, "--rewrite-golden", "")
    assert "was written anew: review it" in filled.stdout
    assert filled.returncode == 0, filled.stdout


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Acme-Jobs", "'Acme-Jobs' is no platform's name: 2 to 30 small letters and digits, a letter first; 'acmejobs' would do"),
        ("9lives", "; 'lives' would do"),
        ("../evil", "; 'evil' would do"),
        ("", "'' is no platform's name"),
        ("x" * 31, "is no platform's name"),
        ("lever", "platform 'lever' is there already"),
        ("class", "cannot name a platform"),
        ("fields", "pipeline/payloads/fields.py is there already; nothing was written"),
    ],
)
def test_a_name_that_will_not_do_is_refused_in_one_sentence(name: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--", name]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert said.err.count("\n") == 1


def test_nothing_is_written_outside_a_checkout_or_over_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no checkout of rolecall"):
        scaffold("merlin", tmp_path)
    for path in ("pipeline/data/platforms.toml", "docs/reference/platforms.md", "tests/fixtures/merlin/x.json"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("as it was", encoding="utf-8")
    with pytest.raises(UsageError, match=r"tests/fixtures/merlin is there already; nothing was written"):
        scaffold("merlin", tmp_path)
    assert {path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()} == {"as it was"}
