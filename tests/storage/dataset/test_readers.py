"""The data set without us: a manifest is JSON, a file is Parquet, and DuckDB, pandas and polars read both as documented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas
import polars
import pytest

from storage.dataset.compaction import compact
from storage.dataset.local import LocalPlace
from storage.dataset.purging import purge
from tests.storage.dataset.samples import write_run


def files_of(root: Path, kind: str) -> list[str]:
    """The few lines of docs/how-to/read-the-data-set.md; nothing of ours in them."""
    manifests = [json.loads(path.read_text()) for path in (root / "manifests").glob("*.json")]
    replaced = {path for manifest in manifests for path in manifest["replaces"]}
    files = [file for manifest in manifests for file in manifest["files"] if file["path"] not in replaced]
    return [str(root / file["path"]) for file in files if file["kind"] == kind]


def by_duckdb(files: list[str]) -> list[tuple[str, str]]:
    return duckdb.execute("SELECT run_id, posting_id FROM read_parquet(?) WHERE stack[1] = 'Python'", [files]).fetchall()


def by_pandas(files: list[str]) -> list[tuple[str, str]]:
    frame = pandas.concat([pandas.read_parquet(file) for file in files])
    assert str(frame["opened_at"].dtype) == "datetime64[us, UTC]"
    return [(run, id_) for run, id_ in zip(frame["run_id"], frame["posting_id"], strict=True)]


def by_polars(files: list[str]) -> list[tuple[str, str]]:
    frame = polars.scan_parquet(files).filter(polars.col("stack").list.contains("Python")).collect()
    assert frame.schema["opened_at"] == polars.Datetime("us", "UTC")
    return frame.select("run_id", "posting_id").rows()


@pytest.mark.parametrize("read", [by_duckdb, by_pandas, by_polars])
def test_read_without_us(tmp_path: Path, read: Callable[[list[str]], list[tuple[str, str]]]) -> None:
    place = LocalPlace(tmp_path)
    runs = {"2026-01-05": "ab", "2026-01-06": "c", "2026-02-01": "de", "2026-02-01-2": "f"}
    for run_id, ids in runs.items():
        write_run(place, run_id, ids)
    expected = [(run_id, id_) for run_id, ids in runs.items() for id_ in ids]
    assert sorted(read(files_of(tmp_path, "postings"))) == expected
    compact(place)
    assert sorted(read(files_of(tmp_path, "postings"))) == expected
    purge(place, ["e"])
    assert sorted(read(files_of(tmp_path, "postings"))) == [pair for pair in expected if pair[1] != "e"]


def test_the_page_says_these_lines() -> None:
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "read-the-data-set.md").read_text(encoding="utf-8")
    for line in (
        'replaced = {path for manifest in manifests for path in manifest["replaces"]}',
        'files = [file for manifest in manifests for file in manifest["files"] if file["path"] not in replaced]',
    ):
        assert line in page
