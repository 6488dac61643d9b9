"""The streaming writer: exact row groups, bounded memory, the declared types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import arrow
from storage.dataset import writing
from storage.dataset.local import LocalPlace
from storage.dataset.place import Place
from storage.dataset.writing import ROW_GROUP_ROWS, batches_of, row_groups, write_batches
from tests.storage.dataset.samples import paths, row

FIELDS = pa.schema([pa.field("n", pa.int64())])

STREAMED = """
import sys
from pathlib import Path
import pyarrow as pa
from storage.dataset.local import LocalPlace
from storage.dataset.writing import write_batches
fields = pa.schema([pa.field("posting_id", pa.string()), pa.field("text", pa.string())])
text = "".join(chr(33 + n * n % 90) for n in range(4000))
def batches():
    for part in range(120):
        ids = [f"{part:04}-{n:04}" for n in range(1000)]
        yield pa.RecordBatch.from_arrays([pa.array(ids), pa.array([id + text for id in ids])], schema=fields)
write_batches(LocalPlace(Path(sys.argv[1])), "x.parquet", "raw", fields, batches(), ("run",))
print(pa.default_memory_pool().max_memory())
"""


def counted(sizes: list[int]) -> list[pa.RecordBatch]:
    """Batches of these sizes, numbered through."""
    start, batches = 0, []
    for size in sizes:
        batches.append(pa.RecordBatch.from_arrays([pa.array(range(start, start + size), pa.int64())], schema=FIELDS))
        start += size
    return batches


@given(st.lists(st.integers(0, 17), max_size=12))
def test_row_groups_are_full_but_the_last_and_lose_nothing(sizes: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "ROW_GROUP_ROWS", 5)
        groups = list(row_groups(FIELDS, counted(sizes)))
    total = sum(sizes)
    assert [group.num_rows for group in groups] == [5] * (total // 5) + [total % 5] * (total % 5 > 0)
    assert [n for group in groups for n in group["n"].to_pylist()] == list(range(total))


def test_a_file_has_row_groups_of_twenty_thousand(tmp_path: Path) -> None:
    sizes = [7_000] * 7 + [45_000]
    written = write_batches(LocalPlace(tmp_path), "x.parquet", "raw", FIELDS, counted(sizes), ("run",))
    assert written is not None
    metadata = pq.read_metadata(tmp_path / "x.parquet")
    assert ROW_GROUP_ROWS == 20_000
    assert [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)] == [20_000] * 4 + [14_000]
    assert pq.read_table(tmp_path / "x.parquet")["n"].to_pylist() == list(range(94_000))
    assert (written.rows, written.bytes, written.runs) == (94_000, (tmp_path / "x.parquet").stat().st_size, ("run",))


def test_no_rows_are_no_file(place: Place) -> None:
    assert write_batches(place, "raw/x.parquet", "raw", FIELDS, counted([0, 0]), ("run",)) is None
    assert paths(place) == []


def test_rows_that_fail_half_way_leave_no_file(place: Place) -> None:
    def failing() -> object:
        yield from counted([30_000])
        raise ValueError("no more rows")

    with pytest.raises(ValueError, match="no more rows"):
        write_batches(place, "raw/x.parquet", "raw", FIELDS, failing(), ("run",))
    assert paths(place) == []


def test_memory_holds_a_row_group_and_not_the_file(tmp_path: Path) -> None:
    """120,000 rows of 4 KB are 480 MB; a row group of them is 80 MB."""
    root = str(Path(__file__).parents[3])
    done = subprocess.run([sys.executable, "-c", STREAMED, str(tmp_path)], capture_output=True, text=True, check=True, cwd=root)
    assert int(done.stdout) < 240_000_000
    assert pq.read_metadata(tmp_path / "x.parquet").num_rows == 120_000


@pytest.mark.parametrize("fields", [arrow.POSTINGS, arrow.RAW], ids=["postings", "raw"])
def test_types_are_those_that_every_reader_knows(tmp_path: Path, fields: pa.Schema) -> None:
    """Spark's reader knows these: no nanoseconds, no local times, no dictionary or large types, lists in three levels."""
    write_batches(LocalPlace(tmp_path), "x.parquet", "x", fields, batches_of([row(fields)], fields), ("run",))
    columns = pq.ParquetFile(tmp_path / "x.parquet").schema
    found = {(column.physical_type, str(column.logical_type)) for column in (columns.column(n) for n in range(len(columns)))}
    instant = "Timestamp(isAdjustedToUTC=true, timeUnit=microseconds, is_from_converted_type=false, force_set_converted_type=false)"
    assert found <= {
        ("BYTE_ARRAY", "String"), ("BOOLEAN", "None"), ("INT64", "None"), ("DOUBLE", "None"), ("INT32", "Date"), ("INT64", instant),
    }  # fmt: skip
    assert ("INT64", instant) in found
    lists = {column.path for column in (columns.column(n) for n in range(len(columns))) if "." in column.path}
    assert lists == ({"stack.list.element"} if fields is arrow.POSTINGS else set())
