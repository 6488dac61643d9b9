"""The door of the classifiers: a posting in, a posting with all its labels out."""

from __future__ import annotations

from functools import cache

import classifiers.company
import classifiers.eligibility
import classifiers.pay
import classifiers.remote
import classifiers.role
import classifiers.tech
from classifiers.matching import Matcher
from classifiers.reading import read
from classifiers.remote.models import Models
from pipeline.config import TechnologyConfig
from pipeline.labels import Labels
from pipeline.records import LabelledPosting, Posting


@cache
def matcher(extra: tuple[TechnologyConfig, ...] = ()) -> Matcher:
    """The one automaton over all lexicons, built at first use (some tenths of a second)."""
    rooms = (
        classifiers.remote.terms(),
        classifiers.pay.terms(),
        classifiers.tech.terms(extra),
        classifiers.role.terms(),
        classifiers.eligibility.terms(),
        classifiers.company.terms(),
    )
    return Matcher(term for terms in rooms for term in terms)


def classify(posting: Posting, extra: tuple[TechnologyConfig, ...] = (), models: Models | None = None) -> LabelledPosting:
    """Label a posting: remote class, pay, technologies, level and role, eligibility, employer, each with evidence.

    Args:
        posting: what to label.
        extra: the user's own technologies, which are looked for besides those of the lexicon.
        models: of the remote verdict; the shipped ones by default.
    """
    reading = read(posting, matcher(extra))
    remote = classifiers.remote.judge(reading, models)
    labels = Labels(
        remote=remote,
        pay=classifiers.pay.judge(reading),
        tech=classifiers.tech.judge(reading, extra),
        role=classifiers.role.judge(reading),
        eligibility=classifiers.eligibility.judge(reading, remote),
        company=classifiers.company.judge(reading),
        language=reading.language,
    )
    return LabelledPosting(posting, labels)


def versions(extra: tuple[TechnologyConfig, ...] = ()) -> dict[str, str]:
    """What labels would be made with now, a room each: a change makes stored labels stale."""
    return {
        "remote": classifiers.remote.version(),
        "pay": classifiers.pay.version(),
        "tech": classifiers.tech.version(extra),
        "role": classifiers.role.version(),
        "eligibility": classifiers.eligibility.version(),
        "company": classifiers.company.version(),
    }
