"""Writing the data set beside plain ``pq.write_table`` of the same table, and the memory of a million postings as they stream.

usage: python -m benchmarks.storage.parquet [ROWS] [ROUNDS]

Both writers take turns over a table of 60,000 generated postings (4 KB of text each); medians of CPU seconds are compared, and ours
has to reach ``LEAST_RATIO`` of the plain one's speed. Then ROWS postings (a million) stream through ours to disk, back through
``reading.stream``, and through the view of ``rolecall sql``, each in a process of its own that holds at most ``MOST_MEMORY_MB``.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from storage import arrow
from storage.dataset.local import LocalPlace
from storage.dataset.manifest import Manifest, commit
from storage.dataset.reading import stream
from storage.dataset.writing import BATCH_ROWS, ROW_GROUP_ROWS, ZSTD_LEVEL, write_batches

LEAST_RATIO = 0.8
MOST_MEMORY_MB = 500
TABLE_ROWS, ROWS, ROUNDS = 60_000, 1_000_000, 7
TEXT_CHARACTERS = 4_000
NIGHT = date(2026, 1, 5)
_NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)


def batches(rows: int) -> Iterator[pa.RecordBatch]:
    """Generated postings of the declared schema, ``BATCH_ROWS`` at a time."""
    chance = random.Random(rows)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 11))) for _ in range(5_000)]
    sentences = [" ".join(chance.choices(words, k=14)) + "." for _ in range(6_000)]
    for start in range(0, rows, BATCH_ROWS):
        count = min(BATCH_ROWS, rows - start)
        columns = [_column(field, start, count, sentences, words, chance) for field in arrow.POSTINGS]
        yield pa.RecordBatch.from_arrays(columns, schema=arrow.POSTINGS)


def _column(field: pa.Field, start: int, count: int, sentences: list[str], words: list[str], chance: random.Random) -> pa.Array:
    values: list[Any]
    if field.name == "posting_id":
        values = [f"{start + n:016x}" for n in range(count)]
    elif field.name == "run_id":
        values = [NIGHT.isoformat()] * count
    elif field.name == "description_text":
        values = [" ".join(chance.choices(sentences, k=TEXT_CHARACTERS // 90)) for _ in range(count)]
    elif field.type == pa.string():
        values = chance.choices(words, k=count)
    else:
        value = {
            pa.bool_(): True, pa.int64(): 3, pa.float64(): 0.5, pa.date32(): NIGHT, pa.timestamp("us", tz="UTC"): _NOW,
            arrow.TEXTS: ["Python", "SQL"],
        }[field.type]  # fmt: skip
        values = [value] * count
    return pa.array(values, field.type)


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work, of all threads."""
    began = time.process_time()
    work()
    return time.process_time() - began


def compare(folder: Path, rounds: int) -> None:
    """Print our speed as a share of the plain writer's, over alternating rounds; fails below ``LEAST_RATIO``."""
    table = pa.Table.from_batches(batches(TABLE_ROWS))
    parts = table.to_batches(max_chunksize=BATCH_ROWS)
    place = LocalPlace(folder)

    def plain() -> None:
        path = folder / "plain.parquet"
        pq.write_table(table, path, row_group_size=ROW_GROUP_ROWS, compression="zstd", compression_level=ZSTD_LEVEL)

    def ours() -> None:
        write_batches(place, "ours.parquet", "postings", arrow.POSTINGS, parts, ("x",))

    seconds: dict[str, list[float]] = {"plain": [], "ours": []}
    for number in range(rounds + 1):
        for name, work in (("plain", plain), ("ours", ours)):
            took = cpu_seconds(work)
            seconds[name] += [took] if number else []  # the first round warms up
    assert pq.read_table(folder / "ours.parquet").equals(pq.read_table(folder / "plain.parquet"))
    middle = {name: median(values) for name, values in seconds.items()}
    ratio = middle["plain"] / middle["ours"]
    mb = table.nbytes / 1e6
    print(f"{TABLE_ROWS:,} postings, {mb:,.0f} MB in memory, {rounds} rounds, CPU seconds (median)")
    print(f"  pq.write_table {middle['plain']:.2f} s ({mb / middle['plain']:,.0f} MB/s)")
    print(f"  write_batches  {middle['ours']:.2f} s ({mb / middle['ours']:,.0f} MB/s)")
    print(f"  {ratio:.2f} of the plain writer's speed, at least {LEAST_RATIO}", flush=True)
    sys.exit(int(ratio < LEAST_RATIO))


def write(folder: Path, rows: int) -> None:
    """Stream generated postings into a data set."""
    path = f"postings/run_date={NIGHT}/{NIGHT}.parquet"
    file = write_batches(LocalPlace(folder), path, "postings", arrow.POSTINGS, batches(rows), (NIGHT.isoformat(),))
    assert file is not None
    commit(LocalPlace(folder), Manifest(NIGHT.isoformat(), NIGHT, (file,)))


def read(folder: Path, rows: int) -> None:
    """Stream every column of the data set back."""
    assert sum(batch.num_rows for batch in stream(LocalPlace(folder), "postings")) == rows


def ask(folder: Path, rows: int) -> None:
    """Ask a question over the long texts by ``rolecall sql``'s way."""
    from storage.duck import query
    from storage.store import Store

    with Store.open(f"sqlite:///{folder / 'rolecall.db'}", folder, create=True) as store:
        sql = "select count(*), count(*) filter (where description_text like '%zzz%') from history"
        assert next(query(store, sql)[1])[0] == rows


STEPS = {"write": write, "read": read, "ask": ask}


def command(step: str, folder: str, number: int) -> list[str]:
    """A step in a process of its own."""
    return [sys.executable, "-m", "benchmarks.storage.parquet", step, folder, str(number)]


def peak_mb(step: str, folder: str, rows: int) -> float:
    """Most memory of a step."""
    began = time.monotonic()
    done = subprocess.run(command(step, folder, rows), check=True, capture_output=True, text=True)
    peak = float(done.stdout)
    print(f"  {step:<6}{peak:>7,.0f} MB at most, {time.monotonic() - began:,.0f} s")
    return peak


def main(rows: int, rounds: int) -> int:
    """Measure and print; 1 where a bound is missed."""
    with tempfile.TemporaryDirectory() as folder:
        is_slow = subprocess.run(command("compare", folder, rounds)).returncode
        print(f"{rows:,} postings streamed, at most {MOST_MEMORY_MB} MB each")
        peaks = [peak_mb(step, folder, rows) for step in STEPS]
    return int(is_slow or max(peaks) > MOST_MEMORY_MB)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["compare", folder, rounds]:
            compare(Path(folder), int(rounds))
        case [("write" | "read" | "ask") as step, folder, rows]:
            STEPS[step](Path(folder), int(rows))
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        case words:
            numbers = [int(word.replace("_", "")) for word in words]
            sys.exit(main(*(numbers + [ROWS, ROUNDS][len(numbers) :])))
