"""The verdict on where the work is done."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from classifiers.reading import Reading
from classifiers.remote import anchors, cues, days
from classifiers.remote.features import Witnesses, witnesses
from classifiers.remote.rules import FULL_WEEK, arrangement_of, class_of
from classifiers.remote.scope import FILE as PLACES_FILE
from classifiers.remote.scope import scope_of
from classifiers.remote.signals import conflicts_of, evidence_of, signals_of
from pipeline.labels import RemoteVerdict
from pipeline.vocabulary import Arrangement, RemoteClass


def judge(reading: Reading) -> RemoteVerdict:
    """Class, arrangement, office days, scope, signals and evidence of a posting."""
    seen = witnesses(reading)
    arrangement = arrangement_of(seen)
    remote_class = class_of(seen, arrangement)
    share = {c: 0.8 if c is remote_class else 0.1 for c in RemoteClass}
    return RemoteVerdict(
        remote_class=remote_class,
        remote_probability=share,
        arrangement=arrangement,
        office_days=_days(seen, arrangement),
        remote_scope=scope_of(reading, seen) if arrangement is Arrangement.REMOTE else None,
        signals=signals_of(seen),
        evidence=evidence_of(seen, remote_class, arrangement),
        conflicts=conflicts_of(seen, arrangement),
        version=version(),
    )


def _days(seen: Witnesses, arrangement: Arrangement) -> float | None:
    stated = seen.days.office if seen.days is not None else None
    if stated is None or arrangement not in (Arrangement.HYBRID, Arrangement.ONSITE):
        return None
    return stated if (stated < FULL_WEEK) == (arrangement is Arrangement.HYBRID) else None


@cache
def version() -> str:
    """``remote-`` and eight hexadecimal digits of the data files."""
    digest = hashlib.sha256()
    for name in (*anchors.FILES, cues.FILE, days.FILE, PLACES_FILE):
        digest.update((files("classifiers") / "data" / "remote" / name).read_bytes())
    return f"remote-{digest.hexdigest()[:8]}"
