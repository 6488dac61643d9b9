"""The database at size: writing against plain sqlite3, pages and counts, a night in which nothing moved.

usage: python -m benchmarks.storage [POSTINGS] [FOLDER]

POSTINGS is 1,000,000 where it is not given. FOLDER keeps the generated databases for the next time; without it they go again.
Ratios are medians of alternating rounds in this run; milliseconds are medians of repeated questions.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from benchmarks.storage import asking, calm, writing
from benchmarks.storage.filling import filled

POSTINGS = 1_000_000
SMALLER = 10
"""The unchanged night is measured at a tenth of the postings too."""


def main(postings: int, folder: Path | None) -> int:
    """Print every figure beside its bar; gives the exit code."""
    with nullcontext(str(folder)) if folder else tempfile.TemporaryDirectory(prefix="rolecall-benchmark-") as name:
        root = Path(name)
        root.mkdir(parents=True, exist_ok=True)
        told = writing.measure(root)
        with filled(root, postings) as store:
            told += asking.measure(store)
        told += calm.measure(root, (postings // SMALLER, postings))
    for line in told:
        print(line)
    return 0 if all(line.is_met for line in told) else 1


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0].replace(",", "")) if words else POSTINGS, Path(words[1]) if len(words) > 1 else None))
