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

AGENT = "rolecall"
"""The name that robots.txt files know us by."""
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
    """Reads a server's robots.txt once a shard, keeps its ``Crawl-delay``, and stops what it forbids."""

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
        meta = {IS_ROBOTS: True, **{key: request.meta[key] for key in ("board",) if key in request.meta}}
        try:
            response = await self._crawler.engine.download_async(
                Request(address, priority=_AHEAD, meta=meta, callback=NO_CALLBACK, dont_filter=True)
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, it is silence of the server
            return Rules(failure=failure_of(error, address, spider.settings.getint("DOWNLOAD_MAXSIZE")))
        rules = rules_of(response, urlsplit(root).netloc)
        spider.paces.of(address).slow_to(rules.crawl_delay_seconds)
        return rules


def rules_of(response: Response, host: str) -> Rules:
    """The rules of a robots.txt answer.

    Args:
        response: the last one, after redirects.
        host: how failures name the server.
    """
    if response.status >= 500:
        says = f"answers {response.status}, which forbids crawling for now (RFC 9309)"
        return Rules(failure=BoardFailure(FailureKind.ROBOTS, host=host, says=says))
    if response.status >= 300 or response.status == 204:
        return Rules()
    rules = Rules(Protego.parse(response.body[:_GREATEST_BYTES].decode("utf-8", "replace")))
    if rules.crawl_delay_seconds > LONGEST_WAIT_SECONDS:
        says = f"asks for {rules.crawl_delay_seconds:g} seconds between two requests"
        return Rules(failure=BoardFailure(FailureKind.ROBOTS, is_put_off=True, host=host, says=says))
    return rules


def _root(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
