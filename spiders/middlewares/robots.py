"""robots.txt for every request, JSON APIs included, as RFC 9309 says: 4xx allows all, 5xx and silence forbid for now."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from pipeline.vocabulary import FailureKind
from spiders.base import BoardSpider
from spiders.failures import BoardFailure, failure_of
from spiders.retrying import LONGEST_WAIT_SECONDS
from spiders.robots_text import AGENT

IS_ROBOTS = "rolecall_robots"
_GREATEST_BYTES = 512_000
"""RFC 9309 asks for at least 500 KiB; what stands behind it is not read."""
_AHEAD = 1_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What a server's robots.txt says, or why it could not be read."""

    parsed: Protego | None = None
    """None where everything is allowed."""
    failure: BoardFailure | None = None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return tuple(self.parsed.sitemaps) if self.parsed is not None else ()

    @property
    def crawl_delay_seconds(self) -> float:
        return float(self.parsed.crawl_delay(AGENT) or 0.0) if self.parsed is not None else 0.0


class RobotsMiddleware:
    """Reads a server's robots.txt once a day, keeps its ``Crawl-delay``, and stops what it forbids."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(IS_ROBOTS):
            return
        root = _root(request.url)
        if root not in self._rules:
            self._rules[root] = asyncio.ensure_future(self._read(root, request))
        rules = await self._rules[root]
        what = request.meta["ask"].address if "ask" in request.meta else request.url
        if rules.failure is not None:
            raise rules.failure
        if rules.parsed is not None and not rules.parsed.can_fetch(request.url, AGENT):
            says = f"forbids {urlsplit(what).path}"
            raise BoardFailure(FailureKind.ROBOTS, host=urlsplit(what).netloc, says=says)

    def sitemaps(self, address: str) -> tuple[str, ...]:
        """The ``Sitemap:`` lines of the server of an address that was asked before."""
        task = self._rules.get(_root(address))
        return task.result().sitemaps if task is not None and task.done() else ()

    async def _read(self, root: str, request: Request) -> Rules:
        spider = self._crawler.spider
        assert isinstance(spider, BoardSpider)
        address = f"{root}/robots.txt"
        kept = spider.memory.robots(root)
        if kept is not None:
            return self._ready(rules_in(kept.text, urlsplit(root).netloc), address)
        meta = {
            IS_ROBOTS: True,
            "download_slot": urlsplit(root).netloc,
            **{key: request.meta[key] for key in ("board",) if key in request.meta},
        }
        try:
            response = await self._crawler.engine.download_async(
                Request(address, priority=_AHEAD, meta=meta, callback=NO_CALLBACK, dont_filter=True)
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, it is silence of the server
            return Rules(failure=failure_of(error, address, spider.settings.getint("DOWNLOAD_MAXSIZE")))
        text = text_of(response)
        if text is None:
            says = f"answers {response.status}, which forbids crawling for now (RFC 9309)"
            return Rules(failure=BoardFailure(FailureKind.ROBOTS, host=urlsplit(root).netloc, says=says))
        spider.memory.keep_robots(root, text)
        return self._ready(rules_in(text, urlsplit(root).netloc), address)

    def _ready(self, rules: Rules, address: str) -> Rules:
        assert isinstance(self._crawler.spider, BoardSpider)
        self._crawler.spider.paces.of(address).slow_to(rules.crawl_delay_seconds)
        return rules


def text_of(response: Response) -> str | None:
    """The text of a robots.txt answer, the last one after redirects: empty for a 4xx, None for a 5xx."""
    if response.status >= 500:
        return None
    if response.status >= 300 or response.status == 204:
        return ""
    return response.body[:_GREATEST_BYTES].decode("utf-8", "replace")


def rules_in(text: str, host: str) -> Rules:
    """The rules of a robots.txt.

    Args:
        text: empty where everything is allowed.
        host: how failures name the server.
    """
    if not text:
        return Rules()
    rules = Rules(Protego.parse(text))
    if rules.crawl_delay_seconds > LONGEST_WAIT_SECONDS:
        says = f"asks for {rules.crawl_delay_seconds:g} seconds between two requests"
        return Rules(failure=BoardFailure(FailureKind.ROBOTS, is_put_off=True, host=host, says=says))
    return rules


def _root(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
