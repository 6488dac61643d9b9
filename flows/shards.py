"""One shard is one process: start it, watch it, end it, read what it left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson

from pipeline.crawling import BoardResult, ShardOrder, order_to_json, raw_from_json, result_from_json, slug
from pipeline.records import RawPosting
from pipeline.vocabulary import BoardStatus, FailureKind

GRACE_SECONDS = 5.0
_POLL_SECONDS = 0.2
_LOG_TAIL_BYTES = 2000
OnBoard = Callable[[BoardResult], None]


def run_shard(order: ShardOrder, is_stopped: Callable[[], bool], on_board: OnBoard) -> tuple[BoardResult, ...]:
    """Crawl a shard's boards in a process of its own.

    A board that the process left without a result (it crashed, or was stopped) gets a failed one, so that none is ever lost.

    Args:
        order: what to crawl.
        is_stopped: True to end the process in order; it is killed after five seconds.
        on_board: told of each result as its file appears; what it raises ends the process.
    """
    out_dir = Path(order.out_dir)
    out_dir.mkdir(parents=True, exist_ok=True)
    order_path = out_dir / f"{order.shard_id}.order.json"
    order_path.write_bytes(orjson.dumps(order_to_json(order)))
    for source in order.sources:  # of an earlier attempt: how that one ended is on record
        _result_path(out_dir, source.platform, source.board).unlink(missing_ok=True)
    log_path = out_dir / f"{order.shard_id}.log"
    with log_path.open("wb") as log:
        # -P: without it a folder of the user's that is called storage/ shadows ours
        # a session of its own: Ctrl-C reaches it through us, so that it ends in order
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module, a path that we chose
            [sys.executable, "-P", "-m", "spiders.run", str(order_path), "--parent", str(os.getpid())],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            told = _watch(process, order, is_stopped, on_board)
        finally:
            if process.poll() is None:
                _end(process)
    results = []
    for source in order.sources:
        path = _result_path(out_dir, source.platform, source.board)
        result = told.get(path) or _read_result(path)
        if result is None:
            result = _lost(source.platform, source.board, process.returncode, is_stopped(), log_path)
            on_board(result)
        elif path not in told:
            on_board(result)
        results.append(result)
    return tuple(results)


def read_postings(out_dir: Path, result: BoardResult) -> Iterator[RawPosting]:
    """The RawPostings that a shard wrote for a board; none where it wrote no file."""
    path = out_dir / f"{slug(result.platform, result.board)}.jsonl"
    if path.exists():
        with path.open("rb") as lines:
            for line in lines:
                yield raw_from_json(orjson.loads(line))


def log_lines(order: ShardOrder) -> list[str]:
    """What the shard's process said, for the engine's own log; the last lines of a long one."""
    return _tail(Path(order.out_dir) / f"{order.shard_id}.log")


def _watch(
    process: subprocess.Popen[bytes], order: ShardOrder, is_stopped: Callable[[], bool], on_board: OnBoard
) -> dict[Path, BoardResult]:
    waiting = [_result_path(Path(order.out_dir), source.platform, source.board) for source in order.sources]
    told: dict[Path, BoardResult] = {}
    while process.poll() is None:
        time.sleep(_POLL_SECONDS)
        if is_stopped():
            _end(process)
        for path in [path for path in waiting if path.exists()]:
            result = _read_result(path)
            if result is not None:
                waiting.remove(path)
                told[path] = result
                on_board(result)
    return told


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _result_path(out_dir: Path, platform: str, board: str) -> Path:
    return out_dir / f"{slug(platform, board)}.result.json"


def _read_result(path: Path) -> BoardResult | None:
    return result_from_json(orjson.loads(path.read_bytes())) if path.exists() else None


def _lost(platform: str, board: str, returncode: int | None, stopped: bool, log_path: Path) -> BoardResult:
    if stopped:
        kind, reason = FailureKind.INTERRUPTED, "the run was stopped before this board was reached; run again to go on"
    else:
        last = _tail(log_path)
        said = f" after saying: {last[-1][:200]}" if last else ""
        kind, reason = FailureKind.CRASHED, f"the crawling process ended with {returncode}{said}; its log is {log_path}"
    return BoardResult(platform, board, BoardStatus.FAILED, failure=kind, reason=reason)


def _tail(log_path: Path) -> list[str]:
    return log_path.read_bytes()[-_LOG_TAIL_BYTES:].decode("utf-8", "replace").strip().splitlines()
