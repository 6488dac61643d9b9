"""Both places keep the same promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.dataset.local import LocalPlace
from storage.dataset.place import DatasetError, Entry, Place


def test_files_go_in_and_come_out(place: Place) -> None:
    place.write("a/b=1/x.bin", b"one")
    place.write("a/b=2/y.bin", b"three")
    with place.writing("a/b=1/x.bin") as file:
        file.write(b"t")
        file.write(b"wo!")
    assert place.read("a/b=1/x.bin") == b"two!"
    assert place.size("a/b=1/x.bin") == 4
    assert place.list("a") == [Entry("a/b=1/x.bin", 4), Entry("a/b=2/y.bin", 5)]
    assert place.within("a/b=1/x.bin") == f"{place.address}/a/b=1/x.bin"
    place.delete("a/b=1/x.bin")
    place.delete("a/b=1/x.bin")
    assert place.list("a") == [Entry("a/b=2/y.bin", 5)]


def test_what_is_not_there(place: Place) -> None:
    assert place.list("nothing") == []
    for asked in (place.read, place.size):
        with pytest.raises(DatasetError, match=r"/a/none is not there; bring it back from a copy of the data set"):
            asked("a/none")


def test_a_file_whose_writer_fails_is_not_there(place: Place) -> None:
    def fail() -> None:
        with place.writing("a/x.bin") as file:
            file.write(b"half")
            raise ValueError("the rows end here")

    with pytest.raises(ValueError, match="the rows end here"):
        fail()
    assert place.list("a") == []


def test_on_disk_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    place.write("a/x.bin", b"old")
    with place.writing("a/x.bin") as file:
        file.write(b"new")
        file.flush()
        assert place.read("a/x.bin") == b"old"
        assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [".x.bin.part", "x.bin"]
    assert place.read("a/x.bin") == b"new"


def test_on_disk_partitions_that_are_empty_go_with_their_last_file(tmp_path: Path) -> None:
    place = LocalPlace(tmp_path)
    place.write("raw/run_date=2026-01-05/platform=lever/x.parquet", b"x")
    place.write("raw/run_date=2026-01-05/y.parquet", b"y")
    place.delete("raw/run_date=2026-01-05/platform=lever/x.parquet")
    assert [path.name for path in (tmp_path / "raw" / "run_date=2026-01-05").iterdir()] == ["y.parquet"]
    place.delete("raw/run_date=2026-01-05/y.parquet")
    assert list((tmp_path / "raw").iterdir()) == []
