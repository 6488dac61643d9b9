"""A run's way from SQL to the data set, on disk and in a bucket."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import insert

from pipeline.crawling import BoardResult
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus
from storage import arrow, schema
from storage.dataset.export import export_run
from storage.dataset.manifest import committed_files, read_manifest
from storage.dataset.place import Place, open_place
from storage.dataset.reading import file_schema, stream
from storage.dataset.writing import ZSTD_LEVEL
from storage.store import Store
from tests.storage.dataset.samples import paths
from tests.storage.factory import NIGHT, NOW, commit_two, labelled, posting, raw


def opened(tmp_path: Path, address: str) -> Store:
    """A store with a database on disk; its engine is closed with the process."""
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True, dataset=address) as store:
        return store


def contents(place: Place) -> dict[str, bytes]:
    return {path: place.read(path) for path in paths(place)}


def test_files_have_the_declared_schema_and_stand_in_the_manifest(tmp_path: Path) -> None:
    store = opened(tmp_path, str(tmp_path))
    run_id = commit_two(store)
    assert [Path(name).name for name in store.written(run_id)] == ["run_date=2026-01-05", "run_date=2026-01-05", "summary.json"]
    store.finish_run(run_id, {})
    (postings,) = committed_files(store.place, "postings")
    (raws,) = committed_files(store.place, "raw")
    assert (postings.path, raws.path) == (
        f"postings/run_date=2026-01-05/{run_id}.parquet",
        f"raw/run_date=2026-01-05/platform=greenhouse/{run_id}.parquet",
    )
    for file, fields in ((postings, arrow.POSTINGS), (raws, arrow.RAW)):
        assert file_schema(store.place, file.path).equals(fields, check_metadata=True)
        metadata = pq.read_metadata(tmp_path / file.path)
        assert metadata.row_group(0).column(0).compression == "ZSTD"
        assert (file.rows, file.bytes, file.runs) == (2, (tmp_path / file.path).stat().st_size, (run_id,))
    assert ZSTD_LEVEL == 3


def test_rows_are_those_of_the_database(tmp_path: Path, address: str) -> None:
    store = opened(tmp_path, address)
    run_id = commit_two(store)
    store.finish_run(run_id, {})
    columns = ["title", "run_id", "stack", "opened_at"]
    rows = [row for batch in stream(store.place, "postings", columns) for row in batch.to_pylist()]
    assert sorted(row["title"] for row in rows) == ["Data Engineer a", "Data Engineer b"]
    assert {(row["run_id"], tuple(row["stack"]), row["opened_at"]) for row in rows} == {(run_id, ("Python",), NOW)}
    raws = [row for batch in stream(store.place, "raw", ["payload", "run_id"]) for row in batch.to_pylist()]
    assert sorted(row["payload"] for row in raws) == ['{"id":"a"}', '{"id":"b"}']
    assert {row["run_id"] for row in raws} == {run_id}


def test_payloads_of_several_platforms_have_a_file_each(tmp_path: Path) -> None:
    store = opened(tmp_path, str(tmp_path))
    run_id = store.begin_run(NIGHT, NOW)
    for platform in ("lever", "greenhouse", "ashby"):
        items = [posting(name, platform=platform) for name in "abc"]
        seen = {item.posting_id: item.content_hash for item in items}
        result = BoardResult(platform, "acme", BoardStatus.COMPLETE, postings=len(items))
        store.commit_board(run_id, result, seen, [labelled(item) for item in items], [raw(item) for item in items], CompanyFacts())
    store.finish_run(run_id, {})
    files = committed_files(store.place, "raw")
    assert [(file.path.split("/")[2], file.rows) for file in files] == [
        ("platform=ashby", 3), ("platform=greenhouse", 3), ("platform=lever", 3),
    ]  # fmt: skip


def test_a_run_cut_off_before_its_manifest_is_written_again_alike(tmp_path: Path, address: str) -> None:
    store = opened(tmp_path, address)
    run_id = commit_two(store)
    export_run(store.engine, store.place, run_id)
    first = contents(store.place)
    store.place.delete(f"manifests/{run_id}.json")
    export_run(store.engine, store.place, run_id)
    assert contents(store.place) == first


def test_a_committed_run_is_not_written_again(tmp_path: Path, address: str) -> None:
    store = opened(tmp_path, address)
    run_id = commit_two(store)
    files = export_run(store.engine, store.place, run_id)
    store.place.delete(files[0].path)  # as a sweep does after a compaction or a purge
    assert export_run(store.engine, store.place, run_id) == files
    assert files[0].path not in paths(store.place)


def test_a_crash_between_sql_and_files_is_carried_over(tmp_path: Path, address: str) -> None:
    store = opened(tmp_path, address)
    commit_two(store)  # the run never ends
    assert committed_files(store.place, "postings") == []
    opened(tmp_path, address).begin_run(NIGHT, NOW)
    assert [file.rows for file in committed_files(store.place, "postings")] == [2]


def test_a_night_without_changes_writes_no_file(tmp_path: Path, address: str) -> None:
    store = opened(tmp_path, address)
    run_id = store.begin_run(NIGHT, NOW)
    store.finish_run(run_id, {})
    assert [Path(name).name for name in store.written(run_id)] == ["summary.json"]
    assert paths(store.place) == []
    assert read_manifest(store.place, run_id) is None


def test_disk_and_bucket_hold_the_same_bytes(tmp_path: Path, s3_address: str) -> None:
    held = []
    for folder, address in ((tmp_path / "a", str(tmp_path / "a" / "set")), (tmp_path / "b", s3_address)):
        folder.mkdir()
        store = opened(folder, address)
        store.finish_run(commit_two(store), {})
        later = store.begin_run(NIGHT + timedelta(days=1), NOW + timedelta(days=1))
        store.finish_run(later, {})
        held.append(contents(store.place))
    assert held[0] == held[1]
    assert len(held[0]) == 3


def test_the_sweep_before_a_run_spares_what_an_unfinished_run_wrote(tmp_path: Path) -> None:
    store = opened(tmp_path, str(tmp_path))
    run_id = commit_two(store)
    export_run(store.engine, store.place, run_id)
    store.place.delete(f"manifests/{run_id}.json")
    store.place.write("postings/run_date=2026-01-05/2025-12-31.parquet", b"orphan")
    swept = store.sweep()
    assert (swept.files, swept.bytes) == (1, 6)
    assert len(paths(store.place)) == 2


def test_a_bucket_out_of_reach_is_said_before_the_run_begins(tmp_path: Path, s3_address: str) -> None:
    store = opened(tmp_path, "s3://nowhere/x")
    with pytest.raises(Exception, match="the bucket 'nowhere' does not exist"):
        store.sweep()
    assert s3_address


def test_more_rows_than_a_batch_keep_their_technologies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.dataset.export.BATCH_ROWS", 2)
    store = opened(tmp_path, str(tmp_path))
    run_id = store.begin_run(NIGHT, NOW)
    items = [posting(str(number)) for number in range(7)]
    seen = {item.posting_id: item.content_hash for item in items}
    result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=len(items))
    stacks = {item.posting_id: ("Python", item.external_id) for item in items}
    answer = [labelled(item, stack=stacks[item.posting_id]) for item in items]
    store.commit_board(run_id, result, seen, answer, [], CompanyFacts())
    with store.engine.begin() as connection:  # a posting of another run stays out
        others = {**dict(connection.execute(schema.runs.select()).mappings().one()), "run_id": "other", "run_number": 2}
        connection.execute(insert(schema.runs).values(**others))
    store.finish_run(run_id, {})
    rows = [row for batch in stream(store.place, "postings", ["posting_id", "stack"]) for row in batch.to_pylist()]
    assert {row["posting_id"]: tuple(row["stack"]) for row in rows} == stacks
    assert [row["posting_id"] for row in rows] == sorted(stacks)


def test_the_place_of_a_store_is_its_folder_unless_told(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        assert store.place == open_place(tmp_path)
