"""Pages, searches and counts at size, and how much memory a stream of everything takes."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from benchmarks.storage.figure import Figure
from pipeline.filters import parse_filters
from storage.queries.facets import FACETS, facet
from storage.queries.jobs import rows
from storage.store import Store

REPEATS = 15
PAGE = 50
PAGES: Mapping[str, dict[str, Any]] = {
    "remote-first, Python, 150,000 USD and more, by pay": {
        "remote": "remote-first",
        "stack": "python",
        "pay_min": 150_000,
        "sort": "pay",
    },
    "newest, no filter": {},
    "remote-first, newest": {"remote": "remote-first"},
    "Rust and PyTorch, newest (few)": {"stack": ["rust", "pytorch"]},
    "open to Germany, senior, by company": {"country": "DE", "level": "senior", "sort": "company"},
    "data science, worldwide or UK, by title": {"role": "data-science", "country": "GB", "sort": "title"},
}
SEARCHES: Mapping[str, str] = {
    "a common word": "pipeline",
    "a rare word": "word15999",
    "two words": "models report",
    "a phrase": '"pipeline model"',
}
FACET_FILTERS: Mapping[str, dict[str, Any]] = {"no filter": {}, "remote-first": {"remote": "remote-first"}}
MOST_PAGE_MS, MOST_SEARCH_MS, MOST_FACET_MS, MOST_MEMORY_MB = 20, 100, 150, 500


def measure(store: Store) -> list[Figure]:
    """Milliseconds of each question, median of ``REPEATS``, and the peak memory of a stream."""
    told = [
        Figure(f"page of {PAGE}: {name}", _median_ms(lambda: _page(store, words)), "ms", most=MOST_PAGE_MS)  # noqa: B023
        for name, words in PAGES.items()
    ]
    told += [
        Figure(f"full-text page, newest: {name}", _median_ms(lambda: _page(store, {"text": words})), "ms", most=MOST_SEARCH_MS)  # noqa: B023
        for name, words in SEARCHES.items()
    ]
    for named, words in FACET_FILTERS.items():
        for name in FACETS:
            spent = _median_ms(lambda: facet(store, parse_filters(words), name), 5)  # noqa: B023
            told.append(Figure(f"facet {name}, {named}", spent, "ms", most=MOST_FACET_MS))
    return [*told, Figure("streaming every posting as a row: peak memory", _streamed_mb(store), "MB", most=MOST_MEMORY_MB)]


def _page(store: Store, words: dict[str, Any]) -> None:
    assert list(rows(store, parse_filters({**words, "limit": PAGE})))


def _median_ms(work: Callable[[], Any], repeats: int = REPEATS) -> float:
    work()
    spent = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return median(spent)


def _streamed_mb(store: Store) -> float:
    """In a process of its own, so that nothing else counts."""
    code = (
        "import resource, sys; from pathlib import Path; from pipeline.filters import parse_filters; "
        "from storage.queries.jobs import rows; from storage.store import Store\n"
        "with Store.open_reading(sys.argv[1], Path(sys.argv[2])) as store:\n"
        "    number = sum(1 for _ in rows(store, parse_filters({'state': 'all'})))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    words = [sys.executable, "-c", code, store.engine.url.render_as_string(), str(store.data_dir)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    unit = 1024 if sys.platform != "darwin" else 1024**2
    assert resource.getpagesize()
    return int(done.stdout) / unit
