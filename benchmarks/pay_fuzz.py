"""Random strings through the pay grammar: it must never raise, and never be slow.

usage: python -m benchmarks.pay_fuzz [STRINGS] [SEED]

A million strings of up to 200 characters take about three minutes on one core; prints the rate, how many held a band, and
the slowest string's CPU time. Ends with 1 where a string raised; the string is printed.
"""

from __future__ import annotations

import random
import string
import sys
import time

from classifiers.pay.extract import Home, extract
from classifiers.pay.gate import Gate
from classifiers.pay.lexicon import lexicon
from pipeline.folding import fold

_ALPHABET = string.printable + "€£₹¥–—•\u00a0\u202f\u200bäéłčÅ"
_LONGEST = 200


def _string(rng: random.Random, phrases: list[str]) -> str:
    """Words of the lexicon, numbers and noise."""
    parts: list[str] = []
    length = rng.randrange(1, _LONGEST)
    while sum(map(len, parts)) < length:
        kind = rng.random()
        if kind < 0.35:
            parts.append(rng.choice(phrases))
        elif kind < 0.6:
            parts.append(
                f"{rng.randrange(10 ** rng.randrange(1, 9)):,}".replace(",", rng.choice(",. '") if rng.random() < 0.5 else "")
            )
        else:
            parts.append(rng.choice(_ALPHABET))
    return "".join(parts)[:_LONGEST]


def main(count: int, seed: int) -> int:
    """Run ``count`` strings and report; 0 where none raised."""
    tables, rng = lexicon(), random.Random(seed)
    gate = Gate(tables)
    phrases = [" ".join((first, *rest)) for first, rows in tables.phrases.items() for rest, _ in rows]
    banded, slowest, worst = 0, 0.0, ""
    began = time.process_time()
    for done in range(count):
        text = _string(rng, phrases)
        start = time.process_time()
        try:
            folded = fold(text).text
            gate.windows(folded, ())
            drafts, _ = extract(folded, [(0, len(folded))], Home(("USD",)), tables)
        except Exception as error:  # noqa: BLE001 (whatever is raised is what this looks for)
            print(f"string {done} raised {error!r}: {text!r}")
            return 1
        took = time.process_time() - start
        banded += bool(drafts)
        if took > slowest:
            slowest, worst = took, text
    seconds = time.process_time() - began
    print(f"{count} strings, {count / max(seconds, 1e-9):.0f} a second of CPU time, {banded} with a band, none raised")
    print(f"slowest {slowest * 1000:.1f} ms: {worst!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
