"""The named features as one row of numbers for the posting model."""

from __future__ import annotations

import math
from typing import Final

from classifiers.remote.features import Witnesses
from classifiers.remote.rules import FULL_WEEK, Tally, arrangement_of, class_of
from classifiers.remote.signals import conflicts_of
from classifiers.remote.weighing import features_of
from pipeline.vocabulary import Arrangement, RemoteClass

_RULES: Final = tuple(f"rules_{name.value}" for name in (*Arrangement, *RemoteClass))
_ANSWERS: Final = ("remote", "hybrid", "onsite", "first")
NAMES: Final = (
    *features_of("columns"),
    *(f"points_{answer}" for answer in _ANSWERS),
    *("days_part", "days_full", "has_place", "silent", "contradicted"),
    *_RULES,
    *(f"said_{label}" for label in features_of("labels")),
)


def row_of(seen: Witnesses, tally: Tally) -> tuple[float, ...]:
    """One number a name of ``NAMES``, each about 0 to 2."""
    arrangement = arrangement_of(tally)
    chosen = (arrangement, class_of(tally, arrangement))
    days = seen.days is not None and (seen.days.office is None or seen.days.office < FULL_WEEK)
    return (
        *(math.log2(1 + min(3, sum(seen.count(name) for name in names))) for names in features_of("columns").values()),
        *(math.log2(1 + worth) / 2 for worth in (tally.remote, tally.hybrid, tally.onsite, tally.first)),
        float(days),
        float(seen.days is not None and not days),
        float(seen.has_place),
        float(not (seen.windows.keys() - {"text_flexible"}) and not seen.fields),
        float(bool(conflicts_of(seen, arrangement))),
        *(float(name in chosen) for name in (*Arrangement, *RemoteClass)),
        *(seen.said.get(label, 0.0) for label in features_of("labels")),
    )
