from __future__ import annotations

from pathlib import Path

import pytest

from flows.report import ReportError, report_path, write_report
from tests.rolecall.nights_of_sources import WHOLE, night, save


def test_the_page_stands_beside_the_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "storage").mkdir()  # a folder of the user's that must not shadow ours
    (tmp_path / "storage" / "__init__.py").touch()
    save(tmp_path / "data", [night(0, WHOLE), night(1, WHOLE)])
    path = write_report(Path("data"), "2026-01-05")
    assert path == report_path(Path("data"), "2026-01-05")
    assert "The night of 2026-01-05" in path.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    save(tmp_path, [night(0, WHOLE)])
    with pytest.raises(ReportError, match=r"run 2026-01-06 was not written .ended with 2: Error: run '2026-01-06' is unknown"):
        write_report(tmp_path, "2026-01-06")


def test_a_night_does_not_wait_for_a_page_that_hangs(tmp_path: Path) -> None:
    save(tmp_path, [night(0, WHOLE)])
    with pytest.raises(ReportError, match=r"not written in 0.01 s; `rolecall runs show 2026-01-05 --html FILE` writes it again"):
        write_report(tmp_path, "2026-01-05", timeout_seconds=0.01)
