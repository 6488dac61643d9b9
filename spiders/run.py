"""``python -P -m spiders.run ORDER.json``: crawl one shard.

Reads an order (``pipeline.crawling.ShardOrder``), leaves ``<slug>.jsonl`` and ``<slug>.result.json`` for each board and
``<shard_id>.stats.json`` in the order's folder, and exits with 0 (every board complete or put off), 3 (some board failed or is
partial), 2 (the order cannot be read) or 130 (stopped: what was done is kept). Messages go to standard error.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import orjson

from pipeline.crawling import ShardOrder, order_from_json
from pipeline.errors import RolecallError, UsageError, did_you_mean
from pipeline.vocabulary import BoardStatus
from spiders.parent import watch_parent

if TYPE_CHECKING:
    from spiders.shard import Shard

DONE, PARTIAL, STOPPED = 0, 3, 130
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class _Stop:
    """What a signal does: before the crawl it ends the process, during it the shard; a second one ends the process at once."""

    def __init__(self) -> None:
        self.shard: Shard | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.shard is None or self.shard.is_stopped:
            os._exit(STOPPED)
        self.shard.stop()


def main(arguments: Sequence[str] | None = None) -> int:
    """Crawl the order's boards and give the exit code."""
    stop = _Stop()
    for number in _SIGNALS:
        signal.signal(number, stop)
    try:
        options = _parser().parse_args(arguments)
        changes = dict(_setting(text) for text in options.set)
        order = _read_order(options.order)
        if options.parent is not None:
            watch_parent(options.parent, lambda: os._exit(STOPPED))  # every file of a board is whole at any moment
        from spiders.shard import Shard  # three seconds of imports, after everything that can go wrong without them

        stop.shard = shard = Shard(order, changes)
        shard.run()
    except RolecallError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    stats_path = Path(order.out_dir) / f"{order.shard_id}.stats.json"
    stats_path.write_bytes(orjson.dumps(shard.stats(), option=orjson.OPT_INDENT_2))
    if shard.is_stopped:
        return STOPPED
    is_whole = all(result.status in (BoardStatus.COMPLETE, BoardStatus.SKIPPED) for result in shard.results)
    return DONE if is_whole and len(shard.results) == len(order.sources) else PARTIAL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -P -m spiders.run", description="Crawl one shard.")
    parser.add_argument("order", type=Path, help="the shard's order, as JSON")
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process, which started the shard, is gone")
    parser.add_argument(
        "-s", "--set", action="append", default=[], metavar="NAME=VALUE", help="DOWNLOAD_TIMEOUT, DOWNLOAD_MAXSIZE or RETRY_TIMES"
    )
    return parser


def _read_order(path: Path) -> ShardOrder:
    try:
        return order_from_json(orjson.loads(path.read_bytes()))
    except OSError as error:
        raise UsageError(f"order {path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"order {path} is no shard order: {error}") from None


def _setting(text: str) -> tuple[str, Any]:
    from spiders.settings import TUNABLE

    name, _, value = text.partition("=")
    if name not in TUNABLE:
        raise UsageError(
            f"setting '{name}' cannot be changed{did_you_mean(name, TUNABLE) or '; choose from ' + ', '.join(TUNABLE)}"
        )
    try:
        return name, TUNABLE[name](value)
    except ValueError:
        raise UsageError(f"setting {name} must be a number, not '{value}'") from None


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    # requests under way when the shard was stopped would be torn down one by one, with a traceback each; nothing of them is needed
    os._exit(code)
