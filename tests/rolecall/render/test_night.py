from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import click
import pytest

from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind
from rolecall.render.night import closing_sentence, next_steps, source_table, totals
from rolecall.render.tables import cells

READ = SourceRow("greenhouse:acme", "greenhouse", "acme", BoardStatus.COMPLETE, 212, 11, 4, 7, 2, 0, False, None, "", 3, 1.5)
FAILED = replace(
    READ, source_id="ashby:gamma", status=BoardStatus.FAILED, fetched=0, new=0, changed=0, closed=0, reopened=0,
    failure=FailureKind.HTTP_STATUS, note="HTTP 500 three times; the board's postings stay as they were",
)  # fmt: skip
UNMODIFIED = replace(READ, source_id="lever:beta", fetched=0, new=0, changed=0, closed=0, reopened=0, not_modified=True)
SUMMARY = RunSummary(
    run_id="2026-01-05", night=date(2026, 1, 5), started_at=datetime(2026, 1, 5, 2, tzinfo=UTC), sources=(READ, UNMODIFIED, FAILED),
    by_class={"remote-first": 132, "remote-friendly": 261, "on-site": 501}, not_stated=310, open_jobs=894, open_postings=930,
    with_pay=510, duplicates_merged=36, wrote=("data/rolecall.db", "data/postings/run_date=2026-01-05"), seconds=41.0,
    seconds_by_phase={"crawl": 20.0, "label": 12.0, "store": 0.0},
)  # fmt: skip


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_source_table_fits_and_loses_no_failure(width: int) -> None:
    text = click.unstyle(source_table(SUMMARY.sources, width))
    assert max(cells(line) for line in text.splitlines()) <= width
    words = " ".join(text.split())
    assert f"FAILED (http status): {FAILED.note}" in words
    assert "2 reopened" in words
    assert "not modified" in words
    assert "3 sources" in words


def test_a_failed_source_shows_no_zeros() -> None:
    line = next(line for line in source_table((READ, FAILED), 200).splitlines() if line.startswith("ashby:gamma"))
    assert line.split()[1:5] == ["-", "-", "-", "-"]


def test_totals_name_classes_silence_pay_and_files() -> None:
    text = totals(SUMMARY, 120)
    assert "894: remote-first 132 · remote-friendly 261 · on-site 501 (310 not stated)" in text
    assert "510 (57 %)" in text
    assert "data/rolecall.db" in text
    assert "crawl 20 s, label 12 s" in text
    assert all(cells(line) <= 80 for line in totals(SUMMARY, 80).splitlines())


def test_each_kind_of_ending_has_its_sentence() -> None:
    assert closing_sentence(replace(SUMMARY, sources=(READ,))) is None
    assert "1 of 3 sources failed (ashby:gamma)" in str(closing_sentence(SUMMARY))
    nothing = str(closing_sentence(replace(SUMMARY, sources=(FAILED,))))
    assert "No source could be read" in nothing
    assert "894 open jobs stay as they were" in nothing
    assert "goes on from there" in str(closing_sentence(replace(SUMMARY, interrupted=True)))


def test_next_steps_carry_the_words_that_find_the_same_data() -> None:
    assert next_steps("bin/rolecall --data x").count("  bin/rolecall --data x ") == 3


def test_a_source_that_was_not_reached_has_not_failed() -> None:
    row = replace(FAILED, failure=FailureKind.INTERRUPTED, note="stopped before this board was reached; run again to go on")
    text = source_table((row,), 80)
    assert "not reached" in text
    assert "FAILED" not in text
