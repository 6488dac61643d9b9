"""The technologies that a posting names for its role. ``terms`` feeds the shared matching pass, ``judge`` reads its hits."""

from __future__ import annotations

from classifiers.tech.judge import judge
from classifiers.tech.lexicon import terms, version

__all__ = ["judge", "terms", "version"]
