"""Every format over few and many rows of a store: seconds, and peak memory, which must not grow with the rows.

usage: python -m benchmarks.exports [ROWS] [FOLDER]

ROWS is 300,000 where it is not given; 20,000 of them are the few. Both come from one store, since the database's own page cache
(64 MB a connection) grows with the store. FOLDER keeps the generated database for the next time. Each export is a process of its
own, from the store to a file, so that its peak is its own. Then the new matches of a search, where a target was told of nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, literal, select

from benchmarks.storage.figure import Figure
from benchmarks.storage.filling import filled
from benchmarks.storage.world import AT, NIGHT
from pipeline.filters import parse_filters
from storage import schema
from storage.exports import Exported, allowed
from storage.exports.about import About
from storage.exports.formats import FORMATS
from storage.feeds.entries import moved_last
from storage.feeds.matches import new_matches, shown
from storage.queries.jobs import COLUMNS, rows
from storage.store import Store

SMALLER, ROWS = 20_000, 300_000
MOST_GROWTH_MB = 96
"""A row group of Parquet and a workbook's first 65,530 links are held; 280,000 rows held would be more than a gigabyte."""
MOST_MATCHES_SECONDS = 30


def export(name: str, url: str, folder: str, number: int) -> dict[str, float]:
    """Write that many rows in one format; gives seconds and peak megabytes of this process."""
    began = time.perf_counter()
    with Store.open_reading(url, Path(folder)) as store:
        filters, told = parse_filters({"state": "all", "limit": number}), Exported()
        found = moved_last(store, filters, told) if FORMATS[name].is_feed else allowed(rows(store, filters), told)
        with (Path(folder) / f"jobs.{FORMATS[name].suffix}").open("wb") as out:
            FORMATS[name].write(_closing(found), tuple(COLUMNS), About("Benchmark", AT), out)
            size = out.tell()
    assert told.rows == number
    return {"seconds": time.perf_counter() - began, "mb": _peak_mb(), "file": size / 1e6}


def _peak_mb() -> float:
    """Of this process since its program began: ``ru_maxrss`` would begin with what the parent held when it forked."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _closing(found: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows with a closing date, which the generated world has none of."""
    for row in found:
        yield {**row, "expires_on": NIGHT + timedelta(days=30)}


def _measured(name: str, store: Store, number: int) -> dict[str, float]:
    code = "import json, sys; from benchmarks.exports import export; print(json.dumps(export(*sys.argv[1:4], int(sys.argv[4]))))"
    words = [sys.executable, "-c", code, name, store.engine.url.render_as_string(), str(store.data_dir), str(number)]
    store.data_dir.mkdir(exist_ok=True)
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _open_all(store: Store) -> None:
    """The events that the bulk door leaves out: every posting was opened by the first run."""
    events, postings = schema.events, schema.postings.c
    with store.engine.begin() as connection:
        if connection.execute(select(events.c.event_id).limit(1)).first() is None:
            columns = ("run_id", "run_number", "night", "at", "posting_id", "kind")
            known = (postings.run_id, postings.content_from, literal(NIGHT), postings.opened_at, postings.posting_id)
            connection.execute(insert(events).from_select(columns, select(*known, literal("opened"))))


def main(number: int, folder: Path | None) -> int:
    """Print every figure beside its bar; gives the exit code."""
    told: list[Figure] = []
    with nullcontext(str(folder)) if folder else tempfile.TemporaryDirectory(prefix="rolecall-benchmark-") as place:
        root = Path(place)
        root.mkdir(parents=True, exist_ok=True)
        peaks: dict[str, list[float]] = {name: [] for name in FORMATS}
        with filled(root, number) as store:
            _open_all(store)
            for name in FORMATS:
                for size in (SMALLER, number):
                    one = _measured(name, store, size)
                    peaks[name].append(one["mb"])
                    told.append(Figure(f"{name}, {size:,} rows: {one['file']:,.0f} MB", one["seconds"], "s"))
                    told.append(Figure(f"{name}, {size:,} rows: peak memory", one["mb"], "MB"))
                    print(*told[-2:], sep="\n", file=sys.stderr, flush=True)
            told += _matches(store)
        told += [
            Figure(f"{name}: growth of the peak", many - few, "MB", most=MOST_GROWTH_MB) for name, (few, many) in peaks.items()
        ]
    for line in told:
        print(line)
    return 0 if all(line.is_met for line in told) else 1


def _matches(store: Store) -> Iterator[Figure]:
    """A search whose target was told of nothing yet: everything that matches is new to it."""
    for words in ({"remote": "remote-first", "stack": "PyTorch"}, {"remote": "remote-first"}):
        filters, began = parse_filters(words), time.perf_counter()
        new = new_matches(store, filters, 0)
        count = shown(store, filters, new).count
        said = " ".join(map(str, words.values()))
        yield Figure(f"{count:,} new matches of {said}", time.perf_counter() - began, "s", most=MOST_MATCHES_SECONDS)


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0].replace(",", "")) if words else ROWS, Path(words[1]) if len(words) > 1 else None))
