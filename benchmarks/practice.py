"""A practice night's labels and clusters against the truth of the practice server.

usage: python -m benchmarks.practice [NIGHT]

Crawls nothing: parses and labels what the practice server would answer. The texts are invented, so the figures say that the pieces
fit
together, not how well real postings are understood.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from typing import Any

from classifiers.classify import classify
from pipeline.payloads import to_posting
from pipeline.personal_data import clean_payload
from pipeline.records import LabelledPosting, RawPosting
from spiders.practice.calendar import night_now
from spiders.practice.scenario import load_scenario
from spiders.practice.shapes import SHAPES
from spiders.practice.world import Published, truth, world


def label(posting: Published, now: datetime) -> LabelledPosting:
    """The labels of a practice posting, by way of its platform's own shape."""
    payload = clean_payload(SHAPES[posting.platform](posting), posting.platform)
    raw = RawPosting(posting.platform, posting.board, posting.external_id, posting.url, now, payload)
    return classify(to_posting(raw, posting.company.facts))


def main(night: int) -> None:
    """Print the table."""
    scenario = load_scenario("default")
    rows = {(row["platform"], row["board"], row["external_id"]): row for row in truth(scenario, night)}
    told: Counter[str] = Counter()
    stack: Counter[str] = Counter()
    pay: Counter[str] = Counter()
    for posting in world(scenario, night):
        if posting.platform not in SHAPES:
            continue  # pages with JSON-LD are read by the crawler's own parser
        row = rows[posting.platform, posting.board, posting.external_id]
        labels = label(posting, night_now(night)).labels
        told["postings"] += 1
        told["remote class"] += labels.remote.remote_class == row["remote_class"]
        told["arrangement"] += labels.remote.arrangement == row["arrangement"]
        told["level"] += labels.role.level == row["level"]
        told["role family"] += labels.role.role_family == row["role_family"]
        _count(stack, {item.name for item in labels.tech.stack}, set(row["tech_stack"]))
        _count(pay, {(b.min, b.max, b.currency, b.period) for b in labels.pay.bands}, {_band(b) for b in row["pay_bands"]})
    print(f"practice night {night}: {told['postings']} postings")
    for name in ("remote class", "arrangement", "level", "role family"):
        print(f"{name:20} {told[name] / told['postings']:.3f} right")
    for name, counts in (("pay bands", pay), ("technologies", stack)):
        precision, recall = counts["both"] / max(counts["found"], 1), counts["both"] / max(counts["true"], 1)
        print(f"{name:20} precision {precision:.3f}, recall {recall:.3f}")


def _band(band: dict[str, Any]) -> tuple[Any, ...]:
    return band["min"], band["max"], band["currency"], band["period"]


def _count(counts: Counter[str], found: set[Any], true: set[Any]) -> None:
    counts["both"] += len(found & true)
    counts["found"] += len(found)
    counts["true"] += len(true)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
