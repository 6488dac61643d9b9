"""Compaction: fewer files, the same rows, and never a state between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from storage import arrow
from storage.dataset.compaction import Compacted, compact, groups_of
from storage.dataset.local import LocalPlace
from storage.dataset.manifest import DatasetFile, Manifest, commit, committed_files
from storage.dataset.place import DatasetError, Place, open_place
from storage.dataset.reading import file_schema, open_dataset, stream
from storage.dataset.sweep import sweep
from storage.dataset.writing import batches_of, write_batches
from tests.storage.dataset.crashing import deaths
from tests.storage.dataset.samples import assert_none_twice, found, paths, row, write_run

RUNS = ("2025-12-30", "2026-01-05", "2026-01-05-2", "2026-01-31", "2026-02-01", "2026-02-02", "2026-02-02-2")


def fill(place: Place) -> None:
    for number, run_id in enumerate(RUNS):
        write_run(place, run_id, [f"p{number}", f"q{number}"], ["greenhouse", "lever"] if number % 2 else ["greenhouse"])


def rows(place: Place, kind: str, until: tuple[str, ...] | None = None) -> list[dict[str, object]]:
    return [row for batch in stream(place, kind, until=until) for row in batch.to_pylist()]


def test_runs_of_a_night_and_nights_of_a_past_month_become_one_file(place: Place) -> None:
    fill(place)
    before = {kind: rows(place, kind) for kind in ("postings", "raw")}
    done = compact(place)
    assert [file.path for file in committed_files(place, "postings")] == [
        "postings/run_date=2025-12-30/2025-12-30.parquet",
        "postings/run_date=2026-01-31/compact-1-1.parquet",
        "postings/run_date=2026-02-01/2026-02-01.parquet",
        "postings/run_date=2026-02-02/compact-1-4.parquet",
    ]
    assert [file.runs for file in committed_files(place, "postings")][1] == ("2026-01-05", "2026-01-05-2", "2026-01-31")
    assert [file.path.split("/")[1:3] for file in committed_files(place, "raw")][1:3] == [
        ["run_date=2026-01-31", "platform=greenhouse"],
        ["run_date=2026-01-31", "platform=lever"],
    ]
    assert rows(place, "postings") == before["postings"]
    assert sorted(map(repr, rows(place, "raw"))) == sorted(map(repr, before["raw"]))
    assert (done.commit, done.merged, done.into) == ("compact-1", 12, 5)
    assert done.bytes_before > done.bytes_after
    assert_none_twice(found(place))


def test_merged_files_are_of_the_declared_schema(place: Place) -> None:
    fill(place)
    compact(place)
    for kind, fields in (("postings", arrow.POSTINGS), ("raw", arrow.RAW)):
        for file in committed_files(place, kind):
            assert file_schema(place, file.path).equals(fields, check_metadata=True)


def test_a_second_compaction_finds_nothing_and_a_late_run_is_taken_in(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    fill(place)
    compact(place)
    assert compact(place) == Compacted(None, 0, 0, 0, 0, 0)
    write_run(place, "2026-01-05-3", ["late"])
    assert compact(place).commit == "compact-2"
    assert [run for run, _ in found(place)][2:10] == ["2026-01-05"] * 2 + ["2026-01-05-2"] * 2 + ["2026-01-31"] * 2 + [
        "2026-01-05-3",
        "2026-02-01",
    ]


def test_as_of_a_night_in_the_middle_of_a_merged_file(place: Place) -> None:
    fill(place)
    known = RUNS[:3]
    before = rows(place, "postings", known)
    assert [row["posting_id"] for row in before] == ["p0", "q0", "p1", "q1", "p2", "q2"]
    compact(place)
    assert rows(place, "postings", known) == before
    names = [batch.column("title").to_pylist() for batch in stream(place, "postings", ["title"], until=known)]
    assert sum(len(part) for part in names) == 6
    assert open_dataset(place, "postings").count_rows() == 14


def test_a_merge_past_a_row_group_keeps_every_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.dataset.writing.ROW_GROUP_ROWS", 3)
    place = LocalPlace(tmp_path)
    for run_id, ids in (("2026-01-05", "abcd"), ("2026-01-05-2", "efghi"), ("2026-01-05-3", "j")):
        write_run(place, run_id, ids)
    compact(place)
    (file,) = committed_files(place, "postings")
    metadata = pq.read_metadata(tmp_path / file.path)
    assert [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)] == [3, 3, 3, 1]
    assert "".join(id_ for _, id_ in found(place)) == "abcdefghij"


def test_killed_at_any_step_the_rows_are_as_before(address: str) -> None:
    numbers = count()

    def filled() -> Place:
        place = open_place(f"{address}/{next(numbers)}")
        for run_id in RUNS[1:3]:
            write_run(place, run_id, f"{run_id[-1]}a")
        return place

    expected = sorted(found(filled()))
    steps = 0
    for place, ended in deaths(filled, compact):
        assert sorted(found(place)) == expected
        assert any(path.startswith("manifests/compact") for path in paths(place)) == ended
        sweep(place)
        assert sorted(found(place)) == expected
        named = [file.path for kind in ("postings", "raw") for file in committed_files(place, kind)]
        assert [path for path in paths(place) if path.endswith(".parquet")] == sorted(named)
        assert len(named) == (2 if ended else 4)
        steps += 1
    assert steps == 2 * 2 + 2 + 1  # begin and end of both merged files and of the manifest, and once to the end


def old_fields() -> pa.Schema:
    return pa.schema([field for field in arrow.POSTINGS if field.name != "department"])


def write_old(place: Place, run_id: str, fields: pa.Schema) -> None:
    path = f"postings/run_date={run_id[:10]}/{run_id}.parquet"
    file = write_batches(
        place, path, "postings", fields, batches_of([row(fields, posting_id="a", run_id=run_id)], fields), (run_id,)
    )
    assert file is not None
    commit(place, Manifest(run_id, night_of(run_id), (file,)))


def night_of(run_id: str) -> date:
    return date.fromisoformat(run_id[:10])


def test_files_of_two_versions_are_merged_apart_and_read_together(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    for number, fields in enumerate((old_fields(), old_fields(), arrow.POSTINGS, arrow.POSTINGS), 1):
        write_old(place, f"2026-01-05-{number}", fields)
    assert compact(place).into == 2
    assert [row["department"] for row in rows(place, "postings")] == [None, None, "words", "words"]


def test_files_without_the_run_of_each_row_stay_as_they_are(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    fields = pa.schema([field for field in arrow.POSTINGS if field.name != "run_id"])
    for run_id in ("2026-01-05", "2026-01-05-2"):
        path = f"postings/run_date=2026-01-05/{run_id}.parquet"
        file = write_batches(place, path, "postings", fields, batches_of([row(fields)], fields), (run_id,))
        assert file is not None
        commit(place, Manifest(run_id, night_of(run_id), (file,)))
    assert compact(place).commit is None


def test_a_file_that_lost_rows_is_not_merged(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    write_run(place, "2026-01-05", "ab")
    (file, *_) = write_run(place, "2026-01-05-2", "cd")
    commit(place, Manifest("2026-01-05-2", night_of("2026-01-05"), (DatasetFile(file.path, "postings", 3, file.bytes, file.runs),)))
    with pytest.raises(DatasetError, match="hold 4 rows and their manifests say 5; bring them back from a copy"):
        compact(place)
    assert not any(path.startswith("manifests/compact") for path in paths(place))


@pytest.mark.parametrize(
    ("ruin", "what"),
    [(lambda path: path.unlink(), "is not there"), (lambda path: path.write_bytes(b"PAR1 no"), "is damaged")],
)
def test_a_file_that_is_gone_or_damaged_is_named(tmp_path: Path, ruin: Callable[[Path], object], what: str) -> None:
    place = LocalPlace(tmp_path)
    write_run(place, "2026-01-05", "ab")
    write_run(place, "2026-01-05-2", "cd")
    ruin(tmp_path / "postings" / "run_date=2026-01-05" / "2026-01-05-2.parquet")
    with pytest.raises(DatasetError, match=rf"2026-01-05-2\.parquet {what}; bring it back from a copy of the data set"):
        compact(place)


def test_nothing_belongs_together_where_there_is_nothing() -> None:
    assert groups_of([]) == []
