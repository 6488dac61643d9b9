"""What is not part of the data set goes, and nothing else."""

from __future__ import annotations

from pathlib import Path

from storage.dataset.compaction import compact
from storage.dataset.local import LocalPlace
from storage.dataset.place import Place
from storage.dataset.sweep import Swept, sweep
from tests.storage.dataset.samples import found, paths, write_run


def test_orphans_go_and_are_counted(place: Place) -> None:
    write_run(place, "2026-01-05", "ab")
    before = paths(place)
    for path in (
        "postings/run_date=2026-01-05/2026-01-05-2.parquet",
        "postings/run_date=2026-01-05/.2026-01-05.parquet.part",
        "raw/run_date=2026-01-06/platform=lever/2026-01-06.parquet",
        "manifests/.2026-01-06.json.part",
    ):
        place.write(path, b"four")
    assert sweep(place) == Swept(4, 16)
    assert paths(place) == before
    assert sweep(place) == Swept(0, 0)


def test_what_a_run_is_writing_stays(place: Place) -> None:
    for path in ("postings/run_date=2026-01-05/2026-01-05-2.parquet", "raw/run_date=2026-01-05/.2026-01-05-2.parquet.part"):
        place.write(path, b"four")
    place.write("raw/run_date=2026-01-05/2026-01-05.parquet", b"four")
    assert sweep(place, ["2026-01-05-2"]).files == 1
    assert len(paths(place)) == 2


def test_replaced_files_go(place: Place) -> None:
    write_run(place, "2026-01-05", "ab")
    write_run(place, "2026-01-05-2", "cd")
    compact(place)
    rows = found(place)
    assert sweep(place).files == 4
    assert found(place) == rows
    assert len(paths(place)) == 3 + 2  # every manifest, and one file a kind


def test_other_files_of_the_folder_are_not_looked_at(tmp_path: Path) -> None:
    for name in ("rolecall.db", "run.lock", "runs/2026-01-05/summary.json", "exports/jobs.parquet", "feeds/a.xml"):
        LocalPlace(tmp_path).write(name, b"x")
    assert sweep(LocalPlace(tmp_path)) == Swept(0, 0)
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 5
