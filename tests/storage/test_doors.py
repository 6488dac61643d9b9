"""The lock, the database's door, DuckDB's door, exports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from pipeline.errors import RolecallError, RunLocked
from pipeline.filters import Filters
from pipeline.terms import platforms
from storage import exports
from storage.database import REVISION, DatabaseError, migrate, open_engine
from storage.duck import query
from storage.lock import run_lock
from storage.queries.jobs import rows
from storage.store import Store
from tests.storage.factory import NOW, commit_two

HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from storage.lock import run_lock
with run_lock(Path(sys.argv[1]), datetime(2026, 1, 5, tzinfo=UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    with Store.open(database_url, tmp_path, create=True) as opened:
        opened.finish_run(commit_two(opened), {})
        yield opened


def test_the_lock_names_its_owner_and_a_dead_owner_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(RunLocked, match=rf"another run works on .* \(process {process.pid} on "), run_lock(tmp_path, NOW):
            pass
        process.kill()
    with run_lock(tmp_path, NOW) as told:
        assert told is not None
        assert told.startswith(f"took over the lock of process {process.pid} on ")
        assert told.endswith("which held it for 2 h 0 min and ended without a word; what it stored is kept")
    with run_lock(tmp_path, NOW) as told:
        assert told is None


def test_a_reading_command_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"there is no database at .* yet; run `rolecall nightly --practice` first"):
        open_engine(f"sqlite:///{tmp_path / 'none' / 'r.db'}", create=False)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "r.db").write_bytes(b"no database " * 200)
    for create in (True, False):
        with pytest.raises(DatabaseError, match=r"cannot be opened \(.*\); move it away"):
            open_engine(f"sqlite:///{tmp_path / 'r.db'}", create=create)


def test_a_database_without_its_driver_is_one_sentence() -> None:
    with pytest.raises(DatabaseError, match=r"mysql\+pymysql://me:\*\*\*@h/d needs a driver that is not installed"):
        open_engine("mysql+pymysql://me:secret@h/d", create=True)


def test_a_database_of_another_version_is_one_sentence(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'r.db'}")
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    for create in (True, False):
        with pytest.raises(DatabaseError, match=f"is of revision 9999, this version reads {REVISION}"):
            open_engine(f"sqlite:///{tmp_path / 'r.db'}", create=create)


@pytest.mark.parametrize(
    "sql",
    [
        "drop table jobs", "insert into jobs select * from jobs", "copy jobs to 'x.csv'", "select * from read_csv('/etc/passwd')",
        "attach 'x.db'", "install httpfs", "set enable_external_access = true", "select 1; select 2", "selec", "", "pragma version",
    ],
)  # fmt: skip
def test_sql_only_reads(store: Store, sql: str) -> None:
    with pytest.raises(RolecallError) as caught:
        list(query(store, sql)[1])
    assert "\n" not in str(caught.value)


def test_sql_answers_from_database_and_files(store: Store) -> None:
    sql = """
        select j.title, h.content_hash = p.content_hash as same
        from jobs j join postings p using (posting_id) join history h using (posting_id) order by 1
    """
    columns, found = query(store, sql)
    assert columns == ["title", "same"]
    assert list(found) == [("Data Engineer a", True), ("Data Engineer b", True)]


def test_what_a_source_forbids_is_left_out_and_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = {name: replace(row, not_to=("export",)) if name == "greenhouse" else row for name, row in platforms().items()}
    monkeypatch.setattr("pipeline.terms.platforms", lambda: terms)
    told = exports.Exported()
    assert list(exports.allowed(rows(store, Filters()), told)) == []
    assert told.forbidden == {"greenhouse": 2}
