"""Accuracy of the remote scope: ``python -m benchmarks.scope GOLD.jsonl [--misses FILE]``.

The companies of the gold set fall into two halves by a digest of their names: the rules were tuned on the first alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from classifiers.classify import classify
from classifiers.evaluation.scope import ScopeScore, score
from pipeline.lines import line_from_labelled, posting_from_line


def is_first_half(company: str | None) -> bool:
    """Whether a company belongs to the half that rules are tuned on."""
    return hashlib.sha256((company or "").encode()).digest()[0] % 2 == 0


def report(name: str, result: ScopeScore) -> str:
    """One line of the table."""
    return f"{name:<14} {result.rows:5} {result.accuracy:9.3f} {result.stated_right:5}/{result.stated:<5} {result.invented:9}"


def main() -> None:
    """Print the table; write the misses of the first half where asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("gold", type=Path)
    arguments.add_argument("--misses", type=Path, help="write the misses of the first half there, as JSON lines")
    given = arguments.parse_args()
    gold = [json.loads(line) for line in given.gold.read_text(encoding="utf-8").split("\n") if line.strip()]
    predicted: list[dict[str, Any]] = [
        line_from_labelled(row["id"], classify(posting_from_line(row).posting), with_text=False) for row in gold
    ]
    first = [row for row in gold if is_first_half(row["company"])]
    second = [row for row in gold if not is_first_half(row["company"])]
    print(f"{'':<14} {'rows':>5} {'accuracy':>9} {'stated right':>11} {'invented':>9}")
    for name, rows in (("all", gold), ("first half", first), ("second half", second)):
        print(report(name, score(rows, predicted)))
    if given.misses:
        by_id = {row["id"]: row for row in predicted}
        given.misses.write_text(
            "\n".join(
                json.dumps(
                    {
                        "id": miss.id,
                        "gold": sorted(miss.gold),
                        "predicted": sorted(miss.predicted),
                        "arrangement": by_id[miss.id]["arrangement"],
                    }
                )
                for miss in score(first, predicted).misses
            ),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
