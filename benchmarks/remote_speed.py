"""CPU time from HTML to remote class beside parse, fold and one match: ``python -m benchmarks.remote_speed POSTINGS [ROUNDS]``.

POSTINGS holds lines as ``rolecall classify`` takes them (``.jsonl`` or ``.jsonl.gz``); those with ``description_html`` are used, of
the others the text as a page of paragraphs. The two are measured in turns; medians of the rounds and their ratio are printed.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from classifiers.classify import matcher
from classifiers.reading import read
from classifiers.remote import judge
from pipeline.folding import fold
from pipeline.lines import posting_from_line
from pipeline.text import html_to_text

_MOST = 1500
"""Postings measured."""


def page_of(line: dict[str, Any]) -> str:
    """The posting's HTML."""
    html: str | None = line.get("description_html")
    return html or "".join(f"<p>{escape(part)}</p>" for part in line["description_text"].split("\n"))


def seconds(work: Callable[[], None]) -> float:
    """CPU seconds of a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main(path: Path, rounds: int) -> None:
    """Measure and print."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rb") as stream:
        lines = [orjson.loads(text) for text in stream if text.strip()]
    lines = lines[:: max(1, len(lines) // _MOST)]
    pages = [page_of(line) for line in lines]
    postings = [posting_from_line(line).posting for line in lines]
    automaton = matcher()

    def floor() -> None:
        for page in pages:
            automaton.find(fold(html_to_text(page)).text)

    def whole() -> None:
        for page, posting in zip(pages, postings, strict=True):
            judge(read(replace(posting, description_text=html_to_text(page)), automaton))

    whole()
    spans = [(seconds(floor), seconds(whole)) for _ in range(rounds)]
    low, high = median(span[0] for span in spans), median(span[1] for span in spans)
    size = sum(len(page) for page in pages) / len(pages)
    print(f"{len(lines)} postings of {size:.0f} characters on average, {rounds} rounds in turns")
    print(f"parse + fold + match {low / len(lines) * 1e6:6.0f} us a posting")
    print(f"HTML to class        {high / len(lines) * 1e6:6.0f} us a posting, {len(lines) / high:.0f} a second a core")
    print(f"ratio {high / low:.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
