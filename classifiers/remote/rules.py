"""The verdict by rules: arrangement from who says what of this role, class from the arrangement and the remote-first signals."""

from __future__ import annotations

from classifiers.remote.features import Witnesses
from classifiers.remote.weighing import points_for, threshold
from pipeline.vocabulary import Arrangement, RemoteClass

FULL_WEEK = 5.0
"""Days."""


def points(seen: Witnesses, answer: str) -> float:
    """Points for ``remote``, ``hybrid``, ``onsite`` or ``first``: of each place the strongest in full, a quarter of the others."""
    by_place: dict[str, list[float]] = {}
    for name, worth in points_for(answer).items():
        if seen.has(name):
            by_place.setdefault(name.partition("_")[0], []).append(worth * (1 + 0.25 * (seen.count(name) - 1)))
    return sum(max(found) + 0.25 * (sum(found) - max(found)) for found in by_place.values())


def arrangement_of(seen: Witnesses) -> Arrangement:
    """Where the work is done, by points and office days."""
    remote, hybrid, onsite = points(seen, "remote"), points(seen, "hybrid"), points(seen, "onsite")
    if seen.days is not None and (seen.days.office is None or seen.days.office < FULL_WEEK):
        hybrid += threshold("days_part")
    elif seen.days is not None:
        onsite += threshold("days_full")
    if max(remote, hybrid, onsite) < threshold("stated"):
        return Arrangement.UNSTATED
    if remote >= hybrid and remote >= onsite:
        return Arrangement.REMOTE
    return Arrangement.HYBRID if hybrid >= onsite else Arrangement.ONSITE


def class_of(seen: Witnesses, arrangement: Arrangement) -> RemoteClass:
    """The class that goes with an arrangement and the signals seen."""
    if arrangement is Arrangement.REMOTE:
        return RemoteClass.REMOTE_FIRST if points(seen, "first") >= threshold("remote_first") else RemoteClass.REMOTE_FRIENDLY
    if arrangement is Arrangement.HYBRID:
        return RemoteClass.REMOTE_FRIENDLY
    if arrangement is Arrangement.UNSTATED and seen.has("text_benefit"):
        return RemoteClass.REMOTE_FRIENDLY
    return RemoteClass.ON_SITE
