"""The verdict on where the work is done."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from classifiers.places import names as places
from classifiers.reading import Reading
from classifiers.remote import anchors, cues, days, structured
from classifiers.remote.features import Witnesses, witnesses
from classifiers.remote.models import POSTING_FILE, WINDOW_FILE, Models, shipped, shipped_folder
from classifiers.remote.rules import FULL_WEEK, tally_of
from classifiers.remote.scope import scope_of
from classifiers.remote.signals import conflicts_of, evidence_of, signal_evidence_of, signals_of
from classifiers.remote.vector import row_of
from classifiers.remote.weighing import FILE as WEIGHING_FILE
from pipeline.labels import RemoteVerdict
from pipeline.vocabulary import Arrangement, RemoteClass

LANGUAGES = frozenset({"en", "de", "fr", "es", "nl", "pt", "it", "pl"})
"""Languages whose sentences about the place of work are read (ISO 639-1)."""
REMOTE_FIRST_SIGNALS = frozenset({"says_remote_first", "async", "location_independent_pay", "remote_benefits"})
"""Public names of the signals of which remote-first needs one."""
_DOUBT = 0.5
"""How far a verdict on a text in another language is drawn to "any class": it rests on fields, title, location and loan words."""


def judge(reading: Reading, models: Models | None = None) -> RemoteVerdict:
    """Class, arrangement, office days, scope, signals and evidence of a posting, by the shipped models unless others are given."""
    models = models or shipped()
    seen = witnesses(reading, models.windows)
    is_text_read = reading.language is None or reading.language in LANGUAGES
    shares = models.postings.shares(row_of(seen, tally_of(seen)))
    by_class = {c: sum(share for (name, _), share in shares.items() if name == c) for c in RemoteClass}
    if not REMOTE_FIRST_SIGNALS & set(signals_of(seen)):  # by definition there is no such company without one
        by_class |= {RemoteClass.REMOTE_FIRST: 0.0, RemoteClass.REMOTE_FRIENDLY: 1 - by_class[RemoteClass.ON_SITE]}
    if not is_text_read:
        by_class = {c: (1 - _DOUBT) * share + _DOUBT / len(by_class) for c, share in by_class.items()}
    remote_class = max(by_class, key=lambda c: by_class[c])
    fitting = {name: share for (chosen, name), share in shares.items() if chosen == remote_class}
    arrangement = Arrangement(max(fitting, key=lambda name: fitting[name]))
    return RemoteVerdict(
        remote_class=remote_class,
        remote_probability=by_class,
        arrangement=arrangement,
        office_days=_days(seen, arrangement),
        remote_scope=scope_of(reading, seen) if arrangement is Arrangement.REMOTE else None,
        signals=signals_of(seen),
        signal_evidence=signal_evidence_of(seen),
        evidence=evidence_of(seen, remote_class, arrangement),
        conflicts=conflicts_of(seen, arrangement),
        is_text_read=is_text_read,
        version=version(),
    )


def _days(seen: Witnesses, arrangement: Arrangement) -> float | None:
    stated = seen.days.office if seen.days is not None else None
    if stated is None or arrangement not in (Arrangement.HYBRID, Arrangement.ONSITE):
        return None
    return stated if (stated < FULL_WEEK) == (arrangement is Arrangement.HYBRID) else None


@cache
def version() -> str:
    """``remote-`` and eight hexadecimal digits of the data files and the model."""
    digest = hashlib.sha256()
    for name in (*anchors.FILES, cues.FILE, days.FILE, structured.FILE, WEIGHING_FILE):
        digest.update((files("classifiers") / "data" / "remote" / name).read_bytes())
    digest.update((files("classifiers") / "data" / places.FOLDER / places.FILE).read_bytes())
    for name in (WINDOW_FILE, POSTING_FILE):
        digest.update((shipped_folder() / name).read_bytes())
    return f"remote-{digest.hexdigest()[:8]}"
