"""CPU time of the pay step beside parsing, folding and matching the same postings, in one run.

usage: python -m benchmarks.pay_speed POSTINGS.jsonl [ROUNDS]

POSTINGS holds lines as ``rolecall classify`` takes them, with ``description_html``. Prints microseconds a posting and the ratio.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import orjson

import classifiers.classify
import classifiers.pay
from classifiers.reading import read
from pipeline.folding import fold
from pipeline.lines import posting_from_line
from pipeline.text import html_to_text, unescape_once


def main(path: str, rounds: int) -> None:
    """Measure each step over all postings, ``rounds`` times, and keep the best round of each."""
    lines = [orjson.loads(line) for line in Path(path).read_bytes().splitlines() if line.strip()]
    pages = [line.get("description_html") or line.get("description_text") or "" for line in lines]
    matcher = classifiers.classify.matcher()
    readings = [read(posting_from_line(line).posting, matcher) for line in lines]
    classifiers.pay.judge(readings[0])
    texts: list[str] = []
    folded: list[str] = []
    best = dict.fromkeys(("parse", "fold", "match", "pay"), float("inf"))
    for _ in range(rounds):
        start = time.process_time()
        texts = [html_to_text(unescape_once(page)) for page in pages]
        parsed = time.process_time()
        folded = [fold(text).text for text in texts]
        done = time.process_time()
        for text in folded:
            matcher.find(text)
        matched = time.process_time()
        for reading in readings:
            classifiers.pay.judge(reading)
        judged = time.process_time()
        spans = {"parse": parsed - start, "fold": done - parsed, "match": matched - done, "pay": judged - matched}
        best = {step: min(best[step], spans[step]) for step in best}
    for step, seconds in best.items():
        print(f"{step:6} {seconds / len(lines) * 1e6:7.0f} us a posting")
    print(f"pay / (parse + fold + match) = {best['pay'] / (best['parse'] + best['fold'] + best['match']):.2f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
