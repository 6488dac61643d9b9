"""Commits of runs without a database, and what a reader finds of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from storage import arrow
from storage.dataset.manifest import DatasetFile, Manifest, commit, committed_files
from storage.dataset.place import Place
from storage.dataset.reading import file_batches
from storage.dataset.writing import batches_of, write_batches

_VALUES: dict[pa.DataType, Any] = {
    pa.string(): "words", pa.bool_(): True, pa.int64(): 3, pa.float64(): 0.5, pa.date32(): date(2026, 1, 5),
    pa.timestamp("us", tz="UTC"): datetime(2026, 1, 5, 2, tzinfo=UTC), arrow.TEXTS: ["Python"],
}  # fmt: skip


def row(fields: pa.Schema, **values: Any) -> dict[str, Any]:
    """A row of a declared schema; columns that are not given hold some value of their type."""
    return {**{field.name: _VALUES[field.type] for field in fields}, **values}


def write_run(place: Place, run_id: str, ids: Iterable[str], platforms: Iterable[str] = ("greenhouse",)) -> tuple[DatasetFile, ...]:
    """Write and commit a run of some postings: each in ``postings``, and its payload under every platform."""
    ids = list(ids)
    night = run_id[:10]
    kinds = [("postings", arrow.POSTINGS, "")]
    kinds += [("raw", arrow.RAW, f"/platform={platform}") for platform in platforms]
    files = []
    for kind, fields, below in kinds:
        rows = [row(fields, posting_id=id_, run_id=run_id) for id_ in ids]
        path = f"{kind}/run_date={night}{below}/{run_id}.parquet"
        files.append(write_batches(place, path, kind, fields, batches_of(rows, fields), (run_id,)))
    written = tuple(file for file in files if file)
    commit(place, Manifest(run_id, date.fromisoformat(night), written))
    return written


def found(place: Place, kind: str = "postings") -> list[tuple[str, str]]:
    """(run, posting) of every committed row; checks that each file holds what its manifest says."""
    rows: list[tuple[str, str]] = []
    for file in committed_files(place, kind):
        here = [
            pair
            for batch in file_batches(place, file.path, ["run_id", "posting_id"])
            for pair in zip(batch["run_id"].to_pylist(), batch["posting_id"].to_pylist(), strict=True)
        ]
        assert (len(here), place.size(file.path)) == (file.rows, file.bytes), file
        assert {run for run, _ in here} <= set(file.runs), file
        rows += here
    return rows


def assert_none_twice(rows: list[tuple[str, str]]) -> None:
    assert [pair for pair, times in Counter(rows).items() if times > 1] == []


def paths(place: Place) -> list[str]:
    """Every file below the data set's folders."""
    return [entry.path for folder in ("manifests", "postings", "raw") for entry in place.list(folder)]
