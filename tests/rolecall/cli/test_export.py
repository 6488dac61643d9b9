from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from storage.exports.formats import FORMATS
from storage.queries.jobs import COLUMNS


def test_csv_goes_to_standard_output_with_a_header_and_no_formula(ask: Any) -> None:
    done = ask("export", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == 5
    assert '\'=HYPERLINK("x")' in {row["title"] for row in rows}
    assert done.stderr == "5 jobs\n"


def test_the_filters_of_the_list_hold(ask: Any) -> None:
    lines = ask("export", "jsonl", "--stack", "python", "--remote", "remote-first").stdout.splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["Senior ML Engineer"]


def test_a_file_appears_whole(ask: Any, tmp_path: Path) -> None:
    done = ask("export", "csv", "-o", "jobs.csv")
    assert done.stdout == ""
    assert done.stderr == "5 jobs in jobs.csv\n"
    assert [path.name for path in tmp_path.iterdir()] == ["jobs.csv"]


def test_parquet_is_typed_and_needs_a_file(ask: Any) -> None:
    assert ask("export", "parquet", "-o", "jobs.parquet").exit_code == 0
    table = pq.read_table("jobs.parquet")
    assert table.num_rows == 5
    assert str(table.schema.field("stack").type) == "list<element: string>"
    assert ask("export", "parquet").exit_code == 2
    assert "parquet needs a file" in ask("export", "parquet", "-o", "-").stderr


def test_an_empty_export_is_a_header_and_a_sentence(ask: Any) -> None:
    done = ask("export", "csv", "--pay-min", "9000000")
    assert done.stdout.count("\n") == 1
    assert "0 of 5 open jobs match; dropping --pay-min gives most" in done.stderr


def test_a_folder_that_does_not_exist_is_named(ask: Any) -> None:
    done = ask("export", "csv", "-o", "no/jobs.csv")
    assert done.exit_code == 2
    assert "no/jobs.csv cannot be written: No such file or directory" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_command_that_writes_a_file(ask: Any, tmp_path: Path, name: str) -> None:
    file = f"jobs.{FORMATS[name].suffix}"
    done = ask("export", name, "--remote", "remote-first", "-o", file)
    assert done.exit_code == 0, done.stderr
    assert f"2 jobs in {file}\n" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [file]
    assert (tmp_path / file).stat().st_size > 100


def test_a_feed_holds_what_may_go_to_feeds_and_files_what_may_be_exported(ask: Any) -> None:
    helped = {name: ask("export", name, "--help").stdout for name in ("atom", "csv")}
    assert "(default: feeds)" in " ".join(helped["atom"].split())
    assert "(default: export)" in " ".join(helped["csv"].split())
    assert "--postings" not in helped["atom"]
    assert len(json.loads(ask("export", "jsonfeed", "--limit", "3").stdout)["items"]) == 3


def test_chosen_columns_stand_in_their_order_with_the_credit_behind(ask: Any) -> None:
    credit = "source_name,source_url,attribution"
    header = ask("-q", "export", "csv", "--columns", "pay_max,title").stdout.splitlines()[0]
    assert header == f"pay_max,title,{credit}"
    assert ask("-q", "export", "csv", "--columns", "attribution,title").stdout.startswith(
        "attribution,title,source_name,source_url\n"
    )
    assert "| title |" in ask("-q", "export", "markdown", "--columns", "title").stdout
    assert "did you mean 'title'?" in ask("export", "jsonl", "--columns", "titel").stderr
    assert "no such option --columns" in ask("export", "atom", "--columns", "title").stderr
