from __future__ import annotations

import json

import pytest

from spiders.board import Ask
from spiders.platforms.arbeitnow import PAGES, ArbeitnowSpider

API = "https://www.arbeitnow.com/api/job-board-api"


@pytest.mark.parametrize(
    ("links", "page", "leads_to"),
    [
        ({"next": f"{API}?page=2"}, 1, [f"{API}?page=2"]),
        ({"next": "http://169.254.169.254/latest"}, 1, [f"{API}?page=2"]),
        ({"next": None}, 1, []),
        (None, 1, []),
        ({"next": "x"}, PAGES, []),
    ],
)
def test_the_next_page_is_asked_for_at_the_feeds_own_address(links: object, page: int, leads_to: list[str]) -> None:
    body = json.dumps({"data": [{"slug": "a", "title": "Baker"}], "links": links}).encode()
    parts = ArbeitnowSpider().read(body, "arbeitnow", address=f"{API}?page={page}")
    assert [part.address for part in parts if isinstance(part, Ask)] == leads_to
