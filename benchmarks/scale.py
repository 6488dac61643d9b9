"""What a night costs at 1,000, 10,000 and 200,000 boards: measured a board and a posting, then multiplied out at a courteous pace.

usage: python -m benchmarks.scale [BOARDS]

Two whole nights over a fake of BOARDS (40) boards give CPU seconds and bytes; the rest is arithmetic on the assumptions below, each
of which is printed. The mix of platforms is that of the curated list, the pace that of the terms file.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.crawl.__main__ import fake
from benchmarks.crawl.fake import POSTINGS, body
from benchmarks.crawl.night import FIRST, night
from flows.plan import MOST_SHARDS, USUAL_BOARDS_A_SHARD
from pipeline.curated_boards import curated_boards
from pipeline.terms import platform
from storage.store import Store

COLUMNS = ("boards and requests", "received", "core-hours", "longest host", "task runs", "SQL a year", "Parquet a year")
SIZES = (1_000, 10_000, 200_000)
NIGHT_HOURS = 8.0
POSTINGS_A_BOARD = 30
CHANGED_BOARDS = 0.35
"""Share of boards whose list differs from the night before."""
MOVED_POSTINGS = 0.03
"""Share of postings that are new or changed in a night."""
PACKED = 0.22
"""Of a list's JSON, over the wire."""
NOT_MODIFIED_BYTES = 400


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one night over the fake."""

    first_s: float
    """CPU seconds a posting: crawl, parse, label, store."""
    unchanged_s: float
    """CPU seconds a board whose list is a 304."""
    database_bytes: float
    """A posting."""
    dataset_bytes: float
    """A posting, texts and payloads."""


def measure(boards: int) -> Measured:
    """A first night and one in which nothing has changed."""
    with fake(boards + 1) as address, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(f"sqlite:///{folder / 'rolecall.db'}", folder, create=True) as store:
            night(store, address, range(boards, boards + 1), FIRST)  # models and lexicons are loaded
            start, _ = night(store, address, range(boards, boards + 1), FIRST + timedelta(days=1))
            empty = _in_use(store)
            first, _ = night(store, address, range(boards), FIRST + timedelta(days=2))
            second, _ = night(store, address, range(boards), FIRST + timedelta(days=3))
            database = _in_use(store) - empty
        postings = boards * POSTINGS
        dataset = sum(map(_size, [*folder.glob("postings/**/*.parquet"), *folder.glob("raw/**/*.parquet")]))
    return Measured((first - start) / postings, (second - start) / boards, database / postings, dataset / postings)


def _in_use(store: Store) -> int:
    """Bytes of the database less its free pages, which the next night fills again."""
    with store.engine.connect() as connection:
        pages, free, size = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


def _size(path: Path) -> int:
    return path.stat().st_size


def longest_host_hours(boards: int) -> tuple[str, float]:
    """The shared API host that takes longest at its pace, one request a board, and its hours."""
    mix = Counter(row.platform for row in curated_boards())
    hours = {
        name: boards * count / mix.total() * platform(name).delay_seconds / 3600
        for name, count in mix.items()
        if platform(name).host is not None
    }
    name = max(hours, key=lambda one: hours[one])
    return name, hours[name]


def main(boards: int) -> int:
    """Print the assumptions and the table."""
    found = measure(boards)
    list_bytes = len(body(1)) / POSTINGS * POSTINGS_A_BOARD * PACKED
    print(
        f"measured on {boards} boards of {POSTINGS} postings: {found.first_s * 1000:.1f} ms of CPU a new posting, "
        f"{found.unchanged_s * 1000:.1f} ms a board that is a 304, "
        f"{found.database_bytes / 1000:.1f} KB of SQLite and {found.dataset_bytes / 1000:.2f} KB of Parquet a posting"
    )
    print(
        f"assumed: {POSTINGS_A_BOARD} postings a board, {CHANGED_BOARDS:.0%} of the boards and {MOVED_POSTINGS:.0%} of postings "
        f"change in a night, one request a board, a list of {list_bytes / 1000:.0f} KB packed, a night of {NIGHT_HOURS:g} h\n"
    )
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    for size in SIZES:
        print(_line(size, found, list_bytes))
    return 0


def _line(boards: int, found: Measured, list_bytes: float) -> str:
    moved = boards * POSTINGS_A_BOARD * MOVED_POSTINGS
    received = boards * (CHANGED_BOARDS * list_bytes + (1 - CHANGED_BOARDS) * NOT_MODIFIED_BYTES)
    hours = (moved * found.first_s + boards * found.unchanged_s) / 3600
    host, longest = longest_host_hours(boards)
    shards = min(MOST_SHARDS, -(-boards // USUAL_BOARDS_A_SHARD) + len({row.platform for row in curated_boards()}))
    yearly = 365 * moved / 1e9
    sizes = (f"{yearly * one:.1f} GB" for one in (found.database_bytes, found.dataset_bytes))
    cells = (f"{boards:,}", f"{received / 1e9:.2f} GB", f"{hours:.3f}", f"{host}, {longest:.1f} h", str(shards), *sizes)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
