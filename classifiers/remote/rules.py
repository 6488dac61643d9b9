"""The verdict by rules: arrangement from who says what of this role, class from the arrangement and the remote-first signals."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.remote.features import Witnesses
from classifiers.remote.weighing import features_of, points_for, threshold
from pipeline.vocabulary import Arrangement, RemoteClass

FULL_WEEK = 5.0
"""Days."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Points for each answer."""

    remote: float
    hybrid: float
    onsite: float
    first: float
    """How much shows a remote-first company."""
    has_benefit: bool
    """Whether a benefit for working at home is named."""


def tally_of(seen: Witnesses) -> Tally:
    """The points of everything that was seen, office days included."""
    hybrid, onsite = _points(seen, "hybrid"), _points(seen, "onsite")
    if seen.days is not None and (seen.days.office is None or seen.days.office < FULL_WEEK):
        hybrid += threshold("days_part")
    elif seen.days is not None:
        onsite += threshold("days_full")
    return Tally(_points(seen, "remote"), hybrid, onsite, _points(seen, "first"), seen.has("text_benefit"))


def _points(seen: Witnesses, answer: str) -> float:
    """Of each place the strongest feature in full, a quarter of the others; a second and third mention add a quarter each."""
    table = points_for(answer)
    by_place: dict[str, list[float]] = {}
    worthless = features_of("office_centred")["worthless"] if answer == "first" and seen.has("text_hub") else ()
    for name in (*seen.windows, *seen.fields):
        if name in table and name not in worthless:
            by_place.setdefault(name.partition("_")[0], []).append(table[name] * (1 + 0.25 * (seen.count(name) - 1)))
    return sum(max(found) + 0.25 * (sum(found) - max(found)) for found in by_place.values())


def arrangement_of(tally: Tally) -> Arrangement:
    """Where the work is done: the answer with most points, remote before hybrid before on-site where they are even."""
    most = max(tally.remote, tally.hybrid, tally.onsite)
    if most < threshold("stated"):
        return Arrangement.UNSTATED
    if tally.remote == most:
        return Arrangement.REMOTE
    return Arrangement.HYBRID if tally.hybrid == most else Arrangement.ONSITE


def class_of(tally: Tally, arrangement: Arrangement) -> RemoteClass:
    """The class that goes with an arrangement and the signals seen."""
    if arrangement is Arrangement.REMOTE:
        return RemoteClass.REMOTE_FIRST if tally.first >= threshold("remote_first") else RemoteClass.REMOTE_FRIENDLY
    if arrangement is Arrangement.HYBRID or (arrangement is Arrangement.UNSTATED and tally.has_benefit):
        return RemoteClass.REMOTE_FRIENDLY
    return RemoteClass.ON_SITE
