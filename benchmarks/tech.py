"""CPU time of the tech step beside parsing, folding and matching the same postings, in one run.

usage: python -m benchmarks.tech POSTINGS.jsonl [ROUNDS]

POSTINGS holds lines as ``rolecall classify`` takes them. Prints microseconds a posting and the ratio, which must not be over 2.0:
the exit code is 1 where it is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson

import classifiers.tech
from classifiers.classify import matcher
from classifiers.reading import read
from pipeline.folding import fold
from pipeline.lines import posting_from_line
from pipeline.text import html_to_text, unescape_once

_MOST = 2.0


def main(path: str, rounds: int) -> int:
    """Measure each step over all postings, ``rounds`` times, and keep the best round of each."""
    lines = [orjson.loads(line) for line in Path(path).read_bytes().splitlines() if line.strip()]
    pages = [line.get("description_html") or line.get("description_text") or "" for line in lines]
    postings = [posting_from_line(line).posting for line in lines]
    readings = [read(posting, matcher()) for posting in postings]
    folded = [fold(posting.description_text).text for posting in postings]
    classifiers.tech.judge(readings[0])
    steps: dict[str, Callable[[], object]] = {
        "parse": lambda: [html_to_text(unescape_once(page)) for page in pages],
        "fold": lambda: [fold(posting.description_text) for posting in postings],
        "match": lambda: [matcher().find(text) for text in folded],
        "tech": lambda: [classifiers.tech.judge(reading) for reading in readings],
    }
    best = {name: min(_seconds(step) for _ in range(rounds)) for name, step in steps.items()}
    for name, seconds in best.items():
        print(f"{name:6} {seconds / len(lines) * 1e6:7.0f} us a posting")
    ratio = best["tech"] / (best["parse"] + best["fold"] + best["match"])
    print(f"tech / (parse + fold + match) = {ratio:.2f} (at most {_MOST})")
    return 0 if ratio <= _MOST else 1


def _seconds(step: Callable[[], object]) -> float:
    began = time.process_time()
    step()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3))
