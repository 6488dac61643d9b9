"""The verdict on where the work is done."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from classifiers.reading import Reading
from classifiers.remote import anchors, cues, days
from classifiers.remote.features import Witnesses, witnesses
from classifiers.remote.rules import FULL_WEEK, arrangement_of, class_of
from pipeline.labels import Evidence, RemoteVerdict
from pipeline.vocabulary import Arrangement, RemoteClass

_MOST_QUOTES = 4


def judge(reading: Reading) -> RemoteVerdict:
    """Class, arrangement, office days, scope, signals and evidence of a posting."""
    seen = witnesses(reading)
    arrangement = arrangement_of(seen)
    remote_class = class_of(seen, arrangement)
    share = {c: 0.8 if c is remote_class else 0.1 for c in RemoteClass}
    return RemoteVerdict(
        remote_class, share, arrangement, _days(seen, arrangement), None, (), _evidence(seen, arrangement), (), version()
    )


def _days(seen: Witnesses, arrangement: Arrangement) -> float | None:
    if seen.days is None or arrangement not in (Arrangement.HYBRID, Arrangement.ONSITE):
        return None
    return seen.days.office if (seen.days.office < FULL_WEEK) == (arrangement is Arrangement.HYBRID) else None


def _evidence(seen: Witnesses, arrangement: Arrangement) -> tuple[Evidence, ...]:
    found = [w.evidence(name) for name, windows in seen.windows.items() for w in windows]
    return tuple(found[:_MOST_QUOTES])


@cache
def version() -> str:
    """``remote-`` and eight hexadecimal digits of the data files."""
    digest = hashlib.sha256()
    for name in (*anchors.FILES, cues.FILE, days.FILE):
        digest.update((files("classifiers") / "data" / "remote" / name).read_bytes())
    return f"remote-{digest.hexdigest()[:8]}"
