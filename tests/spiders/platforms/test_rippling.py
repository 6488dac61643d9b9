from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind
from spiders.platforms.rippling import RipplingSpider

API = "/platform/api/ats"


def _row(id_: str, label: str | None) -> dict[str, Any]:
    return {"uuid": id_, "name": "Baker", "workLocation": {"label": label, "id": label}}


def test_rows_of_one_job_are_one_posting_with_all_places() -> None:
    rows = [_row("A", "Oslo, NO"), _row("B", None), _row("A", "Remote (Norway)"), _row("A", "Oslo, NO"), None, {"name": "x"}]
    parts = [part for part in RipplingSpider().read(json.dumps(rows).encode(), "acme") if isinstance(part, RawPosting)]
    assert [part.external_id for part in parts] == ["A", "B"]
    assert parts[0].payload["workLocations"] == ["Oslo, NO", "Remote (Norway)"]


def test_the_first_version_is_asked_where_there_is_no_second(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    server.on(f"{API}/v1/board/acme/jobs", loopback.Reply([_row("A", "Oslo, NO"), _row("A", "Bergen, NO")]))
    server.on(f"{API}/v1/board/acme/jobs/A", loopback.Reply({"uuid": "A", "name": "Baker", "companyName": "Acme"}))
    orders = [loopback.SourceOrder("rippling", board, server.base_url, 0.0) for board in ("acme", "Acme")]
    run = loopback.crawl(tmp_path, orders)
    assert (run.results["acme"].status, run.results["acme"].requests) == (BoardStatus.COMPLETE, 3)
    assert run.postings("acme")[0].payload["companyName"] == "Acme"
    assert (run.results["Acme"].status, run.results["Acme"].failure) == (BoardStatus.FAILED, FailureKind.NOT_FOUND)


def test_the_second_version_is_read_page_by_page(servers: Callable[[], Any], loopback: Any, tmp_path: Path) -> None:
    server = servers()
    for page in (0, 1):
        items = [{"id": f"J{page}{at}", "name": "Baker"} for at in range(2)]
        body = {"items": items, "page": page, "pageSize": 2, "totalItems": 4, "totalPages": 2}
        server.on(f"{API}/v2/board/acme/jobs?groupJobsByLocation=true&page={page}", loopback.Reply(body))
    run = loopback.crawl(tmp_path, [loopback.SourceOrder("rippling", "acme", server.base_url, 0.0)])
    assert (run.results["acme"].status, run.results["acme"].postings) == (BoardStatus.COMPLETE, 4)
