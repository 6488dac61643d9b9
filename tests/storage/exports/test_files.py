"""Files as other programs read them, with whatever a posting may hold, and memory that does not grow with the rows."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import orjson
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as drawn

from pipeline.errors import UsageError
from pipeline.vocabulary import ExportFormat
from storage.exports import xlsx
from storage.exports.csv import cell
from storage.exports.formats import FORMATS
from storage.exports.markdown import escaped, link
from storage.queries.jobs import COLUMNS
from tests.storage.exports.rows import ABOUT, HOSTILE, NAMES, NIGHT, ROWS, row


class Pipe(io.RawIOBase):
    """A stream that can only be written, as a socket or a pipe."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)


def written(name: str, rows: Any, columns: tuple[str, ...] = NAMES) -> tuple[bytes, tuple[str, ...]]:
    out = Pipe()
    notes = FORMATS[name].write(rows, columns, ABOUT, out)  # type: ignore[arg-type]
    return b"".join(out.parts), notes


def test_every_format_of_the_vocabulary_is_there_and_has_a_suffix_of_its_own() -> None:
    assert list(FORMATS) == [one.value for one in ExportFormat]
    assert len({one.suffix for one in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_list_is_a_whole_file_on_a_stream_that_cannot_seek(name: str) -> None:
    assert written(name, [])[0] or name == "jsonl"
    assert written(name, [row()])[0] != written(name, [])[0] or name == "ics"


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_give_the_same_bytes(name: str) -> None:
    rows = [row(1), row(2, expires_on=date(2026, 2, 1))]
    assert written(name, rows) == written(name, rows)


@given(ROWS)
@drawn(max_examples=60)
def test_csv_reads_back_and_holds_no_formula(rows: list[dict[str, Any]]) -> None:
    read = list(csv.DictReader(io.StringIO(written("csv", rows)[0].decode(), newline="")))
    assert [list(one) for one in read] == [list(NAMES)] * len(rows)
    assert [one["title"].removeprefix("'") for one in read] == [
        one["title"].replace("\r\n", "\n").replace("\r", "\n").removeprefix("'") for one in rows
    ]
    for one in read:
        for name in ("title", "company", "remote_quote", "stack", "url"):
            assert not one[name].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_csv_guards_against_formulas() -> None:
    assert [cell(value) for value in ("=1+1", "+1", "-1", "@x", "\tx", "＝1", "ok", None, True, ["a", "b"], -1.5)] == [
        "'=1+1", "'+1", "'-1", "'@x", "'\tx", "'＝1", "ok", "", "true", "a; b", -1.5,
    ]  # fmt: skip
    assert cell(["=1+1"]) == "'=1+1"


@given(ROWS)
@drawn(max_examples=40)
def test_json_lines_and_parquet_hold_the_rows(rows: list[dict[str, Any]]) -> None:
    lines = [orjson.loads(line) for line in written("jsonl", rows)[0].splitlines()]
    assert [line["title"] for line in lines] == [one["title"] for one in rows]
    assert pq.read_table(io.BytesIO(written("parquet", rows)[0])).to_pylist() == rows


def _sheets(rows: list[dict[str, Any]], columns: tuple[str, ...] = NAMES) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written("xlsx", rows, columns)[0]))


@given(ROWS)
@drawn(max_examples=25)
def test_a_workbook_opens_and_every_text_is_a_text(rows: list[dict[str, Any]]) -> None:
    sheet = _sheets(rows)["jobs"]
    assert sheet.max_row == len(rows) + 1
    place = NAMES.index("title") + 1
    for number, one in enumerate(rows, 2):
        found = sheet.cell(number, place)
        assert found.data_type in ("s", "n" if one["title"] == "" else "s", "inlineStr")
        assert len((found.value or "").encode("utf-16-le")) <= 2 * 32_767


def test_a_workbook_is_typed_linked_and_explained() -> None:
    book = _sheets([row(1, expires_on=date(1899, 1, 1)), row(2, platform="remoteok", url="javascript:alert(1)")])
    assert book.sheetnames == ["jobs", "sources", "dictionary"]
    jobs = book["jobs"]
    assert jobs.freeze_panes == "A2"
    assert jobs.auto_filter.ref == f"A1:{jobs.cell(1, len(NAMES)).column_letter}3"
    first = {name: jobs.cell(2, place) for place, name in enumerate(NAMES, 1)}
    assert first["pay_max"].value == 120_000.5
    assert first["has_equity"].value is True
    assert first["published_on"].value == datetime(2026, 1, 2)
    assert first["published_on"].is_date
    assert first["opened_at"].value == NIGHT.replace(tzinfo=None)
    assert first["expires_on"].value == "1899-01-01"
    assert first["stack"].value == "Python; C++"
    assert first["url"].hyperlink.target == "https://boards.example/acme/1"
    assert jobs.cell(3, NAMES.index("url") + 1).hyperlink is None
    assert [one.value for one in book["sources"]["A"]] == ["platform", "greenhouse", "remoteok"]
    told = {one[0].value: one[3].value for one in book["dictionary"].iter_rows(min_row=2)}
    assert told == dict(COLUMNS)
    assert book.properties.created == NIGHT.replace(tzinfo=None)


def test_markup_of_the_library_is_text_too() -> None:
    """xlsxwriter writes a text that begins with <r> and ends with </r> as it is, which breaks the sheet."""
    hostile = "<r><t>x</t></r></is></c><evil/><c><is></r>"
    assert _sheets([row(title=hostile)])["jobs"].cell(2, NAMES.index("title") + 1).value.strip() == hostile


def test_the_limits_of_a_sheet_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_LINKS", 2)
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    notes = written("xlsx", [row(1), row(2, title="x" * 40_000), row(3)])[1]
    assert notes == (
        "1 address written as plain text: a sheet holds 2 links, and a link 2,000 characters",
        "1 text cut to 32,767 characters, the most that a cell holds",
    )
    with pytest.raises(UsageError, match="a sheet holds 3 rows and these are more; narrow the list, or export csv or parquet"):
        written("xlsx", (row(number) for number in range(5)))


def test_some_columns_stand_in_the_order_given() -> None:
    chosen = ("title", "pay_max", "url")
    assert written("csv", [row()], chosen)[0].splitlines()[0] == b"title,pay_max,url"
    assert list(json.loads(written("jsonl", [row()], chosen)[0])) == list(chosen)
    assert pq.read_table(io.BytesIO(written("parquet", [row()], chosen)[0])).column_names == list(chosen)
    assert [one.value for one in _sheets([row()], chosen)["jobs"][1]] == list(chosen)
    assert "| title | pay_max | url |" in written("markdown", [row()], chosen)[0].decode()


@given(ROWS)
@drawn(max_examples=40)
def test_a_markdown_table_keeps_its_shape(rows: list[dict[str, Any]]) -> None:
    text = written("markdown", rows)[0].decode()
    lines = text.splitlines()
    table = [line for line in lines if line.startswith("| ")]
    assert len(table) == len(rows) + 2
    for line in table:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 9, line
        assert not re.search(r"<(?!https?://)", line), "no HTML, and links of the web only"
    assert lines[-1].startswith(f"{len(rows)} job")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sign_means_anything_in_markdown(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]|~<>]", shown)
    assert link(text, "javascript:alert(1)") == shown


def _many(number: int) -> Iterator[dict[str, Any]]:
    for one in range(number):
        yield row(one, expires_on=date(2026, 3, 1), moved_at=datetime(2026, 1, 5, 3, tzinfo=UTC))


class Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_memory_does_not_grow_with_the_rows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_LINKS", 100)  # the real bound is reached with 65,530 links
    monkeypatch.setattr("storage.exports.parquet.ROW_GROUP_ROWS", 200)
    monkeypatch.setattr("storage.dataset.writing.ROW_GROUP_ROWS", 200)
    monkeypatch.setattr("storage.dataset.writing.BATCH_ROWS", 100)
    FORMATS[name].write(_many(10), NAMES, ABOUT, Nowhere())  # type: ignore[arg-type]
    peaks = []
    for number in (400, 1_600):
        gc.collect()
        tracemalloc.start()
        FORMATS[name].write(_many(number), NAMES, ABOUT, Nowhere())  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.3 + 100_000, peaks
