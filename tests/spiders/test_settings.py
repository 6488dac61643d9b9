"""The effective settings of a shard, read from a crawler as Scrapy has them after all its own defaults."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from spiders.registry import names, spider_for
from spiders.resolver import ALLOWED_SETTING
from spiders.settings import MEGABYTE, TUNABLE, shard_settings

OURS = "spiders.middlewares."


def _effective(platform: str = "greenhouse") -> Settings:
    return Crawler(spider_for(platform), Settings(shard_settings(["http://127.0.0.1:8801/x", "https://a.example", None]))).settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELNETCONSOLE_ENABLED", False),
        ("REMOTE_CONTROL_ENABLED", False),
        ("DOWNLOAD_VERIFY_CERTIFICATES", True),
        ("DOWNLOAD_MAXSIZE", 32 * MEGABYTE),
        ("DOWNLOAD_TIMEOUT", 30.0),
        ("REDIRECT_MAX_TIMES", 5),
        ("CONCURRENT_ITEMS", 1),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", 1),
        ("COOKIES_ENABLED", False),
        ("DNSCACHE_ENABLED", False),
        ("HTTPCACHE_ENABLED", False),
        ("HTTPPROXY_ENABLED", False),
        ("METAREFRESH_ENABLED", False),
        ("ROBOTSTXT_OBEY", True),
        ("LOG_LEVEL", "WARNING"),
        ("TWISTED_DNS_RESOLVER", "spiders.resolver.PublicResolver"),
        (ALLOWED_SETTING, ["127.0.0.1:8801"]),
    ],
)
def test_an_unsafe_default_is_off(name: str, value: Any) -> None:
    assert _effective().get(name) == value


@pytest.mark.parametrize("platform", names())
def test_no_spider_changes_the_settings(platform: str) -> None:
    assert spider_for(platform).custom_settings is None
    assert dict(_effective(platform)) == dict(_effective())


def test_only_our_own_guards_and_three_of_scrapys_parts_run() -> None:
    settings = _effective()

    def active(name: str) -> list[str]:
        return build_component_list(settings.get_component_priority_dict_with_base(name))

    middlewares = active("DOWNLOADER_MIDDLEWARES")
    assert [name for name in middlewares if not name.startswith(OURS)] == [
        "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware"
    ]
    assert [name.rsplit(".", 1)[1] for name in middlewares if name.startswith(OURS)] == [
        "AddressGuardMiddleware",
        "UserAgentMiddleware",
        "RobotsMiddleware",
        "ConditionalMiddleware",
        "RetryMiddleware",
        "StrictBodyMiddleware",
        "RedirectMiddleware",
        "RefusedNameMiddleware",
        "PaceMiddleware",
        "RestMiddleware",
        "AccountingMiddleware",
    ]
    assert active("SPIDER_MIDDLEWARES") == ["scrapy.spidermiddlewares.start.StartSpiderMiddleware"]
    assert active("EXTENSIONS") == []
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme: handler for scheme, handler in handlers.items() if handler} == dict.fromkeys(
        ("http", "https"), "spiders.handler.DownloadHandler"
    )


def test_what_may_be_changed_is_no_guard() -> None:
    assert set(TUNABLE) == {"DOWNLOAD_TIMEOUT", "DOWNLOAD_MAXSIZE", "RETRY_TIMES"}
    assert shard_settings([], {"RETRY_TIMES": 0})["RETRY_TIMES"] == 0
