"""What each exit code says; the reference page and its test read this table."""

from __future__ import annotations

from collections.abc import Mapping

DONE = 0
CHECK_FAILED = 1
BAD_USAGE = 2
PARTIAL = 3
NOTHING_READ = 4
LOCKED = 5
INTERRUPTED = 130

EXIT_CODES: Mapping[int, str] = {
    DONE: "done; a night without changes, and a question that no job answers, are done too",
    CHECK_FAILED: "a check that was asked for failed, or an error that nobody foresaw (-v shows the traceback)",
    BAD_USAGE: "bad usage or configuration, or nothing is stored yet",
    PARTIAL: "partial: some source or line failed; the rest is stored or written",
    NOTHING_READ: "no source could be read, so nothing was stored",
    LOCKED: "another run holds the lock",
    INTERRUPTED: "interrupted; what was finished is kept",
}
