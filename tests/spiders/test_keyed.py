"""Keys reach the server and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.crawling import SourceOrder
from pipeline.vocabulary import BoardStatus, FailureKind

ID, KEY, EMAIL = "id-4711", "key/ 4711+x", "owner@example.org"
NAMES = ("ROLECALL_ADZUNA_ID", "ROLECALL_ADZUNA_KEY", "ROLECALL_USAJOBS_KEY", "ROLECALL_USAJOBS_EMAIL")


@pytest.fixture
def with_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in zip(NAMES, (ID, KEY, KEY, EMAIL), strict=True):
        monkeypatch.setenv(name, value)


def _left(out_dir: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in out_dir.iterdir())


@pytest.mark.usefixtures("with_keys")
def test_keys_are_sent_and_kept_nowhere(loopback: Any, servers: Any, tmp_path: Path) -> None:
    server = servers()
    job = {"id": 1, "title": "Baker", "redirect_url": "https://www.adzuna.co.uk/1"}
    item = {"MatchedObjectId": "1", "MatchedObjectDescriptor": {"PositionTitle": "Baker"}}
    server.on("/v1/api/jobs/gb", loopback.Reply({"results": [job]}))
    server.on("/api/search", loopback.Reply({"SearchResult": {"SearchResultItems": [item]}}))
    orders = [SourceOrder(name, board, server.base_url, 0.0) for name, board in (("adzuna", "gb/bread"), ("usajobs", "2210"))]
    done = loopback.crawl(tmp_path / "out", orders)
    assert {result.status for result in done.results.values()} == {BoardStatus.COMPLETE}
    adzuna = server.paths("/v1")[0]
    assert adzuna.endswith("&app_id=id-4711&app_key=key%2F%204711%2Bx")
    usajobs = next(asked for asked in server.asked if asked.path.startswith("/api"))
    assert (usajobs.headers["authorization-key"], usajobs.headers["user-agent"]) == (KEY, EMAIL)
    assert "4711" not in _left(tmp_path / "out") + done.log


@pytest.mark.usefixtures("with_keys")
def test_failures_and_redirects_do_not_tell_the_key(loopback: Any, servers: Any, tmp_path: Path) -> None:
    server, elsewhere = servers(), servers()
    server.on("/v1/api/jobs/gb", loopback.Reply("", 302, {"Location": elsewhere.base_url + "/taken"}))
    server.on("/v1/api/jobs/us", loopback.Reply({"results": []}, wait_seconds=3.0))
    server.on("/v1/api/jobs/fr", loopback.Reply("no", 401))
    orders = [SourceOrder("adzuna", board, server.base_url, 0.0) for board in ("gb", "us", "fr")]
    done = loopback.crawl(tmp_path / "out", orders, "DOWNLOAD_TIMEOUT=1", "RETRY_TIMES=0")
    assert {result.status for result in done.results.values()} == {BoardStatus.FAILED}
    assert elsewhere.asked == []
    assert "4711" not in _left(tmp_path / "out") + done.log


def test_without_a_key_nothing_is_asked_outside_loopback(loopback: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    done = loopback.crawl(tmp_path / "out", [SourceOrder("usajobs", "2210")], contact="https://example.org/bot")
    result = done.results["2210"]
    assert (result.status, result.failure, result.requests) == (BoardStatus.FAILED, FailureKind.ADDRESS_REFUSED, 0)
    assert "ROLECALL_USAJOBS_KEY and ROLECALL_USAJOBS_EMAIL must be set" in (result.reason or "")
