"""Taking postings out of the data set for good: files that hold them are written again without them, then removed at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from storage.dataset.manifest import DatasetFile, Manifest, commit, current_files, next_commit, read_manifests
from storage.dataset.place import Place
from storage.dataset.reading import file_batches, file_schema
from storage.dataset.sweep import sweep
from storage.dataset.writing import write_batches


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge removed from the data set."""

    rows: int
    """Rows of the postings, over all runs and kinds."""
    rewritten: int
    """Files that were written again without them."""
    removed: int
    """Files that held nothing else."""


def purge(place: Place, posting_ids: Collection[str]) -> Purged:
    """Remove every row of some postings, in one commit; the caller holds the run lock.

    When it returns no file holds them any more: those that were replaced, by this commit or an earlier one, and what a killed
    writer left are removed too (a run that was cut off writes its files again). Killed on the way, the data set is as before or
    without the postings, and the same call again ends the work.

    Args:
        place: the data set.
        posting_ids: whose rows go.
    """
    ids = pa.array(sorted(posting_ids), pa.string())
    manifests = read_manifests(place)
    holding = [(file, rows) for file in current_files(manifests) if (rows := _count(place, file, ids))]
    if holding:
        name = next_commit(manifests, "purge")
        left = [_without(place, file, ids, name) for file, _ in holding]
        night = max(date.fromisoformat(run[:10]) for file, _ in holding for run in file.runs)
        commit(place, Manifest(name, night, tuple(file for file in left if file), tuple(file.path for file, _ in holding)))
        rewritten = sum(file is not None for file in left)
    else:
        rewritten = 0
    sweep(place)
    return Purged(sum(rows for _, rows in holding), rewritten, len(holding) - rewritten)


def _count(place: Place, file: DatasetFile, ids: pa.Array) -> int:
    return sum(pc.sum(_is_of(batch, ids)).as_py() or 0 for batch in file_batches(place, file.path, ["posting_id"]))


def _without(place: Place, file: DatasetFile, ids: pa.Array, name: str) -> DatasetFile | None:
    fields = file_schema(place, file.path)
    return write_batches(place, _renamed(file.path, name), file.kind, fields, _kept(place, file, ids, fields), file.runs)


def _kept(place: Place, file: DatasetFile, ids: pa.Array, fields: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in file_batches(place, file.path):
        kept = batch.filter(pc.invert(_is_of(batch, ids)))
        yield pa.RecordBatch.from_arrays(kept.columns, schema=fields)


def _is_of(batch: pa.RecordBatch, ids: pa.Array) -> pa.Array:
    return pc.is_in(batch["posting_id"], ids)


def _renamed(path: str, name: str) -> str:
    """A path beside the old one that no commit had: ``…/2026-01-05.purge-2.parquet``."""
    folder, _, file = path.rpartition("/")
    return f"{folder}/{file.partition('.')[0]}.{name}.parquet"
