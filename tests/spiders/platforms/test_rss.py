from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.crawling import SourceOrder
from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, RawPosting
from spiders.platforms.rss import RssSpider

BOARD = "osprey.example/feed.xml"
FIXTURE = Path(__file__).parents[2] / "fixtures" / "rss" / "fullest.xml"


def _read(body: bytes, fields: dict[str, str]) -> list[RawPosting]:
    order = SourceOrder("rss", BOARD, fields=fields)
    spider = RssSpider(orders=[order], now=datetime(2026, 11, 1, tzinfo=UTC))
    return [part for part in spider.read(body, BOARD) if isinstance(part, RawPosting)]


def test_what_the_configuration_names_goes_before_the_usual_elements() -> None:
    fields = {"company": "dc:creator", "location": "category", "department": "nowhere/@x"}
    raw = _read(FIXTURE.read_bytes(), fields)[0]
    posting = to_posting(raw, CompanyFacts())
    assert posting.company.name == "Sam Ortega"
    assert posting.location == "Data; Birds"
    assert posting.department == "Field"


def test_an_author_who_is_not_made_the_company_is_dropped() -> None:
    raw = _read(FIXTURE.read_bytes(), {})[0]
    assert "dc:creator" not in raw.payload
    assert "Sam Ortega" not in str(raw.payload)


@pytest.mark.parametrize(
    ("board", "address"),
    [
        ("osprey.example/feed.xml?a=b&c=d", "https://osprey.example/feed.xml?a=b&c=d"),
        ("https://osprey.example/a b.xml", "https://osprey.example/a%20b.xml"),
        ("osprey.example", "https://osprey.example/"),
    ],
)
def test_the_board_is_the_feeds_address(board: str, address: str) -> None:
    assert list(RssSpider().addresses(board)) == [address]
