from __future__ import annotations

import pytest
from scrapy.http import Response

from spiders.middlewares.robots import rules_in, text_of
from spiders.robots_text import AGENT, forbids

ADDRESS = "https://a.example/robots.txt"


@pytest.mark.parametrize("status", [204, 304, 400, 401, 403, 404, 410, 429])
def test_a_server_without_a_robots_txt_allows_everything(status: int) -> None:
    assert text_of(Response(ADDRESS, status=status, body=b"User-agent: *\nDisallow: /")) == ""
    assert rules_in("", "a.example").failure is None
    assert rules_in("", "a.example").parsed is None


@pytest.mark.parametrize("status", [500, 502, 503, 599])
def test_a_server_that_cannot_say_says_nothing(status: int) -> None:
    assert text_of(Response(ADDRESS, status=status, body=b"User-agent: *\nAllow: /")) is None


def test_rules_for_all_and_for_us() -> None:
    body = b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n\nUser-agent: rolecall\nDisallow: /embed/\nCrawl-delay: 2\nSitemap: https://a.example/map.xml\n"
    rules = rules_in(text_of(Response(ADDRESS, body=body)) or "", "a.example")
    assert rules.parsed is not None
    assert rules.parsed.can_fetch("https://a.example/v1/boards", AGENT)
    assert not rules.parsed.can_fetch("https://a.example/embed/x", AGENT)
    assert rules.crawl_delay_seconds == 2
    assert rules.sitemaps == ("https://a.example/map.xml",)


def test_a_crawl_delay_of_hours_puts_the_board_off() -> None:
    rules = rules_in("User-agent: *\nCrawl-delay: 3600\n", "a.example")
    assert rules.failure is not None
    assert rules.failure.is_put_off
    assert "3600 seconds" in str(rules.failure)


def test_bytes_that_are_no_text_forbid_nothing() -> None:
    text = text_of(Response(ADDRESS, body=bytes(range(256)) * 4000))
    assert rules_in(text or "", "a.example").failure is None


@pytest.mark.parametrize(
    ("text", "address", "is_forbidden"),
    [
        ("", "https://a.example/v1/boards", False),
        ("User-agent: *\nDisallow: /v1/", "https://a.example/v1/boards?x=1", True),
        ("User-agent: *\nDisallow: /v2/", "https://a.example/v1/boards", False),
        ("User-agent: *\nAllow: /\n\nUser-agent: rolecall\nDisallow: /", "https://a.example/v1/boards", True),
    ],
)
def test_what_a_kept_text_forbids(text: str, address: str, is_forbidden: bool) -> None:
    assert forbids(text, address) is is_forbidden
