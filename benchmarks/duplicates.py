"""Clusters of postings against the truth of the practice server, the speed of keys, and what the bands find.

usage: python -m benchmarks.duplicates [NIGHTS]
       python -m benchmarks.duplicates bands

The practice world here has 5 % of its jobs on a second source (shortened, with words of that source, under a recruiter's name, with
another address) and reposts under new ids. Nothing is crawled: each night's postings are parsed as the crawler would hand them on,
employers' boards first. Pages with JSON-LD are read by ``pipeline.payloads`` too.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from classifiers.classify import classify
from pipeline.duplicates.clusters import Clusters
from pipeline.duplicates.keys import keys
from pipeline.duplicates.shingles import bands, overlap, shingles
from pipeline.duplicates.sighting import sighting
from pipeline.duplicates.wording import plain_words
from pipeline.identity import posting_id
from pipeline.payloads import to_posting
from pipeline.personal_data import clean_payload
from pipeline.records import CompanyFacts, Posting, RawPosting
from spiders.practice.calendar import night_now
from spiders.practice.scenario import Scenario, load_scenario
from spiders.practice.shapes import SHAPES, jsonld
from spiders.practice.world import Published, world

DUPLICATE_SHARE = 0.05
FEEDS = ("remoteok", "hn")
_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Score:
    """How well clusters agree with the truth, over pairs of postings."""

    postings: int
    true_pairs: int
    found_pairs: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.found_pairs if self.found_pairs else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.true_pairs if self.true_pairs else 1.0


def scenario_of(name: str, **changes: Any) -> Scenario:
    """A scenario that ships, with 5 % of its jobs on a second source."""
    return replace(load_scenario(name), duplicate_share=DUPLICATE_SHARE, **changes)


def parsed(posting: Published, night: int) -> Posting:
    """What the crawler and the parser make of a practice posting; a feed says itself who the employer is."""
    payload = json.loads(_SCRIPT.findall(jsonld(posting))[0], strict=False) if posting.platform == "jsonld" else None
    shaped = _job_of(payload) if payload is not None else SHAPES[posting.platform](posting)
    raw = RawPosting(
        posting.platform,
        posting.board,
        posting.external_id,
        posting.url,
        night_now(night),
        clean_payload(shaped, posting.platform),
    )
    return to_posting(raw, CompanyFacts() if posting.platform in FEEDS else posting.company.facts)


def _job_of(payload: Any) -> Mapping[str, Any]:
    """The posting among an object, a list and a graph."""
    listed = payload if isinstance(payload, list) else payload.get("@graph", [payload])
    return next(one for one in listed if one.get("@type") == "JobPosting")


def cluster(scenario: Scenario, nights: Iterable[int], feeds_first: bool = False) -> tuple[Clusters, dict[str, str]]:
    """The clusters after some nights, and the true job of each posting."""
    clusters, truth = Clusters(), {}
    for night in nights:
        ordered = sorted(
            world(scenario, night), key=lambda one: ((one.platform in FEEDS) is not feeds_first, one.platform, one.board)
        )
        tonight = {posting_id(one.platform, one.board, one.external_id): one for one in ordered}
        truth |= {name: posting.job for name, posting in tonight.items()}
        clusters.stand(tonight)
        for name, posting in tonight.items():
            if name not in clusters:
                read = parsed(posting, night)
                clusters.add(sighting(read, classify(read).labels.role.level), read.description_text)
    return clusters, truth


def score(found: Mapping[str, str], truth: Mapping[str, str]) -> Score:
    """Pairs of postings that are one job in clusters, in truth, and in both."""
    return Score(
        len(truth),
        _pairs(truth.values()),
        _pairs(found.values()),
        _pairs((found[name], job) for name, job in truth.items()),
    )


def _pairs(groups: Iterable[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def wrong_pairs(found: Mapping[str, str], truth: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Pairs of postings that only the clusters (True) or only the truth (False) makes one job."""
    for one, other in combinations(sorted(truth), 2):
        is_found = found[one] == found[other]
        if is_found != (truth[one] == truth[other]):
            yield one, other, is_found


def measure_keys(scenario: Scenario) -> None:
    """Print what keys cost on texts of 4 KB."""
    postings = [parsed(posting, 1) for posting in world(scenario, 1) if posting.platform in ("greenhouse", "lever")][:300]
    pieces = [f"{one.description_text}\n" for one in postings]
    texts = ["".join(pieces[(place + step) % len(pieces)] for step in range(4))[:4_000] for place in range(len(pieces))]
    best = {"sighting": float("inf"), "keys": float("inf")}
    for _ in range(5):
        plain_words.cache_clear()
        began = time.process_time()
        sightings = [sighting(replace(one, description_text=text), None) for one, text in zip(postings, texts, strict=True)]
        best["sighting"] = min(best["sighting"], time.process_time() - began)
        plain_words.cache_clear()
        began = time.process_time()
        count = sum(len(keys(one, text)) for one, text in zip(sightings, texts, strict=True))
        best["keys"] = min(best["keys"], time.process_time() - began)
    for name, seconds in best.items():
        print(f"{name:10} {seconds / len(texts) * 1e6:6.0f} microseconds a posting, best of 5")
    print(f"{count / len(texts):.1f} keys a posting")


def measure_bands() -> None:
    """Print how many pairs of texts share a band, by their Jaccard index."""
    words = [f"w{number}" for number in range(50_000)]
    hits: Counter[int] = Counter()
    tries: Counter[int] = Counter()
    for number in range(4_000):
        begin, cut = number * 11 % 40_000, 20 + number % 330
        one, other = (shingles(" ".join(part)) for part in (words[begin : begin + 600], words[begin + cut : begin + cut + 600]))
        tenth = int(overlap(one, other)[0] * 20)
        tries[tenth] += 1
        hits[tenth] += any(a == b for a, b in zip(bands(one), bands(other), strict=True))
    for tenth in sorted(tries):
        print(
            f"Jaccard {tenth / 20:.2f} to {tenth / 20 + 0.05:.2f}: {hits[tenth] / tries[tenth]:.3f} of {tries[tenth]} share a band"
        )


def main(nights: int) -> None:
    """Print the table."""
    scenario = scenario_of("default")
    for name, held in (("night 1", [1]), (f"nights 1 to {nights}", range(1, nights + 1))):
        clusters, truth = cluster(scenario, held)
        result = score(clusters.jobs(), truth)
        print(f"{name}: {result.postings} postings, {result.true_pairs} true pairs, {result.found_pairs} found")
        print(f"  precision {result.precision:.4f}, recall {result.recall:.4f}")
        print("  " + ", ".join(f"{reason} {count}" for reason, count in sorted(clusters.reasons.items())))
    measure_keys(scenario)


if __name__ == "__main__":
    if sys.argv[1:] == ["bands"]:
        measure_bands()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 45)
