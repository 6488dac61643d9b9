"""Manifests: what is part of the data set. One a commit, written last.

``manifests/<commit>.json`` holds ``run_id`` (the commit: a run, or a tidy-up as in ``compact-3``), ``night``, ``files`` and
``replaces``: files of earlier commits that are part of the data set no longer. A file that no manifest names does not exist for a
reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from storage.dataset.place import DatasetError, Place

FOLDER = "manifests"
POSTINGS = "postings"
RAW = "raw"
_READERS = 8
_RUN_ID = re.compile(r"(\d{4}-\d\d-\d\d)(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """One file of a manifest."""

    path: str
    """Relative to the data set's root."""
    kind: str
    """``postings`` or ``raw``."""
    rows: int
    bytes: int
    runs: tuple[str, ...]
    """Runs whose rows it holds, oldest first."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One commit."""

    run_id: str
    """The run; of a tidy-up its name and number, as in ``compact-3``."""
    night: date
    """Last night that its files cover."""
    files: tuple[DatasetFile, ...]
    replaces: tuple[str, ...] = ()


def manifest_path(run_id: str) -> str:
    return f"{FOLDER}/{run_id}.json"


def commit(place: Place, manifest: Manifest) -> None:
    """Make a manifest's files part of the data set, and those that it replaces no longer."""
    document: dict[str, Any] = {
        "run_id": manifest.run_id,
        "night": manifest.night.isoformat(),
        "files": [_file_json(file, manifest.run_id) for file in manifest.files],
        "replaces": list(manifest.replaces),
    }
    place.write(manifest_path(manifest.run_id), orjson.dumps(document, option=orjson.OPT_INDENT_2))


def read_manifests(place: Place) -> list[Manifest]:
    """Every manifest.

    Raises:
        DatasetError: one of them is not ours.
    """
    names = [entry.path for entry in place.list(FOLDER) if entry.path.endswith(".json")]
    with ThreadPoolExecutor(_READERS) as pool:
        return [_parsed(place, name, content) for name, content in zip(names, pool.map(place.read, names), strict=True)]


def read_manifest(place: Place, run_id: str) -> Manifest | None:
    """One commit; None where it was never made."""
    name = manifest_path(run_id)
    if name not in {entry.path for entry in place.list(FOLDER)}:
        return None
    return _parsed(place, name, place.read(name))


def committed_files(place: Place, kind: str, until: Collection[str] | None = None) -> list[DatasetFile]:
    """Files of a kind that are part of the data set, oldest run first.

    Args:
        place: the data set.
        kind: ``postings`` or ``raw``.
        until: run ids; only files with rows of these runs. A merged file may hold rows of other runs too, so that a reader also
            looks at the column ``run_id`` where ``file.runs`` names others (``reading.stream`` does).
    """
    return [
        file
        for file in current_files(read_manifests(place))
        if file.kind == kind and (until is None or any(run in until for run in file.runs))
    ]


def current_files(manifests: Iterable[Manifest]) -> list[DatasetFile]:
    """What the manifests leave in the data set, oldest run first."""
    manifests = list(manifests)
    replaced = {path for manifest in manifests for path in manifest.replaces}
    files = (file for manifest in manifests for file in manifest.files if file.path not in replaced)
    return sorted(files, key=lambda file: (run_order(file.runs[0]), file.path))


def next_commit(manifests: Iterable[Manifest], name: str) -> str:
    """The name of the next tidy-up: its kind and a number that no commit had."""
    numbers = (re.fullmatch(r"[a-z]+-(\d+)", manifest.run_id) for manifest in manifests)
    return f"{name}-{1 + max((int(found[1]) for found in numbers if found), default=0)}"


def run_order(run_id: str) -> tuple[str, int]:
    """Night, then number within it: the second run of a night is called ``2026-01-05-2``."""
    found = _RUN_ID.fullmatch(run_id)
    return (found[1], int(found[2] or 1)) if found else (run_id, 0)


def _file_json(file: DatasetFile, run_id: str) -> dict[str, Any]:
    document = {"path": file.path, "kind": file.kind, "rows": file.rows, "bytes": file.bytes}
    return document if file.runs == (run_id,) else {**document, "runs": list(file.runs)}


def _parsed(place: Place, name: str, content: bytes) -> Manifest:
    try:
        document = orjson.loads(content)
        run_id = document["run_id"]
        files = tuple(
            DatasetFile(file["path"], file["kind"], file["rows"], file["bytes"], tuple(file.get("runs", (run_id,))))
            for file in document["files"]
        )
        return Manifest(run_id, date.fromisoformat(document["night"]), files, tuple(document.get("replaces", ())))
    except (ValueError, KeyError, TypeError):
        where = place.within(name)
        raise DatasetError(f"{where} is not a manifest of rolecall; bring it back from a copy, or move it away") from None
