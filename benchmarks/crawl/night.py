"""Two whole nights over the fake: crawl, files, labels, store. The second one finds everything as it was.

usage: python -m benchmarks.crawl.night [BOARDS]

CPU seconds of the shard's process and of our own; imports and start, as one board costs them, are deducted. The engine around it
(Prefect and its server) is left out.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.crawl.__main__ import fake
from flows.classify import label_board
from flows.shards import read_postings, run_shard
from pipeline.crawling import ShardOrder, SourceOrder, Validators
from pipeline.records import CompanyFacts
from storage.store import Store

BOARDS = 40
MOST_SECOND_NIGHT = 0.20
FIRST = datetime(2026, 1, 5, 2, tzinfo=UTC)
_FACTS = CompanyFacts()


def night(store: Store, address: str, names: range, now: datetime) -> tuple[float, int]:
    """One night; gives its CPU seconds and how many postings were labelled."""
    before = _spent()
    run_id = store.begin_run(now.date(), now)
    out_dir = store.data_dir / "runs" / run_id / "boards"
    known: Mapping[str, Mapping[str, Validators]] = {str(name): store.validators("greenhouse", str(name)) for name in names}
    sources = tuple(SourceOrder("greenhouse", board, address, 0.0, given) for board, given in known.items())
    order = ShardOrder("night", "loopback", now, None, str(out_dir), sources, str(store.data_dir / "hosts"))
    labelled = 0
    for result in run_shard(order, lambda: False, lambda result: None):
        hashes = store.known_hashes(result.platform, result.board)
        board = label_board(read_postings(out_dir, result), _FACTS, hashes)
        labelled += len(board.labelled)
        store.commit_board(run_id, result, board.seen, board.labelled, board.raws, _FACTS)
    store.finish_run(run_id, {})
    return _spent() - before, labelled


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main(boards: int) -> int:
    """Print both nights; gives the exit code."""
    with fake(boards + 1) as address, tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'rolecall.db'}"
        with Store.open(url, Path(folder), create=True) as store:
            night(store, address, range(boards, boards + 1), FIRST)  # models and lexicons are loaded
            start, _ = night(store, address, range(boards, boards + 1), FIRST + timedelta(days=1))
            first, labelled = night(store, address, range(boards), FIRST + timedelta(days=2))
            second, again = night(store, address, range(boards), FIRST + timedelta(days=3))
    assert (labelled, again) == (boards * 50, 0)
    share = (second - start) / (first - start)
    print(f"{boards} boards of 50 postings, whole nights: first {first - start:.2f} s, second {second - start:.2f} s of CPU time")
    print(f"second night: {share:.1%} of the first (bar {MOST_SECOND_NIGHT:.0%})")
    return 0 if share <= MOST_SECOND_NIGHT else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else BOARDS))
