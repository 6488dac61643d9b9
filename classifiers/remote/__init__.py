"""Where the work is done: remote-first, remote-friendly or on-site, with evidence."""

from __future__ import annotations

from classifiers.remote.anchors import terms
from classifiers.remote.judge import judge, version

__all__ = ["judge", "terms", "version"]
