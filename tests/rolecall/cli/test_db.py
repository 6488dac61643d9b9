from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from storage.dataset.local import LocalPlace
from storage.lock import run_lock
from tests.storage.dataset.samples import found, write_run
from tests.storage.factory import NOW


def fill() -> LocalPlace:
    place = LocalPlace(Path("data"))
    write_run(place, "2026-01-05", "ab")
    write_run(place, "2026-01-05-2", "c")
    return place


def test_compact_says_what_it_merged(run: Any) -> None:
    before = found(fill())
    done = run("db", "compact")
    assert done.exit_code == 0
    assert done.stdout.startswith("4 files merged into 2 (6 rows; ")
    assert found(LocalPlace(Path("data"))) == before
    again = run("db", "compact")
    assert (again.exit_code, again.stdout) == (0, "")
    assert "nothing to merge in data" in again.stderr


def test_compact_in_json(run: Any) -> None:
    fill()
    told = json.loads(run("db", "compact", "--json").stdout)
    assert {name: told[name] for name in ("commit", "merged", "into", "rows")} == {
        "commit": "compact-1", "merged": 4, "into": 2, "rows": 6,
    }  # fmt: skip


def test_compact_makes_no_folder_where_there_is_no_data_set(run: Any) -> None:
    assert run("db", "compact").exit_code == 0
    assert not Path("data").exists()


def test_compact_waits_for_nobody(run: Any) -> None:
    fill()
    with run_lock(Path("data"), NOW):
        assert run("db", "compact").exit_code == 5


def test_a_bucket_without_credentials_is_one_sentence(run: Any, monkeypatch: Any) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    Path("rolecall.toml").write_text('[storage]\ndataset = "s3://bucket/x"\n', encoding="utf-8")
    done = run("db", "compact")
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: the environment holds no credentials for s3://bucket/x; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY\n"
    )
