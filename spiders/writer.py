"""Boards to files: postings as they come, the result when the board is done, each under its name only once it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

import orjson
from scrapy.crawler import Crawler

from pipeline.crawling import result_to_json, slug
from pipeline.vocabulary import FailureKind
from spiders.base import BoardSpider
from spiders.board import Batch, Board
from spiders.failures import BoardFailure


class BoardWriter:
    """Scrapy's item pipeline: takes one Batch a response and ends a board with its last one."""

    def __init__(self, spider: BoardSpider, out_dir: Path) -> None:
        self._spider = spider
        self._out_dir = out_dir
        self._open: dict[Path, IO[bytes]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BoardWriter:
        assert isinstance(crawler.spider, BoardSpider)
        return cls(crawler.spider, Path(crawler.settings["ROLECALL_OUT_DIR"]))

    def process_item(self, item: Any) -> Any:
        if not isinstance(item, Batch):
            return item
        if item.postings:
            # orjson writes a RawPosting as pipeline.crawling.raw_to_json has it, and much faster; a test holds the two together
            self._file(item.board).write(
                b"".join(orjson.dumps(posting, option=orjson.OPT_APPEND_NEWLINE) for posting in item.postings)
            )
        item.board.outstanding -= 1
        if item.board.outstanding == 0:
            self._finish(item.board)
        return item

    def close_spider(self) -> None:
        """Called when no request is left: a board that is not done by now was lost on the way, and says so."""
        for board in self._spider.boards:
            if not board.is_done:
                what = f"{board.order.platform}:{board.name}"
                board.fail(BoardFailure(FailureKind.CRASHED, what=what, detail="a request was lost"))
                self._finish(board)

    def _file(self, board: Board) -> IO[bytes]:
        aside = self._aside(board)
        if aside not in self._open:
            self._open[aside] = aside.open("wb")
        return self._open[aside]

    def _finish(self, board: Board) -> None:
        board.is_done = True
        result = board.result()
        name = slug(board.order.platform, board.name)
        aside, final = self._aside(board), self._out_dir / f"{name}.jsonl"
        file = self._open.pop(aside, None)
        if file is not None:
            file.close()
        if file is not None and result.postings:
            aside.replace(final)
        else:  # nothing read, or the same as last night
            aside.unlink(missing_ok=True)
            final.unlink(missing_ok=True)
        _write_whole(self._out_dir / f"{name}.result.json", orjson.dumps(result_to_json(result)))
        self._spider.results.append(result)
        board.forget()

    def _aside(self, board: Board) -> Path:
        return aside_path(self._out_dir, board.order.platform, board.name)


def aside_path(out_dir: Path, platform: str, board: str) -> Path:
    """Where a board's postings stand until the board is done."""
    return out_dir / f"{slug(platform, board)}.jsonl.part"


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file aside and rename it, so that a reader sees all of it or nothing."""
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(content)
    aside.replace(path)
