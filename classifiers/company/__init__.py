"""Facts of the employer: stage, size, industry, as somebody stated them and never guessed."""

from __future__ import annotations

from classifiers.company.judge import judge, version
from classifiers.company.lexicon import terms

__all__ = ["judge", "terms", "version"]
