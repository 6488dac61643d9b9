"""Numbers and times as people read them on a terminal; what files and feeds say too is in ``pipeline.figures``."""

from __future__ import annotations

from pipeline.figures import amount, class_in_words, count, pay, plural, short_amount, short_range

__all__ = ["amount", "class_in_words", "count", "duration", "pay", "plural", "share", "short_amount", "short_range"]


def share(part: int, whole: int) -> str:
    """``57 %``; nothing where there is no whole."""
    return f"{round(100 * part / whole)} %" if whole else "-"


def duration(seconds: float) -> str:
    """``41 s``, ``3 m 12 s``."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} m {whole % 60} s"
