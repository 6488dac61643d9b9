"""Removing what is not part of the data set: files that a killed writer left, and those that a later commit replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from storage.dataset.local import ASIDE
from storage.dataset.manifest import FOLDER, POSTINGS, RAW, current_files, read_manifests
from storage.dataset.place import Entry, Place


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep removed."""

    files: int
    bytes: int


def sweep(place: Place, writing: Collection[str] = ()) -> Swept:
    """Remove every file below the data set's folders that is not part of it, and say how much that was.

    Only the holder of the run lock may sweep. The listing comes before the manifests are read, so that a file that is committed
    meanwhile is seen to be.

    Args:
        place: the data set.
        writing: runs whose files are being written, or will be written again under the same names; theirs are left alone.
    """
    entries = [entry for folder in (POSTINGS, RAW, FOLDER) for entry in place.list(folder)]
    named = {file.path for file in current_files(read_manifests(place))}
    removed = list(orphans(entries, named, writing))
    for entry in removed:
        place.delete(entry.path)
    return Swept(len(removed), sum(entry.bytes for entry in removed))


def orphans(entries: Iterable[Entry], named: Collection[str], writing: Collection[str]) -> Iterator[Entry]:
    """Of some files, those that may go: of data files what is not named, of the manifests only what was left aside."""
    for entry in entries:
        name = entry.path.rpartition("/")[2]
        is_manifest = entry.path.startswith(f"{FOLDER}/") and not name.endswith(ASIDE)
        if not is_manifest and entry.path not in named and _run(name) not in writing:
            yield entry


def _run(name: str) -> str:
    """The run or tidy-up that a file's name begins with: ``2026-01-05`` of ``.2026-01-05.parquet.part``."""
    return name.lstrip(".").partition(".")[0]
