"""Our own spiders up to RawPostings in memory, every guard on, for two nights.

usage: python -m benchmarks.crawl.ours ADDRESS BOARDS FOLDER

The first run in a folder is a first night; it leaves what the server gave. The next one is the second night.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from pipeline.crawling import ShardOrder, SourceOrder, order_from_json, order_to_json
from spiders.board import Batch
from spiders.shard import Shard

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


class Counting:
    """In the writer's place: ends boards as it does, and counts the postings instead of writing them."""

    found = 0

    @classmethod
    def from_crawler(cls, crawler: Any) -> Counting:
        return cls(crawler.spider)

    def __init__(self, spider: Any) -> None:
        self._spider = spider

    def process_item(self, item: Any) -> Any:
        assert isinstance(item, Batch)
        Counting.found += len(item.postings)
        item.board.outstanding -= 1
        if item.board.outstanding == 0:
            self._spider.results.append(item.board.result())
        return item


def main(address: str, boards: int, folder: Path) -> None:
    """Read every board and print what it cost."""
    known = folder / "known.json"
    order = order_from_json(orjson.loads(known.read_bytes())) if known.exists() else _order(address, boards, folder)
    shard = Shard(order, {"ITEM_PIPELINES": {Counting: 100}})
    began = time.process_time()
    shard.run()
    spent = time.process_time() - began
    unchanged = sum(result.not_modified for result in shard.results)
    stats = shard.stats()
    told = {"postings": Counting.found, "unchanged": unchanged, "cpu_seconds": spent, "bytes": stats["bytes"]}
    print(orjson.dumps({**told, "memory_mb": stats["peak_memory_mb"]}).decode())
    given = {result.board: result.validators for result in shard.results}
    sources = (SourceOrder(one.platform, one.board, one.base_url, 0.0, given[one.board]) for one in order.sources)
    again = ShardOrder(order.shard_id, order.host, NOW, None, order.out_dir, tuple(sources), order.hosts_dir)
    known.write_bytes(orjson.dumps(order_to_json(again)))


def _order(address: str, boards: int, folder: Path) -> ShardOrder:
    sources = tuple(SourceOrder("greenhouse", str(board), address, 0.0, {}) for board in range(boards))
    return ShardOrder("benchmark", "loopback", NOW, None, str(folder), sources, str(folder / "hosts"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
