from __future__ import annotations

import json
from typing import Any

import pytest

from spiders.board import Ask
from spiders.platforms.himalayas import PAGES, HimalayasSpider


def _asks(offset: int, jobs: list[Any]) -> list[Ask]:
    address = f"https://himalayas.app/jobs/api?limit=20&offset={offset}"
    parts = HimalayasSpider().read(json.dumps({"jobs": jobs}).encode(), "himalayas", address=address)
    return [part for part in parts if isinstance(part, Ask)]


def _jobs(number: int) -> list[Any]:
    return [{"title": "Baker", "guid": f"https://himalayas.app/{at}"} for at in range(number)]


def test_a_full_page_leads_to_the_next_and_a_short_one_is_the_last() -> None:
    assert [ask.address for ask in _asks(40, _jobs(20))] == ["https://himalayas.app/jobs/api?limit=20&offset=60"]
    assert _asks(40, _jobs(20))[0].is_next
    assert _asks(40, _jobs(19)) == []


@pytest.mark.parametrize(("page", "leads_on"), [(PAGES - 2, True), (PAGES - 1, False)])
def test_the_window_is_bounded(page: int, leads_on: bool) -> None:
    assert bool(_asks(page * 20, _jobs(20))) is leads_on
