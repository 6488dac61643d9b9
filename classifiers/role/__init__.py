"""Level, role family, years of experience and employment type, from the title first, then from the text."""

from __future__ import annotations

from classifiers.role.judge import judge, terms, version

__all__ = ["judge", "terms", "version"]
