"""What the manifests make part of the data set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from storage.dataset.local import LocalPlace
from storage.dataset.manifest import DatasetFile, Manifest, commit, committed_files, next_commit, read_manifest, read_manifests
from storage.dataset.place import DatasetError

NIGHT = date(2026, 1, 6)


def manifest(name: str, *runs: str, replaces: tuple[str, ...] = ()) -> Manifest:
    """A commit of one file called like itself, with rows of some runs (its own where none is given)."""
    return Manifest(name, NIGHT, (DatasetFile(name, "raw", 1, 10, runs or (name,)),), replaces)


def names(place: LocalPlace, until: tuple[str, ...] | None = None) -> list[str]:
    return [file.path for file in committed_files(place, "raw", until)]


def test_files_come_oldest_run_first(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    for run_id in ("2026-01-05-10", "2026-01-05-2", "2026-01-06", "2026-01-05"):
        commit(place, manifest(run_id))
    assert names(place) == ["2026-01-05", "2026-01-05-2", "2026-01-05-10", "2026-01-06"]
    assert committed_files(place, "postings") == []


def test_a_replaced_file_is_not_part_of_the_data_set(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    for run_id in ("2026-01-05", "2026-01-06", "2026-01-07"):
        commit(place, manifest(run_id))
    commit(place, manifest("compact-1", "2026-01-05", "2026-01-06", replaces=("2026-01-05", "2026-01-06")))
    assert names(place) == ["compact-1", "2026-01-07"]
    commit(place, manifest("purge-2", "2026-01-05", "2026-01-06", replaces=("compact-1",)))
    assert names(place) == ["purge-2", "2026-01-07"]
    assert names(place, ("2026-01-06",)) == ["purge-2"]
    assert names(place, ("2026-01-07",)) == ["2026-01-07"]
    assert names(place, ()) == []


def test_a_manifest_comes_back_as_it_was_committed(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    said = manifest("compact-1", "2026-01-05", "2026-01-06", replaces=("a", "b"))
    commit(place, said)
    assert read_manifest(place, "compact-1") == said
    assert read_manifest(place, "compact-2") is None


def test_tidy_ups_are_numbered_on() -> None:
    assert next_commit([manifest("2026-01-05-7")], "compact") == "compact-1"
    assert next_commit([manifest("compact-9"), manifest("purge-10"), manifest("2026-01-05")], "compact") == "compact-11"


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"run_id": "a", "night": "b", "files": []}'])
def test_what_is_no_manifest_is_named(tmp_path: Path, content: bytes) -> None:
    place = LocalPlace(tmp_path)
    place.write("manifests/x.json", content)
    with pytest.raises(DatasetError, match=r"manifests/x\.json is not a manifest of rolecall; bring it back"):
        read_manifests(place)
