"""Who may hold the job: countries, time zones, visa and work authorisation, clearance, languages, each with evidence."""

from __future__ import annotations

from classifiers.eligibility.judge import judge, version
from classifiers.eligibility.lexicon import terms

__all__ = ["judge", "terms", "version"]
