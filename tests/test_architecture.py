"""House rules of the layout: who may import whom, who owns a name, what a cold start may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("pipeline", "spiders", "classifiers", "storage", "flows", "rolecall")
MAY_IMPORT = {
    "pipeline": set(),
    "spiders": {"pipeline"},
    "classifiers": {"pipeline"},
    "storage": {"pipeline"},
    "flows": {"pipeline", "spiders", "classifiers", "storage"},
    "rolecall": {"pipeline", "spiders", "classifiers", "storage", "flows"},
}
KEPT_OUT = {
    "pipeline": {"scrapy", "prefect", "sqlalchemy", "socket", "httpx", "sklearn"},
    "classifiers": {"scrapy", "prefect", "sqlalchemy"},
}


def _modules(room: str) -> Iterator[Path]:
    yield from sorted((ROOT / room).rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[str, int, int]]:
    """Top-level name, line and relative level of every import of a file, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno, 0
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0], node.lineno, node.level


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_below_it(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in _modules(room)
        for name, line, _ in _imports(path)
        if (name in ROOMS and name not in allowed) or name == "tests" or name in KEPT_OUT.get(room, set())
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ROOMS)
def test_imports_are_absolute(room: str) -> None:
    assert [f"{path}:{line}" for path in _modules(room) for _, line, level in _imports(path) if level] == []


def test_the_rule_sees_an_import_inside_a_function(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("def f():\n    from storage.store import Store\n", encoding="utf-8")
    assert list(_imports(path)) == [("storage", 2, 0)]


@pytest.mark.parametrize("room", ROOMS)
def test_each_top_level_name_has_one_owner(room: str) -> None:
    """The folders are flat import packages: another distribution with a package called ``storage`` would shadow ours."""
    assert set(packages_distributions().get(room, [])) == {"rolecall"}


def _loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("code", "kept_out"),
    [
        ("import rolecall.__main__", {"scrapy", "prefect", "sklearn", "pyarrow", "sqlalchemy", "duckdb", "numpy"}),
        ("import classifiers.classify", {"scrapy", "prefect", "sklearn", "scipy", "sqlalchemy"}),
        ("import pipeline.payloads", {"scrapy", "prefect", "sklearn", "sqlalchemy"}),
        ("import pipeline.duplicates.sighting, pipeline.duplicates.comparing", {"numpy", "sqlalchemy"}),
        ("import rolecall.cli.export", {"scrapy", "prefect", "sklearn", "pyarrow", "sqlalchemy", "numpy", "xlsxwriter", "lxml"}),
        ("import storage.queries.jobs", {"scrapy", "prefect", "sklearn"}),
        ("import spiders.practice.server, spiders.practice.payloads", {"scrapy", "prefect", "sklearn", "twisted"}),
    ],
)
def test_a_cold_start_loads_little(code: str, kept_out: set[str]) -> None:
    assert _loaded_by(code) & kept_out == set()


def test_files_have_one_idea_and_stay_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for room in ROOMS
        for path in _modules(room)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    ]
    assert long == []
