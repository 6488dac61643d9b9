"""Many small files become few, in one commit; readers see the same rows before and after.

Runs of one night are merged, and all nights of a month that is past; kinds and platforms stay apart. A merged file stands under the
last night that it covers, since a partition has one date; each row keeps its run in ``run_id``, and the manifest lists the runs of
each merged file, so that "as of" a night in the middle still finds its rows and no later ones. What is past is told by the data
set's newest night, not by a clock.

The merged files are written first; one manifest adds them all and replaces what they were made from. Killed before it, the data set
is as before and the next sweep removes what was written; killed after it, the next sweep removes what was replaced. Readers that
began before the commit still find the old files until then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from storage.dataset.manifest import DatasetFile, Manifest, commit, current_files, next_commit, read_manifests, run_order
from storage.dataset.place import DatasetError, Place
from storage.dataset.reading import file_batches, file_schema
from storage.dataset.writing import write_batches

_PATH = re.compile(r"(?P<kind>\w+)/run_date=(?P<night>\d{4}-\d\d-\d\d)(?P<below>(?:/platform=[^/]+)?)/[^/]+")


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a compaction did."""

    commit: str | None
    """Its name; None where there was nothing to merge."""
    merged: int
    """Files that went into others."""
    into: int
    """Files that were written."""
    rows: int
    bytes_before: int
    bytes_after: int


@dataclass(frozen=True, slots=True)
class Group:
    """Files that become one."""

    folder: str
    """Where the one will stand."""
    files: tuple[DatasetFile, ...]
    """At least two, oldest run first."""

    @property
    def runs(self) -> tuple[str, ...]:
        return tuple(sorted({run for file in self.files for run in file.runs}, key=run_order))


def compact(place: Place) -> Compacted:
    """Merge what can be merged; the caller holds the run lock.

    Raises:
        DatasetError: a file cannot be read, or holds other rows than its manifest says.
    """
    manifests = read_manifests(place)
    groups = list(_of_one_schema(place, groups_of(current_files(manifests))))
    if not groups:
        return Compacted(None, 0, 0, 0, 0, 0)
    name = next_commit(manifests, "compact")
    written = tuple(_merged(place, group, number, name) for number, group in enumerate(groups, 1))
    old = [file for group in groups for file in group.files]
    night = max(date.fromisoformat(run[:10]) for group in groups for run in group.runs)
    commit(place, Manifest(name, night, written, tuple(file.path for file in old)))
    return Compacted(
        name, len(old), len(written), sum(file.rows for file in written), sum(file.bytes for file in old),
        sum(file.bytes for file in written),
    )  # fmt: skip


def groups_of(files: Iterable[DatasetFile]) -> list[Group]:
    """Which files belong together: of a past month all of a kind and platform, of the newest month those of one night."""
    placed = [(found, file) for file in files if (found := _PATH.fullmatch(file.path))]
    newest_month = max((found["night"][:7] for found, _ in placed), default="")
    together: dict[tuple[str, str, str], list[tuple[str, DatasetFile]]] = {}
    for found, file in placed:
        month = found["night"][:7]
        span = found["night"] if month == newest_month else month
        together.setdefault((found["kind"], span, found["below"]), []).append((found["night"], file))
    return [
        Group(f"{kind}/run_date={max(night for night, _ in members)}{below}", tuple(file for _, file in members))
        for (kind, _, below), members in together.items()
        if len(members) > 1
    ]


def _of_one_schema(place: Place, groups: Iterable[Group]) -> Iterator[Group]:
    """Groups parted by schema: files of two versions are not poured into one, and those without ``run_id`` stay as they are."""
    for group in groups:
        by_schema: dict[str, list[DatasetFile]] = {}
        for file in group.files:
            fields = file_schema(place, file.path)
            if "run_id" in fields.names:
                by_schema.setdefault(fields.remove_metadata().to_string(show_field_metadata=False), []).append(file)
        yield from (Group(group.folder, tuple(files)) for files in by_schema.values() if len(files) > 1)


def _merged(place: Place, group: Group, number: int, name: str) -> DatasetFile:
    fields = file_schema(place, group.files[-1].path)
    kind = group.files[0].kind
    written = write_batches(place, f"{group.folder}/{name}-{number}.parquet", kind, fields, _rows(place, group, fields), group.runs)
    expected = sum(file.rows for file in group.files)
    if written is None or written.rows != expected:
        found = written.rows if written else 0
        where = place.within(group.folder)
        raise DatasetError(f"files for {where} hold {found} rows and their manifests say {expected}; bring them back from a copy")
    return written


def _rows(place: Place, group: Group, fields: pa.Schema) -> Iterator[pa.RecordBatch]:
    for file in group.files:
        for batch in file_batches(place, file.path):
            yield pa.RecordBatch.from_arrays(batch.columns, schema=fields)
