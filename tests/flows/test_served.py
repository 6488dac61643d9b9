from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.served import serving, who_serves
from pipeline.errors import RunLocked

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)


def test_one_serves_and_says_where(tmp_path: Path) -> None:
    assert who_serves(tmp_path) is None
    with serving(tmp_path / "data", NOW) as at:
        assert who_serves(tmp_path / "data") is None
        served = at("http://127.0.0.1:4200/api")
        assert who_serves(tmp_path / "data") == served
        assert (served.pid, served.page_url, served.since) == (os.getpid(), "http://127.0.0.1:4200", NOW.isoformat())
    assert who_serves(tmp_path / "data") is None


def test_a_second_one_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path, NOW) as at:
        with pytest.raises(RunLocked, match=r"is served already \(another process, which is starting\)"), serving(tmp_path, NOW):
            pass
        at("http://127.0.0.1:4200/api")
        said = rf"served already \(process {os.getpid()} on .*, http://127.0.0.1:4200\)"
        with pytest.raises(RunLocked, match=said), serving(tmp_path, NOW):
            pass


def test_what_a_killed_one_left_is_nobody(tmp_path: Path) -> None:
    (tmp_path / "serve.lock").write_text('{"pid": 1, "host": "x", "since": "x", "api_url": "x"}', encoding="utf-8")
    assert who_serves(tmp_path) is None
    with serving(tmp_path, NOW):
        assert (tmp_path / "serve.lock").read_text(encoding="utf-8") == ""
