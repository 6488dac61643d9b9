"""The verdict on where the work is done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from classifiers.reading import Reading
from classifiers.remote import anchors, cues, days
from classifiers.remote.features import Witnesses, witnesses
from classifiers.remote.model import FILE as MODEL_FILE
from classifiers.remote.model import posting_model
from classifiers.remote.rules import FULL_WEEK, arrangement_of, tally_of
from classifiers.remote.scope import FILE as PLACES_FILE
from classifiers.remote.scope import scope_of
from classifiers.remote.signals import conflicts_of, evidence_of, signals_of
from classifiers.remote.vector import row_of
from classifiers.remote.weighing import FILE as WEIGHING_FILE
from pipeline.labels import RemoteVerdict
from pipeline.vocabulary import Arrangement, RemoteClass


def judge(reading: Reading) -> RemoteVerdict:
    """Class, arrangement, office days, scope, signals and evidence of a posting."""
    seen = witnesses(reading)
    tally = tally_of(seen)
    shares = posting_model().shares(row_of(seen, tally))
    by_class = {c: sum(share for (name, _), share in shares.items() if name == c) for c in RemoteClass}
    remote_class = max(by_class, key=lambda c: by_class[c])
    arrangement = _arrangement(arrangement_of(tally), remote_class, shares)
    return RemoteVerdict(
        remote_class=remote_class,
        remote_probability=by_class,
        arrangement=arrangement,
        office_days=_days(seen, arrangement),
        remote_scope=scope_of(reading, seen) if arrangement is Arrangement.REMOTE else None,
        signals=signals_of(seen),
        evidence=evidence_of(seen, remote_class, arrangement),
        conflicts=conflicts_of(seen, arrangement),
        version=version(),
    )


def _arrangement(read: Arrangement, chosen: RemoteClass, shares: Mapping[tuple[str, str], float]) -> Arrangement:
    """What the rules read, unless it cannot go with the class: then the likeliest that can."""
    fitting = {name: share for (remote_class, name), share in shares.items() if remote_class == chosen}
    return read if read in fitting else Arrangement(max(fitting, key=lambda name: fitting[name]))


def _days(seen: Witnesses, arrangement: Arrangement) -> float | None:
    stated = seen.days.office if seen.days is not None else None
    if stated is None or arrangement not in (Arrangement.HYBRID, Arrangement.ONSITE):
        return None
    return stated if (stated < FULL_WEEK) == (arrangement is Arrangement.HYBRID) else None


@cache
def version() -> str:
    """``remote-`` and eight hexadecimal digits of the data files and the model."""
    digest = hashlib.sha256()
    for name in (*anchors.FILES, cues.FILE, days.FILE, PLACES_FILE, WEIGHING_FILE):
        digest.update((files("classifiers") / "data" / "remote" / name).read_bytes())
    digest.update((files("classifiers") / "models" / "remote" / MODEL_FILE).read_bytes())
    return f"remote-{digest.hexdigest()[:8]}"
