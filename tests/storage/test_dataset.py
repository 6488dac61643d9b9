"""The Parquet data set: the manifest is the commit, whatever is killed when."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipeline.crawling import BoardResult
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus
from storage import arrow
from storage.dataset import ZSTD_LEVEL, committed_files, write_durably
from storage.store import Store
from tests.storage.factory import NIGHT, NOW, labelled, posting, raw

COMMITS = """
import sys
from datetime import timedelta
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.storage.factory import NIGHT, NOW, labelled, posting, raw
from pipeline.crawling import BoardResult
from pipeline.records import CompanyFacts
from pipeline.vocabulary import BoardStatus
from storage.store import Store
folder = Path(sys.argv[1])
with Store.open(f"sqlite:///{folder / 'r.db'}", folder, create=True) as store:
    for number in range(1000):
        day = timedelta(days=number)
        run_id = store.begin_run(NIGHT + day, NOW + day)
        board = f"b{number}"
        if store.known_hashes("greenhouse", board):
            continue
        items = [posting(str(n), board=board) for n in range(5)]
        seen = {item.posting_id: item.content_hash for item in items}
        result = BoardResult("greenhouse", board, BoardStatus.COMPLETE, postings=5)
        store.commit_board(run_id, result, seen, [labelled(i) for i in items], [raw(i) for i in items], CompanyFacts())
        print(board, flush=True)
        store.finish_run(run_id, {})
"""


def commit_two(store: Store, names: str = "ab") -> str:
    run_id = store.begin_run(NIGHT, NOW)
    items = [posting(name) for name in names]
    result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=len(items))
    seen = {item.posting_id: item.content_hash for item in items}
    store.commit_board(run_id, result, seen, [labelled(item) for item in items], [raw(item) for item in items], CompanyFacts())
    return run_id


def test_files_have_the_declared_schema_and_stand_in_the_manifest(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        run_id = commit_two(store)
        assert [Path(name).name for name in store.written(run_id)] == ["run_date=2026-01-05", "run_date=2026-01-05", "summary.json"]
        store.finish_run(run_id, {})
    (path,) = committed_files(tmp_path, "postings")
    assert path == tmp_path / "postings" / "run_date=2026-01-05" / "2026-01-05.parquet"
    assert pq.read_schema(path).equals(arrow.POSTINGS)
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"
    assert ZSTD_LEVEL == 3
    (raws,) = committed_files(tmp_path, "raw")
    assert raws.parent.name == "platform=greenhouse"
    found = duckdb.sql(f"SELECT count(*), min(stack[1]) FROM '{path}'").fetchall()
    assert found == [(2, "Python")]


def test_a_crash_between_sql_and_files_is_carried_over(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'r.db'}"
    with Store.open(url, tmp_path, create=True) as store:
        commit_two(store)  # the run never ends
    assert committed_files(tmp_path, "postings") == []
    with Store.open(url, tmp_path, create=True) as store:
        store.begin_run(NIGHT, NOW)
    assert [pq.read_metadata(path).num_rows for path in committed_files(tmp_path, "postings")] == [2]


def test_files_come_oldest_run_first(tmp_path: Path) -> None:
    for run_id in ("2026-01-05-10", "2026-01-05-2", "2026-01-06", "2026-01-05"):
        write_durably(tmp_path / "manifests" / f"{run_id}.json", b'{"files": [{"kind": "raw", "path": "%s"}]}' % run_id.encode())
    assert [path.name for path in committed_files(tmp_path, "raw")] == ["2026-01-05", "2026-01-05-2", "2026-01-05-10", "2026-01-06"]


def test_a_night_without_changes_writes_no_file(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        run_id = store.begin_run(NIGHT, NOW)
        store.finish_run(run_id, {})
        assert [Path(name).name for name in store.written(run_id)] == ["summary.json"]
    assert not (tmp_path / "postings").exists()


def test_killed_at_any_moment_no_file_is_bad_and_no_posting_twice(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    for pause in (0.0, 0.05, 0.11, 0.2):
        with subprocess.Popen([sys.executable, "-c", COMMITS, str(tmp_path), root], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(pause)
            process.send_signal(signal.SIGKILL)
    with Store.open(f"sqlite:///{tmp_path / 'r.db'}", tmp_path, create=True) as store:
        store.begin_run(NIGHT, NOW)
    files = committed_files(tmp_path, "postings")
    assert files
    ids = [id_ for path in files for id_ in pq.read_table(path, columns=["posting_id"])["posting_id"].to_pylist()]
    assert len(ids) == len(set(ids))
    assert len(ids) % 5 == 0


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    write_durably(tmp_path / "a" / "b.json", b"{}")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.json"]
