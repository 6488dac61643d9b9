"""A shard's crawl: Scrapy set up, run and stopped. One a process, since Twisted's reactor starts once."""

from __future__ import annotations

import asyncio
import logging
import resource
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from pipeline.crawling import BoardResult, ShardOrder
from spiders.memory import HostMemory
from spiders.middlewares.accounting import AccountingMiddleware, Traffic
from spiders.pace import Paces
from spiders.registry import spider_for
from spiders.rests import Rests
from spiders.settings import shard_settings
from spiders.writer import aside_path


class Shard:
    """The boards of one order; crawled side by side where their hosts differ, one request at a time where not."""

    def __init__(self, order: ShardOrder, changes: Mapping[str, Any]) -> None:
        self._order = order
        settings = {**shard_settings((source.base_url for source in order.sources), changes), "ROLECALL_OUT_DIR": order.out_dir}
        self._process = AsyncCrawlerProcess(Settings(settings))
        logging.disable(logging.INFO)  # two records a request would be made, only to be thrown away
        self._crawlers: list[Crawler] = []
        self._loop = asyncio.get_event_loop()
        self._began = monotonic()
        self.is_stopped = False

    def run(self) -> None:
        """Crawl until every board is done, or until ``stop`` is called."""
        paces = Paces()
        memory = HostMemory(Path(self._order.hosts_dir) if self._order.hosts_dir else None, self._order.now)
        rests = Rests(memory)
        for platform in dict.fromkeys(source.platform for source in self._order.sources):
            orders = [source for source in self._order.sources if source.platform == platform]
            crawler = self._process.create_crawler(spider_for(platform))
            self._crawlers.append(crawler)
            self._process.crawl(
                crawler,
                orders=orders,
                now=self._order.now,
                contact=self._order.contact,
                paces=paces,
                memory=memory,
                rests=rests,
            )
        self._process.start(install_signal_handlers=False)
        for source in self._order.sources:  # of boards that a stop left unfinished
            aside_path(Path(self._order.out_dir), source.platform, source.board).unlink(missing_ok=True)

    def stop(self) -> None:
        """End at once; safe to call from a signal handler. Boards that are done have their files already.

        Scrapy's own stop waits for the requests under way, for as long as a silent server likes; so the event loop is stopped.
        """
        self.is_stopped = True
        self._loop.call_soon_threadsafe(self._loop.stop)

    @property
    def results(self) -> tuple[BoardResult, ...]:
        return tuple(result for crawler in self._crawlers for result in getattr(crawler.spider, "results", ()))

    def stats(self) -> dict[str, Any]:
        """Counts for the stats file; times in seconds, memory in megabytes."""
        traffics = [_traffic(crawler) for crawler in self._crawlers]
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "shard_id": self._order.shard_id,
            "host": self._order.host,
            "boards": len(self._order.sources),
            "board_statuses": dict(Counter(str(result.status) for result in self.results)),
            "postings": sum(result.postings for result in self.results),
            "requests": sum(traffic.requests for traffic in traffics),
            "bytes": sum(traffic.bytes for traffic in traffics),
            "http_statuses": dict(sum((traffic.statuses for traffic in traffics), Counter[str]())),
            "seconds": round(monotonic() - self._began, 3),
            "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3),
            "peak_memory_mb": round(_peak_memory_mb(), 1),
            "is_stopped": self.is_stopped,
        }


def _peak_memory_mb() -> float:
    """Most memory that this process has held.

    Linux counts into ``ru_maxrss`` what the process that started this one held at that moment; ``VmHWM`` is our own.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def _traffic(crawler: Crawler) -> Traffic:
    """Counts of a crawler; none where it was stopped before it began."""
    try:
        accounting = crawler.get_downloader_middleware(AccountingMiddleware)
    except RuntimeError:
        return Traffic()
    return accounting.traffic if accounting else Traffic()
