from __future__ import annotations

from datetime import date
from pathlib import Path

import orjson

from pipeline.runs import summary_from_json
from storage.summaries import histories_of, newest_first, up_to
from tests.rolecall.nights_of_sources import FAILED, WHOLE, night, nights, save


def names(folder: Path, as_of: date | None = None) -> list[str]:
    return [summary["run_id"] for summary in newest_first(folder, as_of)]


def test_runs_come_by_night_and_number_newest_first(tmp_path: Path) -> None:
    folder = save(tmp_path, [night(0), night(1, number=2), night(1, number=10), night(1), night(2)])
    (folder / "2026-01-08").mkdir()  # killed: no summary
    broken = folder / "2026-01-09"
    broken.mkdir()
    (broken / "summary.json").write_text("{", encoding="utf-8")
    assert names(folder) == ["2026-01-07", "2026-01-06-10", "2026-01-06-2", "2026-01-06", "2026-01-05"]
    assert names(folder, date(2026, 1, 6))[0] == "2026-01-06-10"
    assert names(tmp_path / "none") == []


def test_the_newest_is_read_without_the_others(tmp_path: Path) -> None:
    folder = save(tmp_path, [night(0), night(1)])
    (folder / "2026-01-05" / "summary.json").write_bytes(b"\xff")
    assert next(newest_first(folder))["run_id"] == "2026-01-06"


def test_up_to_a_run_ends_with_it_and_begins_so_many_days_before(tmp_path: Path) -> None:
    runs = [night(0), night(3), night(4, number=2), night(4, number=10), night(5)]
    folder = save(tmp_path, runs)
    assert [run.run_id for run in up_to(folder, runs[2], 4)] == ["2026-01-05", "2026-01-08", "2026-01-09-2"]
    assert [run.run_id for run in up_to(folder, runs[3], 1)] == ["2026-01-08", "2026-01-09-2", "2026-01-09-10"]
    assert up_to(folder, runs[4], 0) == (runs[4],)


def test_a_summary_of_before_fill_was_counted_is_read(tmp_path: Path) -> None:
    folder = save(tmp_path, [night(0, WHOLE)])
    path = folder / "2026-01-05" / "summary.json"
    old = orjson.loads(path.read_bytes())
    del old["sources"][0]["fill"]
    path.write_bytes(orjson.dumps(old))
    assert summary_from_json(next(newest_first(folder))).sources[0].fill == {}


def test_a_source_is_judged_by_nights_before_those_that_are_shown(tmp_path: Path) -> None:
    runs = nights("lever:acme", [*[WHOLE] * 4, FAILED, FAILED], ["lever:beta"])
    folder = save(tmp_path, runs)
    acme, beta = histories_of(folder, runs[-1], 1)
    assert acme.first_bad
    assert (acme.source_id, acme.first_bad.run_id, beta.first_bad) == ("lever:acme", "2026-01-09", None)
    assert [one.source_id for one in histories_of(folder, runs[-2], 1, ["lever:beta"])] == ["lever:beta"]
