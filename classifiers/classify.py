"""The door of the classifiers: a posting in, a posting with all its labels out."""

from __future__ import annotations

from functools import cache

import classifiers.pay
import classifiers.remote
import classifiers.role
import classifiers.tech
from classifiers.matching import Matcher
from classifiers.reading import read
from classifiers.remote.models import Models
from pipeline.labels import Labels
from pipeline.records import LabelledPosting, Posting


@cache
def matcher() -> Matcher:
    """The one automaton over all lexicons, built at first use (some tenths of a second)."""
    rooms = (classifiers.remote, classifiers.pay, classifiers.tech, classifiers.role)
    return Matcher(term for room in rooms for term in room.terms())


def classify(posting: Posting, models: Models | None = None) -> LabelledPosting:
    """Label a posting: remote class, pay, technologies, level and role, each with evidence; by the shipped models by default."""
    reading = read(posting, matcher())
    labels = Labels(
        remote=classifiers.remote.judge(reading, models),
        pay=classifiers.pay.judge(reading),
        tech=classifiers.tech.judge(reading),
        role=classifiers.role.judge(reading),
        language=reading.language,
    )
    return LabelledPosting(posting, labels)


def versions() -> dict[str, str]:
    """What labels would be made with now, a room each: a change makes stored labels stale."""
    return {
        "remote": classifiers.remote.version(),
        "pay": classifiers.pay.version(),
        "tech": classifiers.tech.version(),
        "role": classifiers.role.version(),
    }
