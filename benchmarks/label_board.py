"""Boards of several sizes, labelled in one process and over the cores: from how many postings on do workers pay?

usage: python -m benchmarks.label_board [ROUNDS]

Seconds of wall time, medians of rounds in turns. "cold" holds the start of the workers, "warm" is a pool that stands already.
"""

from __future__ import annotations

import sys
import time
from statistics import median

from benchmarks.practice import world
from flows.batches import Batches, InThisProcess, OverCores, cores
from flows.classify import label_board
from pipeline.personal_data import clean_payload
from pipeline.records import CompanyFacts, RawPosting
from spiders.practice.calendar import night_now
from spiders.practice.scenario import load_scenario
from spiders.practice.shapes import SHAPES

SIZES = (32, 100, 300, 500, 900)


class Pool(OverCores):
    """Workers that every board pays for, however small."""

    least = 1  # type: ignore[assignment]


def board(size: int) -> list[RawPosting]:
    """So many postings of the practice world, as one board's."""
    published = [one for one in world(load_scenario("default"), 1) if one.platform in ("greenhouse", "lever", "ashby")][:size]
    shaped = [(one, clean_payload(SHAPES[one.platform](one), one.platform)) for one in published]
    now = night_now(1)
    return [RawPosting(one.platform, "acme", f"{one.board}-{one.external_id}", one.url, now, payload) for one, payload in shaped]


def seconds(raws: list[RawPosting], way: Batches) -> float:
    """Wall seconds of labelling a board."""
    began = time.perf_counter()
    label_board(raws, CompanyFacts("Acme"), {}, (), way)
    return time.perf_counter() - began


def main(rounds: int) -> None:
    """Measure and print."""
    print(f"{cores()} cores, {rounds} rounds\n{'postings':>8} {'here':>8} {'cold':>8} {'warm':>8} {'here/warm':>10}")
    warm = Pool(cores(), print)
    for size in SIZES:
        raws = board(size)
        spans: dict[str, list[float]] = {"here": [], "cold": [], "warm": []}
        label_board(raws[:16], CompanyFacts("Acme"), {}, (), warm)
        for _ in range(rounds):
            cold = Pool(cores(), print)
            for name, way in (("here", InThisProcess()), ("cold", cold), ("warm", warm)):
                spans[name].append(seconds(raws, way))
            cold.close()
        here, first, again = (median(spans[name]) for name in ("here", "cold", "warm"))
        print(f"{len(raws):8} {here:8.2f} {first:8.2f} {again:8.2f} {here / again:10.2f}", flush=True)
    warm.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
