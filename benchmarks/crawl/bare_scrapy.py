"""The other rival: Scrapy, tuned for speed, without a guard of ours.

usage: python -m benchmarks.crawl.bare_scrapy ADDRESS BOARDS
"""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import orjson
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

_TUNED = {
    "CONCURRENT_REQUESTS": 64,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 64,
    "CONCURRENT_ITEMS": 1,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "WARNING",
}


class BoardsSpider(scrapy.Spider):
    """One batch item a response."""

    name = "bare"

    def __init__(self, address: str, boards: int, **more: Any) -> None:
        super().__init__(**more)
        self._address, self._boards = address, boards
        self.found = 0

    async def start(self) -> AsyncIterator[Any]:
        for board in range(self._boards):
            yield scrapy.Request(f"{self._address}/v1/boards/{board}/jobs", dont_filter=True)

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        jobs = orjson.loads(response.body)["jobs"]
        self.found += len(jobs)
        yield {"jobs": jobs}


def main(address: str, boards: int) -> None:
    """Read every board and print what it cost."""
    process = AsyncCrawlerProcess(_TUNED)
    crawler = process.create_crawler(BoardsSpider)
    began = time.process_time()
    process.crawl(crawler, address=address, boards=boards)
    process.start()
    spent = time.process_time() - began
    assert isinstance(crawler.spider, BoardsSpider)
    print(orjson.dumps({"postings": crawler.spider.found, "cpu_seconds": spent}).decode())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
